package io.untorn.conformance.judge;

import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome;
import io.untorn.model.oracle.Verdict.Violation;
import io.untorn.model.rule.Actual;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What makes two violations on one target the same finding: the rule, and what the kernel did instead, without numbers,
 * data and extents.
 *
 * @param rule the rule's id
 * @param trait what the kernel did instead
 * @param deviation the id of the known deviation that it is; empty if it is none
 */
public record Signature(String rule, Trait trait, String deviation) {
    private static final Pattern NUMBER = Pattern.compile("\\b(0x[0-9a-f]+|[0-9a-f]{16}|[0-9]+)\\b");

    /** What a kernel did, without what differs from trace to trace. */
    public sealed interface Trait {}

    /** A call returned a number that it must not return. */
    public record Returned() implements Trait {}

    /** A call failed. */
    public record Failed(Errno errno) implements Trait {}

    /** A read returned data that it must not return, or of a wrong length. */
    public record Read() implements Trait {}

    /** Wrong extents. */
    public record Extents() implements Trait {}

    /**
     * A wrong size or wrong limits in statx.
     *
     * @param attribute whether it set STATX_ATTR_WRITE_ATOMIC
     */
    public record Statx(boolean attribute) implements Trait {}

    /** Data is not as expected: what is there instead differs from trace to trace. */
    record Data() implements Trait {}

    /**
     * The kernel complained.
     *
     * @param headline its first line, with N for each number
     * @param functions the call chain, innermost first, without those that the headline names
     */
    public record Complaint(String headline, List<String> functions) implements Trait {
        public Complaint {
            functions = List.copyOf(functions);
        }
    }

    /** The kernel stopped in a function; empty where the console names none. */
    public record Stop(String function) implements Trait {}

    /** An audit found faults. */
    public record Leftovers() implements Trait {}

    /** Limits other than those derived from the disk and the file system. */
    public record OtherLimits() implements Trait {}

    static Signature of(Violation violation, Optional<KnownDeviation> deviation) {
        return new Signature(
                violation.rule().id(),
                trait(violation.actual()),
                deviation.map(KnownDeviation::id).orElse(""));
    }

    private static Trait trait(Actual actual) {
        if (actual instanceof Actual.Answered answered) {
            return trait(answered.outcome());
        }
        if (actual instanceof Actual.Complained complained) {
            return new Complaint(
                    NUMBER.matcher(complained.splat().headline()).replaceAll("N"),
                    complained.splat().functionsBesideHeadline());
        }
        if (actual instanceof Actual.Stopped stopped) {
            return new Stop(stopped.function().orElse(""));
        }
        return actual instanceof Actual.LimitsDiffer ? new OtherLimits() : new Data();
    }

    private static Trait trait(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return new Failed(failed.errno());
        }
        if (outcome instanceof Outcome.Each each) {
            return trait(each.foremost());
        }
        if (outcome instanceof Outcome.Laid laid) {
            return trait(laid.last());
        }
        if (outcome instanceof Outcome.Told told) {
            return new Statx(told.limits().attribute());
        }
        if (outcome instanceof Outcome.Unclean) {
            return new Leftovers();
        }
        if (outcome instanceof Outcome.Mapped) {
            return new Extents();
        }
        return outcome instanceof Outcome.ReadBack ? new Read() : new Returned();
    }

    /** Tell whether a violation has this signature, whether it is known or not. */
    public boolean isOf(Violation violation) {
        return rule.equals(violation.rule().id()) && trait.equals(trait(violation.actual()));
    }

    /**
     * Tell whether traces that show two may be the same finding, the longer one and the shorter. Which of the rules about
     * data is to blame, and which of the known deviations, is plain only when the trace is short.
     */
    public boolean isLike(Signature other) {
        return equals(other) || (trait instanceof Data && other.trait instanceof Data && isKnown() == other.isKnown());
    }

    /** Tell whether it is a known deviation. */
    public boolean isKnown() {
        return !deviation.isEmpty();
    }
}
