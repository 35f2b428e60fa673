package io.untorn.conformance;

import io.untorn.vm.UntornException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps what was found in files that outlive the run. */
final class Findings {
    private Findings() {}

    /** Return where the trace that broke a rule is kept. */
    static Path fileFor(Path output, NonconformanceError broken) {
        return output.resolve("findings")
                .resolve(broken.trace().target().name() + "-"
                        + broken.violation().rule().id())
                .resolve("trace.json");
    }

    /** Write the trace, its history, a report, and what the kernel printed. */
    static void save(Counterexample found, Settings settings) {
        Path folder = found.file().toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalStateException(found.file() + " has no folder");
        }
        try {
            Files.createDirectories(folder);
            TraceFile.write(found.file(), found.trace());
            HistoryFile.write(folder.resolve("history.json"), found.history());
            Files.writeString(folder.resolve("report.txt"), TextReport.counterexample(found, settings));
            Files.write(folder.resolve("console.txt"), found.history().console());
        } catch (IOException e) {
            throw UntornException.machinery(
                    "can't keep the finding in " + folder + ": " + e + "\n"
                            + TextReport.counterexample(found, settings),
                    e);
        }
    }
}
