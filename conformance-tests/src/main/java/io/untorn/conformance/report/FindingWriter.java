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
import org.apache.commons.io.FileUtils;

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
            writeEvidence(found);
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
            throw unsaved(found, settings, e);
        }
    }

    /**
     * Write what a finding consists of before it is repeated and made shorter: trace, history, and a report without
     * reproducers. Reproducers of an earlier trace are removed.
     *
     * @param settings those of the run that found it
     * @throws UntornException if it can't be written: a failure of machinery
     */
    public static void writeAsFound(Counterexample found, Settings settings) {
        Path folder = found.folder();
        try {
            writeEvidence(found);
            for (String outdated : Reproducers.NAMES) {
                FileUtils.deleteQuietly(folder.resolve(outdated).toFile());
            }
            Path report = folder.resolve(FindingFolder.REPORT);
            Files.writeString(report, MarkdownReport.asFound(found, settings));
        } catch (IOException e) {
            throw unsaved(found, settings, e);
        }
    }

    /** Remove a finding's folder, unless people wrote into its report. */
    public static void remove(Counterexample found) {
        Path folder = found.folder();
        if (HandWritten.in(folder.resolve(FindingFolder.REPORT)).sections().isEmpty()) {
            FileUtils.deleteQuietly(folder.toFile());
        }
    }

    private static void writeEvidence(Counterexample found) throws IOException {
        Path folder = found.folder();
        Files.createDirectories(folder);
        TraceFile.write(found.file(), found.trace());
        HistoryFile.write(folder.resolve(FindingFolder.HISTORY), found.history());
        SignatureFile.write(folder, found.signature());
        Path console = folder.resolve("console.txt");
        if (found.history().console().isEmpty()) {
            Files.deleteIfExists(console);
        } else {
            Files.write(console, found.history().console());
        }
    }

    private static UntornException unsaved(Counterexample found, Settings settings, IOException e) {
        return UntornException.machinery(
                "can't keep the finding in " + found.folder() + ": " + e + "\n"
                        + TextReport.counterexample(found, settings),
                e);
    }

    private static void writeReproducers(Path folder, Demonstration demonstration) throws IOException {
        for (Map.Entry<String, String> file : Reproducers.of(demonstration).entrySet()) {
            Path place = folder.resolve(file.getKey());
            Files.createDirectories(place.resolveSibling("."));
            Files.writeString(place, file.getValue());
        }
    }
}
