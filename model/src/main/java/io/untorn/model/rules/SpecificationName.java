package io.untorn.model.rules;

import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Specification;
import io.untorn.model.target.KernelVersion;
import io.untorn.model.target.TargetKind;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names a specification: mainline Linux of a version, {@code linux-6.16}, or one that is bound to no version. */
public final class SpecificationName {
    private static final String LINUX = "linux-";

    /** Those that are bound to no version: a name, and the rules by kind of target. */
    public static final List<SpecificationName> UNVERSIONED = List.of(
            new SpecificationName(
                    "rfc-ext4-2023",
                    (target, running) -> target == TargetKind.EXT4 ? RfcExt4Rules.of(running) : List.of()),
            new SpecificationName("promise", PromiseRules::of));

    /** Every name, Linux first, the oldest version first. */
    public static final List<SpecificationName> ALL = Stream.concat(
                    KernelVersion.known().stream().map(SpecificationName::linux), UNVERSIONED.stream())
            .toList();

    private final String text;
    private final BiFunction<TargetKind, KernelVersion, List<Rule>> rules;

    private SpecificationName(String text, BiFunction<TargetKind, KernelVersion, List<Rule>> rules) {
        this.text = text;
        this.rules = rules;
    }

    private static SpecificationName linux(KernelVersion version) {
        return new SpecificationName(LINUX + version, (target, running) -> Specifications.linux(version, target)
                .rules());
    }

    /**
     * Return the name that users write. A version of Linux after the newest known has the rules, and the name, of that.
     *
     * @throws IllegalArgumentException if there is no such specification; the message lists those there are
     */
    public static SpecificationName parse(String text) {
        return ALL.stream()
                .filter(name -> name.text.equals(text))
                .findFirst()
                .or(() -> isNewer(text) ? Optional.of(linux(KernelVersion.newest())) : Optional.empty())
                .orElseThrow(() -> new IllegalArgumentException("no specification '" + text + "'; there are: "
                        + ALL.stream().map(SpecificationName::toString).collect(Collectors.joining(", "))));
    }

    private static boolean isNewer(String text) {
        return text.matches(LINUX + "\\d{1,4}\\.\\d{1,4}")
                && !KernelVersion.newest().isAtLeast(KernelVersion.parse(text.substring(LINUX.length())));
    }

    /** Return what the specification says about a kind of target: nothing, if it does not speak of it. */
    public Specification on(TargetKind target) {
        return on(target, KernelVersion.newest());
    }

    /** Return what the specification says about a kind of target, where it is put on a version of Linux. */
    public Specification on(TargetKind target, KernelVersion running) {
        return Specifications.of(text, rules.apply(target, running));
    }

    /** Return the version of Linux, if this is bound to one. */
    public Optional<KernelVersion> version() {
        return text.startsWith(LINUX)
                ? Optional.of(KernelVersion.parse(text.substring(LINUX.length())))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
