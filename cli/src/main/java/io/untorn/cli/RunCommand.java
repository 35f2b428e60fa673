package io.untorn.cli;

import io.untorn.conformance.judge.DeviationPolicy;
import io.untorn.conformance.result.Effort;
import io.untorn.conformance.result.ExitCode;
import io.untorn.conformance.result.Results;
import io.untorn.conformance.result.Settings;
import io.untorn.conformance.result.Shard;
import io.untorn.conformance.result.TargetResult;
import io.untorn.conformance.run.ConformanceSuite;
import io.untorn.conformance.run.SearchFile;
import io.untorn.conformance.run.Session;
import io.untorn.conformance.run.VirtualSession;
import io.untorn.vm.host.UntornException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the properties against a kernel. */
@Command(
        name = "run",
        description = {
            "Boot a kernel, send it random sequences of atomic and other writes, legal and illegal, and judge every "
                    + "answer. --kernel may be given several times.",
            ""
        })
final class RunCommand implements Callable<Integer> {
    private static final int MOST_EXHAUSTIVE = 3;
    /** 128 + SIGINT, as in shells. If a signal ends the JVM, the JVM itself exits with 128 + that signal. */
    private static final int INTERRUPTED = 130;

    private static final Set<String> OWN_TO_EACH =
            Set.of("--kernel", "--seed", "--output", "--jobs", "--shard", "--tries");

    @Mixin
    private KernelOptions kernel = new KernelOptions();

    @Mixin
    private TargetOptions targets = new TargetOptions();

    @ArgGroup
    private Amount amount = new Amount();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of all random choices. Default: a new one, which is printed.")
    private @Nullable Long seed;

    @Option(names = "--strict", description = "Count known deviations of released kernels as violations.")
    private boolean strict;

    @Option(
            names = "--fixed",
            paramLabel = "ID",
            description =
                    "Count this known deviation as a violation, because the kernel is said to have fixed it. ID is the name "
                            + "that runs report. May be given several times.")
    private Set<String> fixed = Set.of();

    @Option(
            names = "--shrink",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long to shrink a sequence that broke a rule, at most. Default: ${DEFAULT-VALUE}",
            defaultValue = "45s")
    private Duration shrinking = Effort.DEFAULT.shrinking();

    @Option(
            names = "--findings",
            paramLabel = "N",
            description = "End a target after this many different findings. Default: ${DEFAULT-VALUE}",
            defaultValue = "5")
    private int findings = Effort.DEFAULT.findings();

    /** How much to do. */
    private static final class Amount {
        @Option(
                names = "--budget",
                paramLabel = "TIME",
                converter = DurationConverter.class,
                description =
                        "How long to judge, all targets together: 90s, 2m, 1h; up to three times as long if rules or cells were not "
                                + "reached. Boots come on top. Default: 20s for each target")
        private @Nullable Duration budget;

        @Option(
                names = "--tries",
                paramLabel = "N",
                description = "How many sequences to run on each target, instead of a time.")
        private @Nullable Integer tries;

