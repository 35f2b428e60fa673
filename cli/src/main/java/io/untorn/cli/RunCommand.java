package io.untorn.cli;

import io.untorn.conformance.ConformanceSuite;
import io.untorn.conformance.Counterexample;
import io.untorn.conformance.CoverageReport;
import io.untorn.conformance.Effort;
import io.untorn.conformance.ExhaustiveSearch;
import io.untorn.conformance.SearchFile;
import io.untorn.conformance.Session;
import io.untorn.conformance.Settings;
import io.untorn.conformance.Tally;
import io.untorn.conformance.TextReport;
import io.untorn.conformance.VirtualSession;
import io.untorn.vm.UntornException;
import io.untorn.vm.UntornException.Category;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the properties against a kernel. */
@Command(
        name = "run",
        description = {
            "Boot a kernel, send it random sequences of atomic and other writes, legal and illegal, and judge every "
                    + "answer.",
            ""
        })
final class RunCommand implements Callable<Integer> {
    private static final int MOST_EXHAUSTIVE = 3;
    private static final int CONFORMS = 0;
    private static final int DOES_NOT_CONFORM = 1;
    /** 128 and SIGINT, as shells count; the JVM that goes down exits with the signal it got. */
    private static final int INTERRUPTED = 130;

    @Mixin
    private KernelOptions kernel = new KernelOptions();

    @Mixin
    private TargetOptions targets = new TargetOptions();

    @ArgGroup
    private Amount amount = new Amount();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "What every random choice comes from. Default: a new one, which is printed.")
    private @Nullable Long seed;

    @Option(names = "--strict", description = "Let known deviations of released kernels count as violations.")
    private boolean strict;

    @Option(
            names = "--shrink",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long to make a sequence that broke a rule shorter, at most. Default: ${DEFAULT-VALUE}",
            defaultValue = "45s")
    private Duration shrinking = Effort.DEFAULT.shrinking();

    @Option(
            names = "--findings",
            paramLabel = "N",
            description = "How many different findings end a target. Default: ${DEFAULT-VALUE}",
            defaultValue = "5")
    private int findings = Effort.DEFAULT.findings();

    /** How much to do. */
    private static final class Amount {
        @Option(
                names = "--budget",
                paramLabel = "TIME",
                converter = DurationConverter.class,
                description =
                        "How long to judge, all targets together: 90s, 2m, 1h; up to three times as long where rules were not "
                                + "reached. Booting comes on top. Default: 20s for each")
        private @Nullable Duration budget;

        @Option(names = "--tries", paramLabel = "N", description = "How many sequences for each target, instead.")
        private @Nullable Integer tries;

        @Option(
                names = "--exhaustive",
                paramLabel = "N",
                description =
                        "Instead of random sequences, all of 1 to N operations (1, 2 or 3) out of some dozens, but for "
                                + "those whose beginning leads to a state that another led to before. A run that was ended goes on "
                                + "where it was, by the file exhaustive-TARGET-N.json among the findings.")
        private @Nullable Integer exhaustive;
    }

    @Option(names = "--restart", description = "Let --exhaustive begin anew, whatever an earlier run has done.")
    private boolean restart;

    @Override
    public Integer call() {
        List<String> wanted = targets.wanted();
        Settings settings = settings(wanted);
        if (restart) {
            forgetSearches(settings, wanted);
        }
        long start = System.nanoTime();
        AtomicBoolean told = new AtomicBoolean();
        ProgressLine progress = new ProgressLine(settings);
        try (Session session = VirtualSession.create(settings, progress, wanted)) {
            Thread interrupted = new Thread(
                    () -> {
                        if (told.compareAndSet(false, true)) {
                            System.out.println("\ninterrupted; judged so far:");
                            System.out.print(TextReport.table(session.tallies()));
                            if (settings.effort().exhaustive().isPresent()) {
                                System.out.println("the same command goes on from here, or 2 s before");
                            }
                        }
                    },
                    "untorn-interrupted");
            Runtime.getRuntime().addShutdownHook(interrupted);
            System.out.println(
                    "kernel " + settings.kernel() + ", targets " + String.join(", ", wanted) + ", " + source(settings));
            ConformanceSuite.Result result = ConformanceSuite.run(session, wanted);
            progress.end();
            if (!told.compareAndSet(false, true)) {
                return INTERRUPTED;
            }
            if (session.tallies().stream()
                            .flatMap(tally -> tally.search().stream())
                            .filter(ExhaustiveSearch::isComplete)
                            .count()
                    == wanted.size()) {
                forgetSearches(settings, wanted);
            }
            return report(session, result, wanted.size(), Duration.ofNanos(System.nanoTime() - start));
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

    private Settings settings(List<String> wanted) {
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
        return kernel.settings(effort, seed == null ? Settings.randomSeed() : seed, strict);
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

    private static int report(Session session, ConformanceSuite.Result result, int wanted, Duration total) {
        List<Tally> tallies = List.copyOf(session.tallies());
        if (!tallies.isEmpty()) {
            printSummary(tallies, session.settings().output(), total);
        }
        List<Counterexample> found = new ArrayList<>();
        tallies.forEach(tally -> found.addAll(tally.counterexamples()));
        found.forEach(counterexample ->
                System.out.print("\n" + TextReport.counterexample(counterexample, session.settings())));
        session.failure().ifPresent(failure -> System.err.println("untorn: " + failure.getMessage()));
        if (!found.isEmpty()) {
            return DOES_NOT_CONFORM;
        }
        if (session.failure().isPresent()) {
            return session.failure().get().category().exitCode();
        }
        if (!result.failures().isEmpty() || result.passed() < wanted) {
            result.failures().forEach(failure -> System.err.println("untorn: " + failure.getMessage()));
            System.err.println("untorn: this run is no evidence of conformance"
                    + (session.settings().effort().exhaustive().isPresent()
                            ? ""
                            : "; give it a larger --budget or more --tries"));
            return Category.MACHINERY.exitCode();
        }
        return CONFORMS;
    }

    private static void printSummary(List<Tally> tallies, Path output, Duration total) {
        System.out.println();
        System.out.print(TextReport.table(tallies));
        System.out.println("how often each kind of atomic write was tried: " + CoverageReport.save(output, tallies));
        Duration judging = tallies.stream().map(Tally::elapsed).reduce(Duration.ZERO, Duration::plus);
        System.out.printf(
                Locale.ROOT,
                "judged for %.1f s; boot, preparation and shrinking took %.1f s%n",
                judging.toMillis() / 1e3,
                total.minus(judging).toMillis() / 1e3);
    }
}
