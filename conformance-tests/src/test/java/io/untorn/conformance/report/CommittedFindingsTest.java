package io.untorn.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.untorn.conformance.file.FindingFolder;
import io.untorn.conformance.file.HistoryFile;
import io.untorn.conformance.file.TraceFile;
import io.untorn.conformance.finding.Sensitivity;
import io.untorn.conformance.finding.SignatureFile;
import io.untorn.conformance.judge.Judge;
import io.untorn.conformance.judge.NonconformanceError;
import io.untorn.conformance.judge.Signature;
import io.untorn.conformance.reproducer.CProgram;
import io.untorn.conformance.reproducer.Demonstration;
import io.untorn.conformance.reproducer.Gcc;
import io.untorn.conformance.reproducer.Reproducers;
import io.untorn.conformance.trial.Reproduction;
import io.untorn.model.history.History;
import io.untorn.model.history.Trace;
import io.untorn.model.oracle.Verdict;
import io.untorn.model.rule.Specification;
import io.untorn.vm.host.HostPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sees that the files of each finding in the repository are those that the kit makes today, and that they compile. */
final class CommittedFindingsTest {
    private static final Path FINDINGS = Path.of("..", "findings");

    static List<Path> folders() throws IOException {
        try (Stream<Path> folders = Files.list(FINDINGS)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void filesAreWhatTheTraceGives(Path folder) {
        assertThat(Reproducers.of(demonstration(folder))).isNotEmpty().allSatisfy((file, text) -> assertThat(
                        folder.resolve(file))
                .as("made by ./untorn reproduce --in-place " + folder)
                .hasContent(text));
    }

    @ParameterizedTest
    @MethodSource("folders")
    void programCompiles(Path folder) throws IOException {
        assumeTrue(HostPrograms.find("gcc").isPresent(), "gcc is not installed");
        String source = Files.readString(folder.resolve("reproducer.c"));
        assertThat(Gcc.compile(source)).isInstanceOf(Gcc.Compiled.class);
    }

    @ParameterizedTest
    @MethodSource("folders")
    void reportSaysThatTheProgramShowedIt(Path folder) throws IOException {
        String report = Files.readString(folder.resolve(FindingFolder.REPORT));
        assertThat(report.replace('\n', ' '))
                .contains(
                        "reproducer.c showed the same",
                        String.join(" ", CProgram.COMPILER),
                        "## Cause, as far as it is read",
                        "## Upstream");
        History history = HistoryFile.read(folder.resolve("history.json"));
        assertThat(report).contains(history.environment().release());
    }

    /** What is committed is public. */
    @ParameterizedTest
    @MethodSource("folders")
    void noneIsSensitive(Path folder) {
        Demonstration shown = demonstration(folder);
        assertThat(Sensitivity.of(shown.violation(), shown.history())).isEqualTo(Sensitivity.NONE);
    }

    @ParameterizedTest
    @MethodSource("folders")
    void signatureIsThatOfTheReport(Path folder) throws IOException {
        Signature signature = SignatureFile.read(folder).orElseThrow();
        assertThat(signature.isOf(demonstration(folder).violation()))
                .as("signature.json is that of the violation in history.json")
                .isTrue();
        assertThat(Files.readString(folder.resolve(FindingFolder.REPORT))).contains(SignatureLine.of(signature) + "\n");
    }

    private static Demonstration demonstration(Path folder) {
        Trace trace = TraceFile.read(folder.resolve("trace.json"));
        History history = HistoryFile.read(folder.resolve("history.json"));
        Specification specification = Judge.specification(Optional.empty(), trace.target(), history.environment());
        Verdict verdict = Judge.judge(history, specification);
        String subject =
                HandWritten.in(folder.resolve(FindingFolder.REPORT)).subject().orElseThrow();
        return Demonstration.of(
                        subject,
                        trace,
                        history,
                        Reproduction.about(folder, NonconformanceError.of(trace, history, verdict, List.of()))
                                .orElseThrow(),
                        specification)
                .orElseThrow();
    }
}
