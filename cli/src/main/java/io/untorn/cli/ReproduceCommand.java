package io.untorn.cli;

import io.untorn.conformance.judge.DeviationPolicy;
import io.untorn.conformance.report.TextReport;
import io.untorn.conformance.result.Effort;
import io.untorn.conformance.result.ExitCode;
import io.untorn.conformance.result.Settings;
import io.untorn.conformance.run.Session;
import io.untorn.conformance.run.VirtualSession;
import io.untorn.conformance.trial.Reproduction;
import io.untorn.vm.host.UntornException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a finding again, by its trace and by its program, and writes its files again. */
@Command(
        name = "reproduce",
        description = {
            "Run the traces of findings again, write their reproducers and reports again, compile reproducer.c and run it "
                    + "on the same kernel.",
            "",
            "Exits with 1 if both show the fault, 0 if the trace does not, 3 if the program does not.",
            ""
        })
final class ReproduceCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FOLDER", arity = "1..*", description = "The findings: folders with a trace.json each.")
    private List<Path> folders = List.of();

    @Mixin
    private KernelOptions kernel = new KernelOptions();

    @Option(
            names = "--times",
            paramLabel = "N",
            description = "How often to run the trace. Default: ${DEFAULT-VALUE}",
            defaultValue = "3")
    private int times = 3;

    @Option(
            names = "--in-place",
            description = "Write into each FOLDER. Default: into a folder of the same name under --output")
    private boolean inPlace;

    @Override
    public Integer call() {
        if (times < 1) {
            throw UntornException.caller("--times " + times + ": give 1 or more");
        }
        Settings settings = kernel.settings(Effort.DEFAULT, 0, DeviationPolicy.STRICT);
        return folders.stream()
                .map(folder -> reproduce(folder, settings))
                .max(ExitCode::compareTo)
                .orElse(ExitCode.CONFORMS)
                .number();
    }

    /** Show one in a machine of its own: some faults show only on a machine that has run nothing since its boot. */
    private ExitCode reproduce(Path folder, Settings settings) {
        ProgressLine progress = new ProgressLine(settings);
        String target = Reproduction.target(folder).name();
        try (Session session = VirtualSession.create(settings, progress, List.of(target))) {
            Optional<Reproduction> shown = Reproduction.of(folder, output(folder, settings), session, times);
            progress.end();
            System.out.println(shown.map(reproduction -> words(reproduction, settings))
                    .orElse(folder + " was not shown, " + times + " of " + times + " times"));
            session.failure().ifPresent(failure -> System.err.println("untorn: " + failure.getMessage()));
            return shown.map(ReproduceCommand::exitCode).orElse(ExitCode.CONFORMS);
        }
    }

    private Path output(Path folder, Settings settings) {
        return inPlace
                ? folder
                : settings.output()
                        .resolve("findings")
                        .resolve(folder.toAbsolutePath().normalize().getFileName());
    }

    private static ExitCode exitCode(Reproduction shown) {
        return shown.reproducerRun().shown() ? ExitCode.DOES_NOT_CONFORM : ExitCode.MACHINERY_FAILED;
    }

    private static String words(Reproduction shown, Settings settings) {
        StringBuilder words = new StringBuilder(TextReport.counterexample(shown.found(), settings));
        words.append('\n');
        shown.reproducerRun().output().lines().forEach(line -> words.append("  | ")
                .append(line)
                .append('\n'));
        return words.append(shown.reproducerRun().words())
                .append("; written to ")
                .append(shown.found().file().getParent())
                .append('\n')
                .toString();
    }
}
