package io.untorn.cli;

import io.untorn.conformance.Effort;
import io.untorn.conformance.Reproduction;
import io.untorn.conformance.Session;
import io.untorn.conformance.Settings;
import io.untorn.conformance.TextReport;
import io.untorn.conformance.TraceFile;
import io.untorn.conformance.VirtualSession;
import io.untorn.model.Trace;
import io.untorn.vm.UntornException;
import io.untorn.vm.UntornException.Category;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a finding again, by its trace and by its program, and makes its files anew. */
@Command(
        name = "reproduce",
        description = {
            "Run the trace of a finding again, make its reproducers and report anew, compile reproducer.c and run it on "
                    + "the same kernel.",
            "",
            "Exits with 1 where both show the fault, 0 where the kernel conforms, 3 where the program does not show it.",
            ""
        })
final class ReproduceCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FOLDER", description = "The finding: a folder with a trace.json.")
    private Path folder = Path.of(".");

    @Mixin
    private KernelOptions kernel = new KernelOptions();

    @Option(
            names = "--times",
            paramLabel = "N",
            description = "How often to run the trace. Default: ${DEFAULT-VALUE}",
            defaultValue = "3")
    private int times = 3;

    @Option(names = "--in-place", description = "Write into FOLDER. Default: into a folder of its name under --output")
    private boolean inPlace;

    @Override
    public Integer call() {
        if (times < 1) {
            throw UntornException.caller("--times " + times + ": give 1 or more");
        }
        Trace trace = TraceFile.read(folder.resolve("trace.json"));
        Settings settings = kernel.settings(Effort.DEFAULT, 0, true);
        Path written = inPlace
                ? folder
                : settings.output()
                        .resolve("findings")
                        .resolve(folder.toAbsolutePath().normalize().getFileName());
        ProgressLine progress = new ProgressLine(settings);
        try (Session session =
                VirtualSession.create(settings, progress, List.of(trace.target().name()))) {
            Optional<Reproduction> shown = Reproduction.of(folder, written, session, times);
            progress.end();
            if (shown.isEmpty()) {
                System.out.println(folder + " conforms, " + times + " of " + times + " times: nothing to reproduce");
                return 0;
            }
            System.out.print(TextReport.counterexample(shown.get().found(), settings));
            System.out.println();
            shown.get().proof().output().lines().forEach(line -> System.out.println("  | " + line));
            System.out.println(shown.get().proof().words());
            System.out.println("written to " + written);
            return shown.get().proof().shown() ? 1 : Category.MACHINERY.exitCode();
        }
    }
}
