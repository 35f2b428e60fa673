package io.untorn.cli;

import io.untorn.conformance.file.TraceFile;
import io.untorn.conformance.finding.Counterexample;
import io.untorn.conformance.judge.DeviationPolicy;
import io.untorn.conformance.report.TextReport;
import io.untorn.conformance.result.Effort;
import io.untorn.conformance.result.ExitCode;
import io.untorn.conformance.result.Settings;
import io.untorn.conformance.run.Session;
import io.untorn.conformance.run.VirtualSession;
import io.untorn.conformance.trial.Replay;
import io.untorn.model.history.Trace;
import io.untorn.vm.host.UntornException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a saved trace again. */
@Command(
        name = "replay",
        description = {"Run a saved trace again, on this kernel or another, and judge it.", ""})
final class ReplayCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The trace: a finding's folder, or its trace.json.")
    private Path file = Path.of("trace.json");

    @Mixin
    private KernelOptions kernel = new KernelOptions();

    @Option(
            names = "--times",
            paramLabel = "N",
            description = "How often to run it. Default: ${DEFAULT-VALUE}",
            defaultValue = "3")
    private int times = 3;

    @Option(
            names = "--shrink",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description =
                    "If the trace breaks a rule, shrink it for at most this long, and keep the result as a finding.")
    private @Nullable Duration shrinking;

    @Override
    public Integer call() {
        if (times < 1) {
            throw UntornException.caller("--times " + times + ": give 1 or more");
        }
        Trace trace = TraceFile.read(file);
        Settings settings = kernel.settings(effort(), 0, DeviationPolicy.STRICT);
        ProgressLine progress = new ProgressLine(settings);
        try (Session session =
                VirtualSession.create(settings, progress, List.of(trace.target().name()))) {
            Optional<Counterexample> found =
                    shrinking == null ? Replay.of(trace, session, times, file) : Replay.shortened(trace, session, file);
            progress.end();
            if (found.isPresent()) {
                System.out.print(TextReport.counterexample(found.get(), settings));
                session.failure().ifPresent(failure -> System.err.println("untorn: " + failure.getMessage()));
                return ExitCode.DOES_NOT_CONFORM.number();
            }
            System.out.println(file + " conforms, " + times + " of " + times + " times: "
                    + trace.operations().size() + " operations on " + trace.target());
            return ExitCode.CONFORMS.number();
        }
    }

    private Effort effort() {
        return shrinking == null
                ? Effort.DEFAULT
                : Effort.DEFAULT.times(times).upTo(1).shrinkingFor(shrinking);
    }
}
