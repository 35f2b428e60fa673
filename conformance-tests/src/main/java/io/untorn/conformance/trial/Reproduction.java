package io.untorn.conformance.trial;

import io.untorn.conformance.file.FindingFolder;
import io.untorn.conformance.file.TraceFile;
import io.untorn.conformance.finding.Counterexample;
import io.untorn.conformance.finding.Finding;
import io.untorn.conformance.judge.KnownDeviation;
import io.untorn.conformance.judge.NonconformanceError;
import io.untorn.conformance.report.FindingWriter;
import io.untorn.conformance.report.HandWritten;
import io.untorn.conformance.report.MarkdownReport;
import io.untorn.conformance.reproducer.ReproducerRun;
import io.untorn.conformance.run.Session;
import io.untorn.model.history.Trace;
import io.untorn.model.oracle.Verdict.Violation;
import io.untorn.model.target.Target;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A finding shown again, with its reproducers written again.
 *
 * @param found the trace and what it showed
 * @param reproducerRun the run of {@code reproducer.c} on the same kernel
 */
public record Reproduction(Counterexample found, ReproducerRun reproducerRun) {
    /**
     * Run the trace of a finding's folder, and if it breaks a rule write the folder's other files again.
     *
     * @param folder the finding's, with {@code trace.json}; words that people wrote into its report are kept
     * @param output the folder to write to; may be the same
     * @param times how often to run the trace
     * @return what was shown; empty if it never was, nothing is written then
     */
    public static Optional<Reproduction> of(Path folder, Path output, Session session, int times) {
        Trace trace = TraceFile.read(folder.resolve(FindingFolder.TRACE));
        HandWritten kept = HandWritten.in(folder.resolve(FindingFolder.REPORT));
        return Replay.of(trace, session, times, output.resolve(FindingFolder.TRACE), broken -> about(folder, broken))
                .map(found -> {
                    Finding finding = session.prepare(found.trace().target().name())
                            .keeper()
                            .finding(found, kept.subject().orElse(MarkdownReport.subject(found)))
                            .withoutConfig();
                    copyReport(folder, output);
                    FindingWriter.write(finding, session.settings());
                    return new Reproduction(found, finding.reproducerRun());
                });
    }

    /** Return the violation that a finding is about: the known deviation that names its folder, or the first one. */
    public static Optional<Violation> about(Path folder, NonconformanceError broken) {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        List<KnownDeviation> named = KnownDeviation.shipped().stream()
                .filter(deviation -> Path.of(deviation.finding()).getFileName().equals(name))
                .toList();
        return named.isEmpty() ? Optional.of(broken.violation()) : broken.firstOf(named);
    }

    /** Return where the trace of a finding's folder runs. */
    public static Target target(Path folder) {
        return TraceFile.read(folder.resolve(FindingFolder.TRACE)).target();
    }

    /** Copy what people wrote to where the report is written again. */
    private static void copyReport(Path folder, Path output) {
        Path report = folder.resolve(FindingFolder.REPORT);
        Path copy = output.resolve(FindingFolder.REPORT);
        try {
            if (Files.exists(report)
                    && !report.toAbsolutePath()
                            .normalize()
                            .equals(copy.toAbsolutePath().normalize())) {
                Files.createDirectories(output);
                Files.writeString(copy, Files.readString(report));
            }
        } catch (IOException e) {
            throw UntornException.machinery("can't copy " + report + " to " + output + ": " + e, e);
        }
    }
}
