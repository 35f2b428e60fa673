package io.untorn.conformance.trial;

import io.untorn.agent.protocol.SystemCallFault;
import io.untorn.conformance.finding.Counterexample;
import io.untorn.conformance.report.TextTable;
import io.untorn.conformance.result.Settings;
import io.untorn.conformance.result.TargetResult;
import io.untorn.conformance.run.ConformanceSuite;
import io.untorn.conformance.run.Listener;
import io.untorn.conformance.run.Session;
import io.untorn.conformance.run.ShrinkingEffort;
import io.untorn.model.target.Target;
import io.untorn.vm.VirtualKernel;
import io.untorn.vm.host.UntornException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A fault that was seeded at the system calls of a real kernel, to check that the kit finds it.
 *
 * @param fault what was seeded
 * @param target where
 * @param found the shrunk trace that shows it; empty if it was not found
 * @param own whether the kernel does the same without the fault, so that something else was found
 * @param tries how many sequences it took
 * @param untilFound from the ready target to the first sequence that broke a rule
 * @param effort what it took to make that one shorter
 * @param untilReported from there until the trace was shrunk, repeated and reported
 */
public record FaultTrial(
        SystemCallFault fault,
        Target target,
        Optional<Counterexample> found,
        boolean own,
        int tries,
        Duration untilFound,
        ShrinkingEffort effort,
        Duration untilReported) {
    /** The most operations that any of the faults needs. */
    private static final int MOST_OPERATIONS = 3;

    private static final List<String> HEADINGS = List.of(
            "fault",
            "target",
            "rule",
            "tries",
            "found after",
            "candidates",
            "shortest after",
            "reported after",
            "operations",
            "repeats");

    /**
     * Seed the fault that the settings name and look for it.
     *
     * @param machine a booted kernel, which goes on running
     * @throws UntornException if the machinery fails
     */
    public static FaultTrial of(VirtualKernel machine, Settings settings, String target, Listener listener) {
        Stopwatch watch = new Stopwatch(listener);
        try (Session session = new Session(settings, watch, () -> new SeededKernel(machine, settings.fault()))) {
            ConformanceSuite.run(session, List.of(target));
            rethrow(session);
            Duration untilReported = watch.untilNow();
            TargetResult result = session.targetResults().iterator().next();
            Optional<Counterexample> found = result.counterexamples().stream().findFirst();
            return new FaultTrial(
                    settings.fault(),
                    result.target(),
                    found,
                    found.isPresent() && isOwn(machine, settings, listener, found.get()),
                    result.tries(),
                    watch.untilFound(),
                    watch.effort,
                    untilReported);
        }
    }

    private static boolean isOwn(VirtualKernel machine, Settings settings, Listener listener, Counterexample found) {
        Settings sound = settings.seeding(SystemCallFault.NONE);
        try (Session session = new Session(sound, listener, () -> new SeededKernel(machine, SystemCallFault.NONE))) {
            return Replay.of(found.trace(), session, 1, found.file())
                    .filter(again -> again.signature().isLike(found.signature()))
                    .isPresent();
        }
    }

    private static void rethrow(Session session) {
        session.failure().ifPresent(failure -> {
            throw failure;
        });
    }

    /** Return what is wrong with the trial: not found in time, not in each repeat, or not shrunk far enough. */
    public Optional<String> wanting(Duration limit) {
        if (found.isEmpty()) {
            return Optional.of("was not found");
        }
        Counterexample shortest = found.get();
        int operations = shortest.trace().operations().size();
        if (own) {
            return Optional.of("was not found: the kernel breaks "
                    + shortest.violation().rule().id() + " without it, too");
        }
        if (untilFound.compareTo(limit) > 0) {
            return Optional.of("was found only after " + seconds(untilFound));
        }
        if (operations > MOST_OPERATIONS) {
            return Optional.of("was made no shorter than " + operations + " operations");
        }
        return shortest.shown() == shortest.repeats() ? Optional.empty() : Optional.of("was " + shortest.repeated());
    }

    /** Return a table, a line for each. */
    public static String table(List<FaultTrial> trials) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        trials.forEach(trial -> rows.add(trial.row()));
        rows.add(sum(trials));
        return TextTable.of(rows, Set.of(3, 4, 5, 6, 7, 8));
    }

    private static List<String> sum(List<FaultTrial> trials) {
        return List.of(
                "all",
                "",
                "",
                String.format(
                        Locale.ROOT,
                        "%,d",
                        trials.stream().mapToInt(FaultTrial::tries).sum()),
                seconds(sum(trials, FaultTrial::untilFound)),
                candidates(
                        trials.stream()
                                .mapToInt(trial -> trial.effort.candidates())
                                .sum(),
                        trials.stream().mapToInt(trial -> trial.effort.all()).sum()),
                seconds(sum(trials, trial -> trial.effort.time())),
                seconds(sum(trials, FaultTrial::untilReported)),
                "",
                "");
    }

    private static Duration sum(List<FaultTrial> trials, Function<FaultTrial, Duration> time) {
        return trials.stream().map(time).reduce(Duration.ZERO, Duration::plus);
    }

    private static String candidates(int untilShortest, int all) {
        return String.format(Locale.ROOT, "%,d of %,d", untilShortest, all);
    }

    private List<String> row() {
        return List.of(
                fault.label(),
                target.name(),
                found.map(shortest -> shortest.violation().rule().id()).orElse("not found"),
                String.format(Locale.ROOT, "%,d", tries),
                seconds(untilFound),
                candidates(effort.candidates(), effort.all()),
                seconds(effort.time()),
                seconds(untilReported),
                found.map(shortest ->
                                Integer.toString(shortest.trace().operations().size()))
                        .orElse("-"),
                found.map(shortest -> shortest.shown() + " of " + shortest.repeats())
                        .orElse("-"));
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
    }

    /** Measures the time from a prepared target to the first sequence that breaks a rule. */
    private static final class Stopwatch implements Listener {
        private final Listener others;
        private long ready = System.nanoTime();
        private Optional<Long> broken = Optional.empty();
        private ShrinkingEffort effort = ShrinkingEffort.NONE;

        Stopwatch(Listener others) {
            this.others = others;
        }

        Duration untilFound() {
            return Duration.ofNanos(broken.orElseGet(System::nanoTime) - ready);
        }

        /** Return the time from the first sequence that broke a rule until now. */
        Duration untilNow() {
            return Duration.ofNanos(
                    broken.map(found -> System.nanoTime() - found).orElse(0L));
        }

        @Override
        public void progress(String line) {
            others.progress(line);
        }

        @Override
        public void prepared(TargetResult result) {
            ready = System.nanoTime();
            others.prepared(result);
        }

        @Override
        public void judged(TargetResult result) {
            others.judged(result);
        }

        @Override
        public void shrinking(Target target, int operations) {
            if (broken.isEmpty()) {
                broken = Optional.of(System.nanoTime());
            }
            others.shrinking(target, operations);
        }

        @Override
        public void shrunk(ShrinkingEffort took) {
            effort = took;
            others.shrunk(took);
        }

        @Override
        public void finished(TargetResult result) {
            others.finished(result);
        }
    }
}
