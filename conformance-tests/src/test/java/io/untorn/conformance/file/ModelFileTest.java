package io.untorn.conformance.file;

import static io.untorn.model.oracle.VerdictAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.untorn.conformance.judge.Judge;
import io.untorn.conformance.report.TextReport;
import io.untorn.conformance.run.Simulated;
import io.untorn.model.history.Environment;
import io.untorn.model.history.History;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Repeats;
import io.untorn.model.history.Step;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.Statx;
import io.untorn.model.operation.Write;
import io.untorn.model.oracle.Verdict;
import io.untorn.model.rule.Specification;
import io.untorn.model.rules.Specifications;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import io.untorn.simulated.SimulatedKernel;
import io.untorn.simulated.SimulatedMachine;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Writes traces and histories and reads them back; breaks files and looks at what is said. */
final class ModelFileTest {
    private static final String TRACE =
            """
            {
              "version": 2,
              "target": {"name": "xfs", "kind": "XFS", "blockSize": 4096, "clusterSize": 4096, "reflink": true},
              "operations": [
                {"operation": "read", "access": "DIRECT", "offset": 0, "length": 4096}
              ]
            }
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(TargetKind.class)
    void aFileIsReadAsItWasWritten(TargetKind kind) throws IOException {
        Target target = new Target("some", kind, 4096, 4096, kind == TargetKind.XFS);
        SimulatedKernel kernel = new SimulatedKernel(SimulatedMachine.linux("7.3.4"));
        Environment environment = kernel.prepare(target);
        Specification specification = Specifications.linux(environment.kernel(), kind);
        Path file = folder.resolve("file.json");
        for (Trace trace : Simulated.traces(target, environment, kernel.facilities(), 100)) {
            TraceFile.write(file, trace);
            assertThat(TraceFile.read(file)).isEqualTo(trace);

            History history = kernel.run(trace.withReadBack()).withConsole(List.of("[ 1.0] \"quoted\" \u00e4"));
            HistoryFile.write(file, history);
            History read = HistoryFile.read(file);
            assertThat(read).isEqualTo(history);
            Verdict verdict = Judge.judge(read, specification);
            assertThat(verdict).isEqualTo(Judge.judge(history, specification));
            assertThat(verdict).of(read.trace()).conforms();
            assertThat(TextReport.verdict(read, verdict, specification))
                    .startsWith("some on 7.3.4 conforms to linux-7.3\n")
                    .contains(history.steps().size() + " of " + history.steps().size() + " operations");
        }
    }

    /** Files of earlier versions do not say how an option is spelled, nor how statx is asked. */
    @Test
    void whatEarlierFilesDoNotSayIsTheDefault() throws IOException {
        Path file = folder.resolve("old.json");
        Files.writeString(
                file,
                TRACE.replace(
                        "{\"operation\": \"read\", \"access\": \"DIRECT\", \"offset\": 0, \"length\": 4096}",
                        "{\"operation\": \"remount\", \"way\": \"LIVE\", \"maxAtomicWrite\": 8192}, "
                                + "{\"operation\": \"statx\"}"));

        assertThat(TraceFile.read(file).operations())
                .containsExactly(
                        new Remount(Remount.Way.LIVE, 8192, Remount.Notation.BYTES), new Statx(Statx.Via.DESCRIPTOR));
    }

    @Test
    void aHistoryTellsRepeatsAndMayLeaveThemOut() throws IOException {
        Write write = Write.atomic(0, 4096);
        Trace trace = new Trace(Simulated.XFS, List.of(Write.plain(Access.BUFFERED, 0, 8), write));
        Environment environment = new SimulatedKernel(SimulatedMachine.linux("7.3.4")).prepare(trace.target());
        List<Step> steps = List.of(
                new Step(trace.operations().get(0), 0, 1, new Outcome.Returned(8)),
                new Step(write, 2, 3, new Outcome.Returned(4096), new Repeats(2)));
        History history = new History(trace, environment, steps, List.of(), List.of());
        Path file = folder.resolve("history.json");
        HistoryFile.write(file, history);

        assertThat(HistoryFile.read(file)).isEqualTo(history);
        Specification specification = Specifications.linux(environment.kernel(), TargetKind.XFS);
        assertThat(TextReport.verdict(history, Judge.judge(history, specification), specification))
                .contains("repeated  atomic-write-over-delayed: 1 after EAGAIN");

        String text = Files.readString(file);
        Files.writeString(file, text.replaceAll(",\\s*\"repeats\"\\s*:\\s*\\{[^}]*}", ""));
        assertThat(Files.readString(file)).doesNotContain("repeats");
        assertThat(HistoryFile.read(file).steps().get(1)).isEqualTo(new Step(write, 2, 3, new Outcome.Returned(4096)));
    }

    @Test
    void aHistoryThatEndsEarlyIsJudged() throws IOException {
        Trace trace = new Trace(Simulated.XFS, List.of(Read.plain(Access.DIRECT, 0, 4096)));
        Environment environment = new SimulatedKernel(SimulatedMachine.linux("7.3.4")).prepare(trace.target());
        Path file = folder.resolve("history.json");
        HistoryFile.write(file, new History(trace, environment, List.of(), List.of(), List.of()));
        History read = HistoryFile.read(file);
        Specification specification = Specifications.linux(environment.kernel(), TargetKind.XFS);

        assertThat(TextReport.verdict(read, Judge.judge(read, specification), specification))
                .startsWith("xfs on 7.3.4 breaks every-operation-is-answered\n")
                .contains("expected  answers to 1 operations", "actual    the kernel stopped after 0");
    }

    @Test
    void nothingToJudgeIsTheCallersMistake() throws IOException {
        Trace trace = new Trace(Simulated.XFS, List.of());
        Environment environment = new SimulatedKernel(SimulatedMachine.linux("7.3.4")).prepare(trace.target());
        TraceFile.write(folder.resolve("trace.json"), trace);
        HistoryFile.write(
                folder.resolve("history.json"), new History(trace, environment, List.of(), List.of(), List.of()));

        assertReported(() -> TraceFile.read(folder), "trace.json", "has no operations", "{\"operation\": \"statx\"}");
        assertReported(() -> HistoryFile.read(folder), "history.json", "has no operations");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "]                | `` | line 7, column 1 | not JSON: Unexpected close marker '}'",
                "\"read\"         | \"raed\" | line 5, column 19 | unknown operation 'raed'; there are: ",
                "\"operation\": \"read\", | `` | line 5 | \"operation\" is missing; there are: ",
                "\"offset\": 0,   | `` | line 5 | 'offset' is missing; the components of read are: flags, access, subject, offset, ",
                "\"offset\"       | \"ofset\" | line 5 | 'offset' is missing; the components of read are: flags, access, ",
                "\"offset\": 0    | \"offset\": 0, \"x\": 1 | line 5 | unknown component 'x'; the components of read are: ",
                "\"offset\": 0    | \"offset\": -8 | line 5 | offset or size outside 0 to 9223370937343148032: -8",
                "\"offset\": 0    | \"offset\": 9223370937343148040 | line 5 | offset or size outside 0 to 9223370937343148032: 9223370937343148040",
                "\"length\": 4096 | \"length\": 16777224 | line 5 | length outside 0 to 16777216: 16777224",
                "\"length\": 4096 | \"length\": 4097 | line 5 | only an atomic write may begin or end inside a word of 8",
                "\"offset\": 0    | \"offset\": 0.5 | line 5, column 57 | 'offset' must be a whole number, not '0.5'",
                "\"offset\": 0    | \"offset\": \"0\" | line 5, column 57 | 'offset' must be a whole number",
                "\"offset\": 0    | \"offset\": null | line 5, column 57 | 'offset' must not be null",
                "\"offset\": 0    | \"offset\": 0, \"offset\": 1 | line 5, column 68 | Duplicate field 'offset'",
                "\"offset\": 0    | \"offset\": 99999999999999999999 | line 5 | out of range of long",
                "\"DIRECT\"       | \"DIRCT\" | line 5, column 37 | 'access' must be one of DIRECT, BUFFERED, not 'DIRCT'",
                "\"DIRECT\"       | 0 | line 5, column 37 | 'access' must be one of DIRECT, BUFFERED, not '0'",
                "\"DIRECT\"       | null | line 5 | 'access' must not be null",
                "\"xfs\"          | [] | line 3, column 22 | 'name' must be text in quotes",
                "\"blockSize\": 4096 | \"blockSize\": 4095 | line 3 | block size is not a power of two: 4095",
                "\"version\": 2   | \"version\": 1 | line 2, column 14 | version 1; this untorn reads version 2",
                "\"version\": 2,  | `` | line 1, column 1 | version none; this untorn reads version 2",
                "\"target\":      | \"goal\": | line 7 | 'target' is missing; the components of ",
                "\"operations\":  | \"steps\": | line 4, column 3 | It is a history",
                "[                | [ null, | line 4 | 'operations' must not be null",
                "[                | 7, \"x\": [ | line 4, column 17 | 'operations' must be a list in [ ]",
                "{                | hello { | line 1 | not JSON: Unrecognized token 'hello'",
            })
    void aBrokenTraceIsReported(String part, String instead, String place, String reason) throws IOException {
        Path file = folder.resolve("trace.json");
        assertThat(TRACE).contains(part);
        Files.writeString(file, TRACE.replaceFirst(Pattern.quote(part), Matcher.quoteReplacement(instead)));

        assertReported(() -> TraceFile.read(file), file.toString(), place, reason);
    }

    @Test
    void aTruncatedFileIsReported() throws IOException {
        Path file = folder.resolve("trace.json");
        for (int length = 0; length < TRACE.lastIndexOf('}'); length++) {
            Files.writeString(file, TRACE.substring(0, length));
            assertReported(() -> TraceFile.read(file), file + ", line ", "is not a trace: ");
        }
        Files.writeString(file, TRACE + "{}");
        assertReported(() -> TraceFile.read(file), "line 8, column 1", "is not a trace: ");
    }

    @Test
    void anUnreadableFileIsReported() throws IOException {
        Path missing = folder.resolve("missing.json");
        assertReported(() -> TraceFile.read(missing), "no such file: " + missing);
        assertReported(() -> HistoryFile.read(folder), "no history.json in the folder " + folder);
        assertReported(() -> TraceFile.read(folder), "no trace.json in the folder " + folder, "target/untorn/findings");
        Files.createDirectory(folder.resolve("trace.json"));
        assertReported(() -> TraceFile.read(folder), "can't read ", "trace.json: Is a directory");
        Path empty = Files.createFile(folder.resolve("empty.json"));
        assertReported(() -> TraceFile.read(empty), empty + ", line 1", "is not a trace: it must begin with {");
        Path program = Files.write(folder.resolve("program"), new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0});
        assertReported(() -> TraceFile.read(program), program + ", line 1, column ", "is not a trace: not JSON");
        Path binary = Files.write(folder.resolve("binary.json"), new byte[] {'{', (byte) 0xff});
        assertReported(() -> TraceFile.read(binary), binary + " is not a trace: it is not text in UTF-8");
    }

    @Test
    void aFindingsFolderStandsForItsFiles() throws IOException {
        Trace trace = new Trace(Simulated.XFS, List.of(Read.plain(Access.DIRECT, 0, 4096)));
        SimulatedKernel kernel = new SimulatedKernel(SimulatedMachine.linux("7.3.4"));
        kernel.prepare(trace.target());
        TraceFile.write(folder.resolve("trace.json"), trace);
        assertThat(folder).matches(path -> !HistoryFile.isAt(path), "holds no history");
        assertThat(TraceFile.read(folder)).isEqualTo(trace);

        HistoryFile.write(folder.resolve("history.json"), kernel.run(trace));
        assertThat(List.of(folder, folder.resolve("history.json"))).allMatch(HistoryFile::isAt, "is a history");
        assertThat(List.of(folder.resolve("trace.json"), folder.resolve("missing.json")))
                .noneMatch(HistoryFile::isAt);
        assertThat(HistoryFile.read(folder)).isEqualTo(kernel.run(trace));
    }

    @Test
    void aFileOf100MegabytesIsRefusedAtOnce() throws IOException {
        Path huge = folder.resolve("huge.json");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.write("{\"version\": 2, \"target\": ".getBytes(StandardCharsets.US_ASCII));
            file.setLength(100_000_000);
        }
        assertReported(
                () -> TraceFile.read(huge), huge + " is not a trace: it has 100000000 bytes, and at most 67108864");
        assertThat(huge).matches(path -> !HistoryFile.isAt(path), "is no history");
    }

    @Test
    void deepNestingIsReported() throws IOException {
        Path deep = Files.writeString(folder.resolve("deep.json"), "{\"version\": " + "[".repeat(100_000));
        assertReported(() -> TraceFile.read(deep), deep + " is not a trace: Document nesting depth (1001)");
    }

    @Test
    void aBrokenHistoryIsReported() throws IOException {
        Trace trace = new Trace(Simulated.XFS, List.of(Read.plain(Access.DIRECT, 0, 4096)));
        SimulatedKernel kernel = new SimulatedKernel(SimulatedMachine.linux("7.3.4"));
        kernel.prepare(trace.target());
        Path file = folder.resolve("history.json");
        HistoryFile.write(file, kernel.run(trace));
        String text = Files.readString(file);

        Files.writeString(file, text.replace("\"7.3.4\"", "\"seven\""));
        assertReported(() -> HistoryFile.read(file), file + ", line ", "not a kernel release: 'seven'");
        int step = text.indexOf("\"steps\"");
        Files.writeString(file, text.substring(0, step) + text.substring(step).replaceFirst("4096", "8192"));
        assertReported(
                () -> HistoryFile.read(file),
                "step 1 is: read of 8192 bytes at 0, direct, but operation 1 of the trace is: read of 4096 bytes at 0");
        Files.writeString(file, TRACE);
        assertReported(() -> HistoryFile.read(file), "line 4, column 3", "It is a trace", "./untorn replay");
    }

    private static void assertReported(ThrowingCallable reading, String... parts) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        UntornException.class, e -> assertThat(e.category()).isEqualTo(UntornException.Category.CALLER))
                .hasMessageContainingAll(parts)
                .hasMessageNotContainingAny("Exception", "io.untorn", "java.", "Source:");
    }
}