        @Option(
                names = "--exhaustive",
                paramLabel = "N",
                description =
                        "Instead of random sequences, all of 1 to N operations (1, 2 or 3) out of some dozens. If several lead to "
                                + "the same state, only the first is extended. An interrupted run resumes from the file "
                                + "exhaustive-TARGET-N.json beside the findings.")
        private @Nullable Integer exhaustive;
    }

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description =
                    "How many machines share the work on a kernel. Each works for the whole --budget, or does its part of the "
                            + "--tries. Default: one for every two cores and 3 GiB of free memory.")
    private @Nullable Integer jobs;

    @Option(
            names = "--shard",
            paramLabel = "K/N",
            description = "Do part K of N of a run that several CI jobs share. Give all the same --seed, then merge "
                    + "their --output folders.")
    private @Nullable String shard;

    @Option(
            names = "--restart",
            description = "Start --exhaustive from the beginning, whatever an earlier run has done.")
    private boolean restart;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        ChildRun.endWithParent();
        List<String> wanted = targets.wanted();
        Shard part = shard == null ? Shard.WHOLE : Shard.parse(shard);
        if (shard != null && seed == null) {
            throw UntornException.caller("--shard " + part + ": give --seed N along with it, the same for all shards");
        }
        requireRandom(part);
        long first = seed == null ? Settings.randomSeed() : seed;
        List<String> kernels = kernel.kernels();
        int machines = amount.exhaustive == null ? machines() : 1;
        if (kernels.size() == 1 && machines == 1) {
            return runAlone(settings(kernels.get(0), wanted, part.seed(first, 1)), part, wanted);
        }
        List<ParallelRun> runs = new ArrayList<>();
        for (String one : kernels) {
            Settings settings =
                    settings(one, wanted, first).into(KernelFolder.of(kernel.output(), one, kernels.size()));
            runs.add(new ParallelRun(settings, part, wanted, passedOn(machines), machines));
        }
        System.out.println("kernels " + String.join(", ", kernels) + ", targets " + String.join(", ", wanted)
                + ", seed " + first + ", " + machines + (machines == 1 ? " machine" : " machines at once"));
        return runAll(runs);
    }

    private void requireRandom(Shard part) {
        if (amount.exhaustive == null) {
            return;
        }
        if (part.of() > 1 || (jobs != null && jobs > 1) || kernel.kernels().size() > 1) {
            throw UntornException.caller(
                    "--exhaustive is one search on one machine and kernel: leave out --shard, --jobs and "
                            + "all but one --kernel");
        }
    }

    private int machines() {
        int asked = jobs == null ? MachineCapacity.ofThisHost() : atLeastOne("--jobs", jobs);
        if (asked > Shard.MOST_MACHINES) {
            throw UntornException.caller("--jobs " + asked + ": at most " + Shard.MOST_MACHINES);
        }
        return asked;
    }

    /** Return the options that are passed on to each machine unchanged. */
    private List<String> passedOn(int machines) {
        List<String> arguments = new ArrayList<>();
        Objects.requireNonNull(spec).commandLine().getParseResult().matchedOptions().stream()
                .filter(option -> !OWN_TO_EACH.contains(option.longestName()))
                .forEach(option -> {
                    if (option.arity().max() == 0) {
                        arguments.add(option.longestName());
                    } else {
                        option.originalStringValues()
                                .forEach(value -> arguments.addAll(List.of(option.longestName(), value)));
                    }
                });
        if (amount.tries != null) {
            int share = (atLeastOne("--tries", amount.tries) + machines - 1) / machines;
            arguments.addAll(List.of("--tries", Integer.toString(share)));
        }
        return arguments;
    }

    private static int runAll(List<ParallelRun> runs) throws InterruptedException {
        AtomicBoolean reported = new AtomicBoolean();
        CountDownLatch done = new CountDownLatch(1);
        List<Results> kernels = new CopyOnWriteArrayList<>();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            if (reported.compareAndSet(false, true)) {
                                System.out.println("\ninterrupted; judged so far:");
                                runs.forEach(ParallelRun::close);
                                awaitBriefly(done);
                                kernels.forEach(ResultsText::printedTable);
                            }
                        },
                        "untorn-interrupted"));
        try {
            for (ParallelRun run : runs) {
                if (!reported.get()) {
                    kernels.add(run.run());
                }
            }
        } finally {
            done.countDown();
            runs.forEach(ParallelRun::close);
        }
        return reported.compareAndSet(false, true) ? ResultsText.print(kernels).number() : INTERRUPTED;
    }

    private static void awaitBriefly(CountDownLatch done) {
        try {
            done.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int runAlone(Settings settings, Shard part, List<String> wanted) {
        if (restart) {
            forgetSearches(settings, wanted);
        }
        Results.forget(settings.output());
        long start = System.nanoTime();
        AtomicBoolean reported = new AtomicBoolean();
        ProgressLine progress = new ProgressLine(settings);
        try (Session session = VirtualSession.create(settings, progress, wanted)) {
            Thread interrupted = new Thread(
                    () -> {
                        if (reported.compareAndSet(false, true)) {
                            System.out.println("\ninterrupted; judged so far:");
                            orFail(
                                    session,
                                    () -> ResultsText.printTable(
                                            List.copyOf(session.targetResults()), settings.output()));
                            if (settings.effort().exhaustive().isPresent()) {
                                System.out.println("the same command resumes here, or at most 2 s earlier");
                            } else {
                                session.results(part, wanted).save();
                            }
                        }
                    },
                    "untorn-interrupted");
            Runtime.getRuntime().addShutdownHook(interrupted);
            System.out.println(
                    "kernel " + settings.kernel() + ", targets " + String.join(", ", wanted) + ", " + source(settings));
            ConformanceSuite.Result result = ConformanceSuite.run(session, wanted);
            progress.end();
            if (!reported.compareAndSet(false, true)) {
                return INTERRUPTED;
            }
            if (settings.effort().exhaustive().isEmpty()) {
                orFail(session, () -> session.results(part, wanted).save());
            } else if (session.targetResults().size() == wanted.size()
                    && session.targetResults().stream().allMatch(TargetResult::isEnough)) {
                forgetSearches(settings, wanted);
            }
            Duration total = Duration.ofNanos(System.nanoTime() - start);
            orFail(session, () -> printSummary(List.copyOf(session.targetResults()), settings.output(), total));
            return report(session.results(part, wanted), result).number();
        }
    }

    /** Take a step of reporting; if it fails, the session knows, and what was found is reported all the same. */
    private static void orFail(Session session, Runnable step) {
        try {
            step.run();
        } catch (UntornException e) {
            session.fail(e);
        }
    }

    private static String source(Settings settings) {
        return settings.effort().exhaustive().isPresent()
                ? "all sequences of up to " + settings.effort().exhaustive().getAsInt() + " operations"
                : "seed " + settings.seed();
    }

    private static void forgetSearches(Settings settings, List<String> wanted) {
        settings.effort().exhaustive().ifPresent(length -> SearchFile.remove(settings.output(), wanted, length));
    }

    private Settings settings(String one, List<String> wanted, long first) {
        Effort effort = Effort.DEFAULT;
        if (amount.budget != null) {
            effort = effort.within(amount.budget.dividedBy(wanted.size()));
        }
        if (amount.tries != null) {
            effort = effort.times(atLeastOne("--tries", amount.tries));
        }
        if (amount.exhaustive != null) {
            effort = effort.exhausting(exhaustive(amount.exhaustive));
        } else if (restart) {
            throw UntornException.caller("--restart: give --exhaustive N along with it");
        }
        effort = effort.shrinkingFor(shrinking).upTo(atLeastOne("--findings", findings));
        return kernel.settings(one, effort, first, new DeviationPolicy(strict, fixed));
    }

    private static int exhaustive(int length) {
        if (length < 1 || length > MOST_EXHAUSTIVE) {
            throw UntornException.caller("--exhaustive " + length + ": give 1 to " + MOST_EXHAUSTIVE);
        }
        return length;
    }

    private static int atLeastOne(String option, int number) {
        if (number < 1) {
            throw UntornException.caller(option + " " + number + ": give 1 or more");
        }
        return number;
    }

    private static ExitCode report(Results results, ConformanceSuite.Result run) {
        ResultsText.printFindings(results.targetResults(), results.settings());
        results.failure().ifPresent(failure -> System.err.println("untorn: " + failure.getMessage()));
        ExitCode code = results.exitCode();
        if (code == ExitCode.DOES_NOT_CONFORM || results.failure().isPresent()) {
            return code;
        }
        if (!run.failures().isEmpty() || run.passed() < results.targets().size()) {
            run.failures().forEach(failure -> System.err.println("untorn: " + failure.getMessage()));
            System.err.println("untorn: this run is no evidence of conformance"
                    + (results.settings().effort().exhaustive().isPresent()
                            ? ""
                            : "; give it a larger --budget or more --tries"));
            return ExitCode.MACHINERY_FAILED;
        }
        return code;
    }

    private static void printSummary(List<TargetResult> targetResults, Path output, Duration total) {
        if (targetResults.isEmpty()) {
            return;
        }
        System.out.println();
        ResultsText.printTable(targetResults, output);
        Duration judging = targetResults.stream().map(TargetResult::elapsed).reduce(Duration.ZERO, Duration::plus);
        Duration looking = targetResults.stream().map(TargetResult::looking).reduce(Duration.ZERO, Duration::plus);
        System.out.printf(
                Locale.ROOT,
                "judged for %.1f s, %.0f %% of it to look at what traces left beyond direct reads; "
                        + "boot, preparation and shrinking took %.1f s%n",
                judging.toMillis() / 1e3,
                100.0 * looking.toNanos() / Math.max(1, judging.toNanos()),
                total.minus(judging).toMillis() / 1e3);
    }
}
