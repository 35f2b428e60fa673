package io.untorn.conformance.report;

import io.untorn.conformance.file.FindingFolder;
import io.untorn.conformance.file.HistoryFile;
import io.untorn.conformance.file.TraceFile;
import io.untorn.conformance.finding.Counterexample;
import io.untorn.conformance.finding.Finding;
import io.untorn.conformance.finding.SignatureFile;
import io.untorn.conformance.reproducer.Demonstration;
import io.untorn.conformance.reproducer.Reproducers;
import io.untorn.conformance.result.Settings;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes all that a finding consists of into the folder of its trace: trace, history, reproducers, report. */
public final class FindingWriter {
    private FindingWriter() {}

    /**
     * Write a finding's files.
     *
     * @param settings those of the run that found it
     * @throws UntornException if they can't be written: a failure of machinery
     */
    public static void write(Finding finding, Settings settings) {
        Counterexample found = finding.found();
        Path folder = found.folder();
        try {
            Files.createDirectories(folder);
            TraceFile.write(found.file(), found.trace());
            HistoryFile.write(folder.resolve(FindingFolder.HISTORY), found.history());
            SignatureFile.write(folder, found.signature());
            if (!found.history().console().isEmpty()) {
                Files.write(folder.resolve("console.txt"), found.history().console());
            }
            if (finding.demonstration().isPresent()) {
                writeReproducers(folder, finding.demonstration().get());
            }
            if (finding.config().isPresent()) {
                Files.write(
                        folder.resolve("config"),
                        Files.readAllBytes(finding.config().get()));
            }
            Files.writeString(folder.resolve(FindingFolder.REPORT), MarkdownReport.of(finding, settings));
        } catch (IOException e) {
            throw UntornException.machinery(
                    "can't keep the finding in " + folder + ": " + e + "\n"
                            + TextReport.counterexample(found, settings),
                    e);
        }
    }

    private static void writeReproducers(Path folder, Demonstration demonstration) throws IOException {
        for (Map.Entry<String, String> file : Reproducers.of(demonstration).entrySet()) {
            Path place = folder.resolve(file.getKey());
            Files.createDirectories(place.resolveSibling("."));
            Files.writeString(place, file.getValue());
        }
    }
}
