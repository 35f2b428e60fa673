package io.untorn.conformance.judge;

import io.untorn.conformance.deviation.Mechanism;
import io.untorn.model.console.Splat;
import io.untorn.model.contents.Origin;
import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome;
import io.untorn.model.oracle.Verdict.Violation;
import io.untorn.model.rule.Actual;
import io.untorn.model.target.KernelVersion;
import io.untorn.model.target.TargetKind;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A rule that released kernels are known to break: the shape of what they do, and the mechanism that brings it about.
 * Runs count it and go on; {@code --strict} makes it count as any other violation.
 *
 * @param id its name, and that of its mechanism
 * @param rules the ids of the rules, of which it breaks at least one
 * @param targets the kinds of target it shows on
 * @param actual what the kernel does
 * @param since the first kernel version it was seen on
 * @param before the version that fixed it; empty while none did
 * @param cause why, as far as it is known
 * @param upstream the report or fix upstream
 * @param finding the folder with its trace and report; several that one trace shows may name the same
 */
public record KnownDeviation(
        String id,
        Set<String> rules,
        Set<TargetKind> targets,
        Match actual,
        String since,
        String before,
        String cause,
        String upstream,
        String finding) {
    /**
     * Create one.
     *
     * @throws IllegalArgumentException if there is no mechanism of that name
     */
    public KnownDeviation {
        if (Mechanism.of(id).isEmpty()) {
            throw new IllegalArgumentException("no mechanism is called '" + id + "'");
        }
    }

    /** What a kernel does each time. */
    sealed interface Match permits Returned, Failed, Unclean, WrongData, Complained, Stopped {
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

    /** An audit finds faults. */
    record Unclean() implements Match {
        @Override
        public boolean matches(Actual actual) {
            return actual instanceof Actual.Answered answered && answered.outcome() instanceof Outcome.Unclean;
        }
    }

    /** What is found instead of the right data. */
    enum Found {
        /** Zeros. */
        ZEROS,
        /** Data of an operation of the trace. */
        WRITTEN,
        /** Data of no operation of the trace. */
        FOREIGN;

        private static Found of(Origin origin) {
            return origin instanceof Origin.Zero ? ZEROS : origin instanceof Origin.Written ? WRITTEN : FOREIGN;
        }
    }

    /**
     * Data is wrong.
     *
     * @param found what the first wrong bytes are: one of these
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
     * @param file the file of the kernel's source that the first line names; empty for a line of ext4's, which names a
     *     function and a line in it (fs/ext4/super.c, __ext4_warning)
     * @param function the function that it names
     */
    record Complained(String kind, String file, String function) implements Match {
        @Override
        public boolean matches(Actual actual) {
            return actual instanceof Actual.Complained complained
                    && complained.splat().kind().name().equals(kind)
                    && (file.isEmpty() ? isNamedInLine(complained.splat()) : isPlaceOf(complained.splat()));
        }

        private boolean isNamedInLine(Splat splat) {
            return Pattern.compile(": " + Pattern.quote(function) + ":\\d+: ")
                    .matcher(splat.headline())
                    .find();
        }

        private boolean isPlaceOf(Splat splat) {
            return splat.place()
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

    /** Tell whether a violation has its shape; whether its mechanism brought it about is another question. */
    boolean isLike(Violation violation) {
        return rules.contains(violation.rule().id()) && actual.matches(violation.actual());
    }

    /** Return how it comes about. */
    Mechanism mechanism() {
        return Mechanism.of(id).orElseThrow();
    }

    /** Tell whether a kernel may show it on targets of a kind. */
    public boolean covers(TargetKind target, KernelVersion kernel) {
        return targets.contains(target)
                && kernel.isAtLeast(KernelVersion.parse(since))
                && (before.isEmpty() || !kernel.isAtLeast(KernelVersion.parse(before)));
    }
}
