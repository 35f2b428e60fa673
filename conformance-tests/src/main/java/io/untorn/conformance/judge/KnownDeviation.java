package io.untorn.conformance.judge;

import io.untorn.model.contents.Origin;
import io.untorn.model.history.Errno;
import io.untorn.model.history.History;
import io.untorn.model.history.Outcome;
import io.untorn.model.oracle.Verdict;
import io.untorn.model.oracle.Verdict.Violation;
import io.untorn.model.rule.Actual;
import io.untorn.model.rule.Rule;
import io.untorn.model.target.KernelVersion;
import io.untorn.model.target.TargetKind;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A rule that released kernels are known to break, told by its signature. Runs count it and go on; {@code --strict} makes
 * it count as any other violation.
 *
 * @param id its name
 * @param rules the ids of the rules that it breaks, one or another
 * @param after the ids of rules, one or another of which the history has reached when it shows; empty if it needs none.
 *     Where data is wrong, all of it lies where operations went that were held against one of these
 * @param given the ids of other rules, one or another of which the history has reached as well; empty if it needs none
 * @param targets the kinds of target it shows on
 * @param actual what the kernel does
 * @param since the first kernel version it was seen on
 * @param before the version that mended it; empty while none did
 * @param cause why, as far as it is known
 * @param upstream what became of it
 * @param finding the folder with its trace and report
 */
public record KnownDeviation(
        String id,
        Set<String> rules,
        Set<String> after,
        Set<String> given,
        Set<TargetKind> targets,
        Match actual,
        String since,
        String before,
        String cause,
        String upstream,
        String finding) {
    /** What a kernel does, as far as it is the same each time. */
    sealed interface Match permits Returned, Failed, WrongData, Complained, Stopped {
        boolean matches(Actual actual);
    }

    /**
     * A call returns a number.
     *
     * @param least the smallest that counts
     */
    record Returned(long least) implements Match {
        @Override
        public boolean matches(Actual actual) {
            return actual instanceof Actual.Answered answered
                    && answered.outcome() instanceof Outcome.Returned returned
                    && returned.value() >= least;
        }
    }

    /**
     * A call fails.
     *
     * @param errno the name of the error: {@code EIO}
     */
    record Failed(String errno) implements Match {
        Failed {
            if (Errno.named(errno).isEmpty()) {
                throw new IllegalArgumentException("no error is called '" + errno + "'");
            }
        }

        @Override
        public boolean matches(Actual actual) {
            return actual instanceof Actual.Answered answered
                    && answered.outcome() instanceof Outcome.Failed failed
                    && failed.errno().toString().equals(errno);
        }
    }

    /** Whose data can lie where it must not. */
    enum Found {
        /** Nobody's: zeros. */
        ZEROS,
        /** That of an operation of the trace. */
        WRITTEN,
        /** That of no operation of the trace. */
        FOREIGN;

        private static Found of(Origin origin) {
            return origin instanceof Origin.Zero ? ZEROS : origin instanceof Origin.Written ? WRITTEN : FOREIGN;
        }
    }

    /**
     * Data is wrong.
     *
     * @param found whose data lies where it begins to be wrong: of one of these
     */
    record WrongData(Set<Found> found) implements Match {
        WrongData {
            found = Set.copyOf(found);
            if (found.isEmpty()) {
                throw new IllegalArgumentException("'found' must name one of ZEROS, WRITTEN, FOREIGN, or more");
            }
        }

        @Override
        public boolean matches(Actual actual) {
            return actual instanceof Actual.WrongData data
                    && found.contains(Found.of(data.first().actual()));
        }
    }

    /**
     * The kernel complains.
     *
     * @param kind the kind of splat: {@code warning}
     * @param file the file of the kernel's source that the first line names
     * @param function the function that it names
     */
    record Complained(String kind, String file, String function) implements Match {
        @Override
        public boolean matches(Actual actual) {
            return actual instanceof Actual.Complained complained
                    && complained.splat().kind().name().equals(kind)
                    && complained
                            .splat()
                            .place()
                            .filter(place -> place.file().filter(file::equals).isPresent()
                                    && place.sourceFunction().equals(function))
                            .isPresent();
        }
    }

    /** The kernel stops in a function. */
    record Stopped(String function) implements Match {
        @Override
        public boolean matches(Actual actual) {
            return actual instanceof Actual.Stopped stopped
                    && stopped.function().filter(function::equals).isPresent();
        }
    }

    /** Return the list that the kit ships. */
    public static List<KnownDeviation> shipped() {
        return KnownDeviationsFile.shipped();
    }

    /** Return the one that a broken rule is. */
    static Optional<KnownDeviation> of(
            Violation violation,
            History history,
            Verdict verdict,
            AffectedRanges affected,
            List<KnownDeviation> known) {
        return known.stream()
                .filter(deviation -> deviation.isShownBy(violation, history)
                        && (deviation.isReached(verdict) || isOfTheRest(violation, history, verdict))
                        && affected.explains(violation, deviation.after()))
                .findFirst();
    }

    /** Tell whether it may come from operations that no rule was held against, as judging ended before them. */
    private static boolean isOfTheRest(Violation violation, History history, Verdict verdict) {
        return violation.rule().check() instanceof Rule.Inspection
                && verdict.judged() < history.steps().size();
    }

    private boolean isReached(Verdict verdict) {
        Set<String> reached = verdict.reached().keySet();
        return Stream.of(after, given).allMatch(rules -> rules.isEmpty() || !Collections.disjoint(rules, reached));
    }

    private boolean isShownBy(Violation violation, History history) {
        return rules.contains(violation.rule().id())
                && covers(history.trace().target().kind(), history.environment().kernel())
                && actual.matches(violation.actual());
    }

    /** Tell whether a kernel may show it on targets of a kind. */
    public boolean covers(TargetKind target, KernelVersion kernel) {
        return targets.contains(target)
                && kernel.isAtLeast(KernelVersion.parse(since))
                && (before.isEmpty() || !kernel.isAtLeast(KernelVersion.parse(before)));
    }
}
