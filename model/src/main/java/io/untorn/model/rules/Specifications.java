package io.untorn.model.rules;

import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Specification;
import io.untorn.model.target.KernelVersion;
import io.untorn.model.target.TargetKind;
import java.util.List;

/** The specifications there are. */
public final class Specifications {
    private Specifications() {}

    /** Return what mainline Linux of a version does on a kind of target. */
    public static Specification linux(KernelVersion kernel, TargetKind target) {
        return of(
                "linux-" + kernel,
                LinuxRules.of(target).stream()
                        .filter(rule -> rule.scope().covers(target, kernel))
                        .toList());
    }

    /** Return the rules of every version of mainline Linux for a kind of target, each with its scope. */
    public static Specification linux(TargetKind target) {
        return of(
                "linux",
                LinuxRules.of(target).stream()
                        .filter(rule -> rule.scope().targets().contains(target))
                        .toList());
    }

    /** Return what ext4 does with the series of 2023 put on a version of mainline Linux. */
    public static Specification rfcExt4(KernelVersion kernel) {
        return of("rfc-ext4-2023", RfcExt4Rules.of(kernel));
    }

    /** Return what the man pages and the kernel's Documentation promise for a version and a kind of target. */
    public static Specification promise(TargetKind target, KernelVersion kernel) {
        return of("promise", PromiseRules.of(target, kernel));
    }

    /**
     * Return the specification with a name.
     *
     * @throws IllegalArgumentException if there is none; the message lists the names
     */
    public static Specification named(String name, TargetKind target) {
        return SpecificationName.parse(name).on(target);
    }

    /** Return a specification of rules that an engine meets in the order of the kernel's checks. */
    static Specification of(String name, List<Rule> rules) {
        return new Specification(name, rules, SyscallEntryRules::through);
    }
}
