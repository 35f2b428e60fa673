package io.untorn.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.untorn.conformance.judge.Judge;
import io.untorn.conformance.reproducer.CProgram;
import io.untorn.conformance.reproducer.Demonstration;
import io.untorn.conformance.reproducer.Gcc;
import io.untorn.conformance.reproducer.Reproducers;
import io.untorn.conformance.run.Simulated;
import io.untorn.model.console.Splat;
import io.untorn.model.contents.Contents;
import io.untorn.model.history.History;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Step;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.Audit;
import io.untorn.model.operation.Batch;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.ChangeAttribute;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.DropCaches;
import io.untorn.model.operation.Engine;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.FillSpace;
import io.untorn.model.operation.FreeSpace;
import io.untorn.model.operation.HintExtentSize;
import io.untorn.model.operation.HoldMapping;
import io.untorn.model.operation.Layout;
import io.untorn.model.operation.LimitFileSize;
import io.untorn.model.operation.MapExtents;
import io.untorn.model.operation.MapLoad;
import io.untorn.model.operation.MapStore;
import io.untorn.model.operation.OpenMode;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.PowerCut;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.ReleaseMapping;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.Reopen;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.RwFlags;
import io.untorn.model.operation.Split;
import io.untorn.model.operation.Statx;
import io.untorn.model.operation.Subject;
import io.untorn.model.operation.Sync;
import io.untorn.model.operation.TellPosition;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.TwinLoad;
import io.untorn.model.operation.Write;
import io.untorn.model.oracle.Verdict.Violation;
import io.untorn.model.rule.Actual;
import io.untorn.model.rule.Expectation;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Specification;
import io.untorn.model.rule.Topic;
import io.untorn.model.rules.Specifications;
import io.untorn.model.target.Limits;
import io.untorn.model.target.Target;
import io.untorn.simulated.SimulatedKernel;
import io.untorn.simulated.SimulatedMachine;
import io.untorn.vm.host.HostPrograms;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Makes reproducers of every operation and every symptom, compiles them, and reads them as a shell does. */
final class ReproducersTest {
    private static final Actual COMPLAINED = new Actual.Complained(
            Splat.in(List.of("[    1.0] EXT4-fs error (device sda): bad")).get(0));
    private static final Actual STOPPED = new Actual.Stopped(1, 0, Optional.empty());

    private static final Target DEVICE = Simulated.DEVICE;
    private static final String RELEASE = "7.3.4";

    @TempDir
    Path folder;

    static List<Target> targets() {
        return List.of(DEVICE, Simulated.EXT4, Simulated.XFS);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void allOperationsCompileTogether(Target target) {
        assumeTrue(HostPrograms.find("gcc").isPresent(), "gcc is not installed");
        List<Operation> operations = operations(target);
        assertCompiles(demonstration(target, operations, operations.size() - 1));
    }

    /** A file that is mapped keeps its file system mounted: an audit that unmounts it ends the mapping, as a mount does. */
    @ParameterizedTest
    @EnumSource(Audit.Aspect.class)
    void anAuditThatUnmountsReleasesTheMapping(Audit.Aspect aspect) {
        Audit audit = new Audit(aspect);
        List<Operation> operations = List.of(
                new Fallocate(Fallocate.Mode.ALLOCATE, 0, 4096), new HoldMapping(0, 4096), audit, new MapLoad(0, 4096));
        String program = Reproducers.of(demonstration(Simulated.EXT4, operations, operations.size() - 1))
                .get("reproducer.c");
        String steps = program.substring(program.indexOf("int main("));

        assertThat(steps.contains("release_mapping();")).as(steps).isEqualTo(audit.unmounts());
        assertThat(steps.contains("load_held(")).as(steps).isEqualTo(!audit.unmounts());
    }

    /** A helper that another step would have called is unused where a step is alone: gcc warns of it. */
    @Test
    void eachOperationCompilesAlone() {
        assumeTrue(HostPrograms.find("gcc").isPresent(), "gcc is not installed");
        Set<Object> kinds = new HashSet<>();
        assertThat(Operation.class.getPermittedSubclasses())
                .filteredOn(kind -> kind != PowerCut.class)
                .as("operations, of which operations() has to have each")
                .allSatisfy(kind -> assertThat(operations(Simulated.XFS)).hasAtLeastOneElementOfType(kind));
        for (Operation operation : operations(Simulated.XFS)) {
            Demonstration alone = demonstration(Simulated.XFS, List.of(operation), 0);
            assertThat(Reproducers.of(alone).get("reproducer.c")).contains("1. " + operation);
            if (kinds.add(operation instanceof Write write ? write.engine() : operation.getClass())) {
                assertCompiles(alone);
            }
        }
    }

    private static void assertCompiles(Demonstration shown) {
        String source = Reproducers.of(shown).get("reproducer.c");
        assertThat(Gcc.compile(source, "-O2")).as(source).isInstanceOf(Gcc.Compiled.class);
    }

    /** The last step's answer is the very one that counts as the fault: a program that gets it says so. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void programWritesByEveryEngine(Engine engine) throws Exception {
        List<Operation> operations = new ArrayList<>();
        for (Split split : List.of(Split.ONE, Split.TWO, Split.MANY)) {
            if (engine.takes(split)) {
                long end = operations.size() * 8192L;
                operations.add(
                        Write.plain(Access.BUFFERED, end, 8192).with(split).through(engine));
            }
        }
        operations.add(Read.plain(Access.BUFFERED, 0, operations.size() * 8192));
        assertRuns(operations);
    }

    @Test
    void programStoresIntoMappings() throws Exception {
        assertRuns(List.of(
                Write.plain(Access.BUFFERED, 0, 8192),
                new MapStore(4088, 1024),
                new Sync(Sync.Way.FSYNC),
                new Reopen(new OpenMode(false, true, false)),
                Read.plain(Access.BUFFERED, 0, 8192)));
    }

    private void assertRuns(List<Operation> operations) throws Exception {
        assumeTrue(HostPrograms.find("gcc").isPresent(), "gcc is not installed");
        String source = Reproducers.of(demonstration(Simulated.EXT4, operations, operations.size() - 1))
                .get("reproducer.c");
        Path file = Files.writeString(folder.resolve("reproducer.c"), source);
        Path program = folder.resolve("reproducer");
        List<String> compile = new ArrayList<>(CProgram.COMPILER);
        compile.addAll(List.of("-O2", "-o", program.toString(), file.toString()));
        HostPrograms.Output compiled = HostPrograms.run(compile);
        assertThat(compiled.exitCode()).as(compiled.text()).isZero();
        HostPrograms.Output output = HostPrograms.run(
                List.of(program.toString(), folder.resolve("file").toString()));
        assumeTrue(output.exitCode() != 2, output.text());
        assertThat(output.text()).endsWith("the fault shows\n").containsOnlyOnce("not as expected");
        assertThat(output.exitCode()).isEqualTo(1);
    }

    @Test
    void everySymptomCompiles() {
        assumeTrue(HostPrograms.find("gcc").isPresent(), "gcc is not installed");
        Trace trace = new Trace(Simulated.XFS, List.of(Write.atomic(0, 4096)));
        History history = history(trace);
        Specification specification = Specifications.linux(
                history.environment().kernel(), trace.target().kind());
        History stopped = new History(history.trace(), history.environment(), List.of(), List.of(), List.of());

        Demonstration complaint = of(trace, history, specification, COMPLAINED);
        assertThat(Reproducers.of(complaint).get("reproducer.c")).contains("shown = complaints(\"\") > 0");
        Demonstration limits = of(trace, history, specification, new Actual.OutOfOrder(Limits.NONE));
        assertThat(Reproducers.of(limits).get("reproducer.c")).contains("statx_is(stx.stx_size, 4096, ");
        Demonstration crash = of(trace, stopped, specification, STOPPED);
        assertThat(Reproducers.of(crash).get("reproducer.c")).contains("the kernel is still there");
        for (Demonstration shown : List.of(complaint, limits, crash)) {
            assertCompiles(shown);
        }
    }

    private static Demonstration of(Trace trace, History history, Specification specification, Actual actual) {
        Violation violation = new Violation(specification.about(Topic.PROMISE).get(0), Optional.empty(), actual);
        return Demonstration.of("a subject", trace, history, violation, specification)
                .orElseThrow();
    }

    /** A warning of gcc is an error: the test would see one. */
    @Test
    void aCompilerErrorIsReported() {
        assumeTrue(HostPrograms.find("gcc").isPresent(), "gcc is not installed");
        assertThat(Gcc.compile("static int unused;\nint main(void) { return 0; }\n"))
                .isInstanceOfSatisfying(
                        Gcc.NotCompiled.class,
                        failed -> assertThat(failed.reason()).contains("error").contains("unused"));
    }

    @Test
    void expectedDataIsCheckedByStep() {
        History sound = history(
                new Trace(Simulated.XFS, List.of(Write.plain(Access.DIRECT, 0, 8192), Write.atomic(4096, 4096))));
        History lost = zeroed(sound);
        Specification specification = Specifications.linux(lost.environment().kernel(), Simulated.XFS.kind());
        Violation violation = Judge.judge(lost, specification).violation().orElseThrow();
        Map<String, String> files =
                Reproducers.of(Demonstration.of("a subject", lost.trace(), lost, violation, specification)
                        .orElseThrow());
        assertThat(files.get("reproducer.c"))
                .contains("&& holds_stamp(memory, 0, 0, 4096, 1, 0) && holds_stamp(memory, 0, 4096, 4096, 2, 0)))")
                .contains("if (!check(4, ");
        assertThat(files.get("fstest/tests/xfs/900")).contains("of step 1").doesNotContain("data of operation ");
    }

    @Test
    void xfsIoChecksDataByStep() {
        List<Operation> operations = List.of(
                Write.plain(Access.DIRECT, 0, 8192), Write.atomic(4096, 4096), Read.plain(Access.DIRECT, 0, 8192));
        Map<String, String> files = Reproducers.of(demonstration(Simulated.XFS, operations, 2));
        assertThat(files.get("reproducer.sh"))
                .contains("pwrite -A -V1 -b 4096 -S 2 4096 4096", "'not:1*4096 2*4096' || shown=1");
        assertThat(files.get("fstest/tests/xfs/900.out"))
                .isEqualTo("QA output created by 900\nstep 1: as expected\nstep 2: as expected\nstep 3: as expected\n");
    }

    /** Return a history whose reads bring nothing but zeros. */
    private static History zeroed(History sound) {
        List<Step> steps = sound.steps().stream()
                .map(step -> step.outcome() instanceof Outcome.ReadBack read
                        ? new Step(
                                step.operation(),
                                step.invoked(),
                                step.returned(),
                                new Outcome.ReadBack(
                                        Contents.zeros(read.contents().length())))
                        : step)
                .toList();
        return new History(sound.trace(), sound.environment(), steps, sound.extents(), sound.console());
    }

    @ParameterizedTest
    @MethodSource("targets")
    void scriptsAreShell(Target target) throws Exception {
        List<Operation> simple = List.of(Write.atomic(0, 4096), Sync.fsync(), Read.plain(Access.DIRECT, 0, 4096));
        for (List<Operation> operations : List.of(simple, operations(target))) {
            Map<String, String> files = Reproducers.of(demonstration(target, operations, operations.size() - 1));
            for (Map.Entry<String, String> file : files.entrySet()) {
                if (file.getKey().endsWith(".sh") || file.getKey().endsWith("/900")) {
                    assertParses(file.getKey().endsWith(".sh") ? "sh" : "bash", file.getValue());
                }
            }
        }
    }

    private void assertParses(String shell, String script) throws Exception {
        Path file = Files.writeString(folder.resolve("script"), script);
        Process process = new ProcessBuilder(shell, "-n", file.toString())
                .redirectErrorStream(true)
                .start();
        String complaint = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(complaint + script).isZero();
        assertThat(complaint).isEmpty();
    }

    @Test
    void theProgramDoesWhatXfsIoCannot() {
        Write missing = Write.atomic(0, 8192).with(new Buffer(0, 512));
        Map<String, String> files = Reproducers.of(demonstration(Simulated.XFS, List.of(missing), 0));
        assertThat(files.get("reproducer.sh").replace("\n# ", " "))
                .contains("xfs_io can't do this (step 1, " + missing + ": its memory is always mapped)")
                .contains("reproducer.c");
        assertThat(files.get("fstest/tests/xfs/900")).contains("_require_test_program \"untorn-reproducer\"");
    }

    @Test
    void xfsIoWritesOnlyByPwrite() {
        Write write = Write.atomic(0, 4096).through(Engine.LIBAIO);
        Map<String, String> files = Reproducers.of(demonstration(Simulated.XFS, List.of(write), 0));
        assertThat(files.get("reproducer.sh").replace("\n# ", " "))
                .contains("it writes by pwritev2 and pwrite, not by libaio");
        assertThat(files.get("reproducer.c"))
                .contains("submit_write(IOCB_CMD_PWRITE, ")
                .doesNotContain("ring_write");
    }

    /** What an attribute keeps from being opened is mounted again without, and open as it was before the open that failed. */
    @Test
    void programRemountsAFileWithAnAttribute() {
        Remount again = new Remount(Remount.Way.UNMOUNT_AND_MOUNT, 0);
        List<Operation> operations = List.of(
                new Reopen(new OpenMode(false, true, false)),
                again,
                new ChangeAttribute(Attribute.APPEND_ONLY),
                new Reopen(OpenMode.READ_WRITE),
                again,
                new ChangeAttribute(Attribute.NONE),
                new Reopen(OpenMode.READ_WRITE),
                again,
                new Statx());
        String program = Reproducers.of(demonstration(Simulated.XFS, operations, operations.size() - 1))
                .get("reproducer.c");
        assertThat(program.lines().map(String::strip).filter(line -> line.startsWith("result = answer(mount_again")))
                .containsExactly(
                        "result = answer(mount_again(\"\", O_RDWR | O_APPEND));",
                        "result = answer(mount_again_plain(\"\", O_RDWR | O_APPEND));",
                        "result = answer(mount_again(\"\", O_RDWR));");
    }

    @Test
    void scriptsLeaveAttributesToTheProgram() {
        ChangeAttribute immutable = new ChangeAttribute(Attribute.IMMUTABLE);
        List<Operation> operations = List.of(immutable, Write.atomic(0, 4096));
        assertThat(Reproducers.of(demonstration(Simulated.XFS, operations, 1))
                        .get("reproducer.sh")
                        .replace("\n# ", " "))
                .contains("xfs_io can't do this (step 1, make the file immutable: each xfs_io command opens");
    }

    /** Closing the file frees what XFS preallocated past EOF, and with it a fault there. */
    @Test
    void scriptsLeaveDelayedAllocationToTheProgram() {
        List<Operation> operations =
                List.of(Write.plain(Access.BUFFERED, 0, 8), Write.atomic(0, 4096), Read.plain(Access.DIRECT, 0, 4096));
        assertThat(Reproducers.of(demonstration(Simulated.XFS, operations, 2)).get("reproducer.sh"))
                .contains("each xfs_io command closes the file")
                .contains("reproducer.c");
        assertThat(Reproducers.of(demonstration(DEVICE, operations, 2)).get("reproducer.sh"))
                .doesNotContain("reproducer.c");
    }

    /** The shell's own output goes to files too. */
    @Test
    void scriptsLimitXfsIoAlone() {
        List<Operation> operations = List.of(new LimitFileSize(4104), Write.atomic(0, 8192));
        Map<String, String> files = Reproducers.of(demonstration(Simulated.XFS, operations, 1));
        for (String file : List.of("reproducer.sh", "fstest/tests/xfs/900")) {
            assertThat(files.get(file))
                    .contains("\nfsize=4104\n", "$(outcome limited ")
                    .doesNotContain("ulimit");
        }
    }

    /** If an earlier step went otherwise, the fault may still be there. */
    @Test
    void anUnexpectedEarlierStepIsNoPass() {
        List<Operation> operations = List.of(Write.atomic(0, 4096), Read.plain(Access.DIRECT, 0, 4096));
        Map<String, String> files = Reproducers.of(demonstration(Simulated.XFS, operations, 1));
        assertThat(files.get("reproducer.sh")).contains("|| unexpected=1", "[ \"$unexpected\" -eq 0 ] || give_up");
        assertThat(files.get("reproducer.c")).contains("\t\tunexpected = 1;", "if (!shown && unexpected) {");
    }

    @Test
    void scriptsFillTheFileSystem() {
        List<Operation> operations = List.of(new FillSpace(FreeSpace.NOTHING), Write.atomic(0, 4096));
        Map<String, String> files = Reproducers.of(demonstration(Simulated.XFS, operations, 1));
        assertThat(files.get("reproducer.sh")).contains("leave_free() {", "\nleave_free 0\n");
        assertThat(files.get("fstest/tests/xfs/900")).contains("\nleave_free 0\n");
        assertThat(files.get("reproducer.c")).contains("leave_free(0)", "takes all free space of FILE's file system");
    }

    /** An oops that leaves a thread behind, and a call that never returns, end neither the script nor fstests' check. */
    @Test
    void aProgramThatMayHangIsNotWaitedFor() {
        Write plain = Write.plain(Access.DIRECT, 0, 4096);
        Map<String, String> steps = Reproducers.of(crash(plain));
        assertThat(steps.get("reproducer.sh")).contains("$(outcome timeout -s KILL 60 xfs_io -d ");
        assertThat(steps.get("fstest/tests/generic/900"))
                .containsSubsequence(
                        "\nXFS_IO_PROG=${XFS_IO_PROG% -i}\n", "$(outcome timeout -s KILL 60 $XFS_IO_PROG -d ");

        Map<String, String> program = Reproducers.of(crash(Write.atomic(0, 4096).with(new Buffer(0, 512))));
        assertThat(program.get("reproducer.sh")).contains("\ntimeout -s KILL 60 \"$work/reproducer\" ");
        assertThat(program.get("fstest/tests/generic/900"))
                .contains("\ntimeout -s KILL 60 $here/src/untorn-reproducer $file ");

        Map<String, String> returning = Reproducers.of(demonstration(DEVICE, List.of(plain), 0));
        assertThat(returning.values())
                .allSatisfy(file -> assertThat(file).doesNotContain("timeout", "XFS_IO_PROG% -i"));
    }

    private static Demonstration crash(Write write) {
        Trace trace = new Trace(DEVICE, List.of(write));
        History history = history(trace);
        Specification specification = Specifications.linux(history.environment().kernel(), DEVICE.kind());
        History stopped = new History(history.trace(), history.environment(), List.of(), List.of(), List.of());
        return of(trace, stopped, specification, STOPPED);
    }

    /** fstests fails a test in which the kernel warned; where the fault is another that would outlast its repair. */
    @Test
    void testsOfAnswersDoNotFailForWarnings() {
        Trace trace = new Trace(Simulated.XFS, List.of(Write.atomic(0, 4096)));
        History quiet = history(trace);
        History warned = new History(
                quiet.trace(),
                quiet.environment(),
                quiet.steps(),
                quiet.extents(),
                List.of(
                        "[    1.000000] WARNING: CPU: 0 PID: 1 at fs/iomap/direct-io.c:465 iomap_dio_bio_iter+0x4dc/0x520"));
        Specification specification = Specifications.linux(quiet.environment().kernel(), Simulated.XFS.kind());
        Violation answer = new Violation(specification.about(Topic.WRITES).get(0), Optional.of(0), answered("nothing"));
        assertThat(fsTest(trace, warned, answer, specification)).contains("\n_disable_dmesg_check\n");
        assertThat(fsTest(trace, quiet, answer, specification)).doesNotContain("_disable_dmesg_check");
        Violation complaint = new Violation(specification.about(Topic.PROMISE).get(0), Optional.empty(), COMPLAINED);
        assertThat(fsTest(trace, warned, complaint, specification)).doesNotContain("_disable_dmesg_check");
    }

    private static String fsTest(Trace trace, History history, Violation violation, Specification specification) {
        Demonstration shown = Demonstration.of("a subject", trace, history, violation, specification)
                .orElseThrow();
        return Objects.requireNonNull(Reproducers.of(shown).get("fstest/tests/xfs/900"));
    }

    /** It finds the switch that has a warning come again in debugfs, which not every machine mounts. */
    @Test
    void scriptsMountDebugfsForTheProgram() {
        Trace trace = new Trace(Simulated.XFS, List.of(Write.atomic(0, 4096).with(new Buffer(0, 512))));
        History history = history(trace);
        Specification specification = Specifications.linux(history.environment().kernel(), Simulated.XFS.kind());
        assertThat(Reproducers.of(of(trace, history, specification, COMPLAINED)).get("reproducer.sh"))
                .containsSubsequence(
                        "    [ -z \"$debugfs\" ] || umount \"$debugfs\"\n",
                        "\ndebugfs=\n",
                        "\ntrap clean_up EXIT\n",
                        "\nmount_debugfs\n",
                        "\"$work/reproducer\" \"$file\"\n");
    }

    @Test
    void noProgramCutsThePower() {
        Trace trace = new Trace(Simulated.XFS, List.of(new PowerCut()));
        History history = history(trace);
        Specification specification = Specifications.linux(
                history.environment().kernel(), trace.target().kind());
        Violation violation = new Violation(specification.rules().get(0), Optional.empty(), answered("nothing"));
        assertThat(Demonstration.of("a subject", trace, history, violation, specification))
                .isEmpty();
    }

    private static Actual answered(String expected) {
        return new Actual.Answered(
                Expectation.anyOf(Expectation.fitting(expected, outcome -> Optional.empty())), Outcome.DONE);
    }

    private static Demonstration demonstration(Target target, List<Operation> operations, int broken) {
        Trace trace = new Trace(target, operations);
        History history = history(trace);
        Specification specification = Specifications.linux(history.environment().kernel(), target.kind());
        Rule rule = specification.about(Topic.WRITES).get(0);
        Violation violation = new Violation(rule, Optional.of(broken), answered("something \"else\""));
        return Demonstration.of("a subject", trace, history, violation, specification)
                .orElseThrow();
    }

    private static History history(Trace trace) {
        try (SimulatedKernel kernel = new SimulatedKernel(SimulatedMachine.linux(RELEASE))) {
            kernel.prepare(trace.target());
            return kernel.run(trace.withReadBack());
        }
    }

    /** Return operations of every kind, in every shape that changes how they are carried out. */
    private static List<Operation> operations(Target target) {
        List<Operation> operations = new ArrayList<>(List.of(
                new Write(
                        RwFlags.of(RwFlag.ATOMIC, RwFlag.UNKNOWN, RwFlag.DONTCACHE),
                        Access.BUFFERED,
                        Write.NEGATIVE,
                        4097,
                        Split.TOO_MANY,
                        new Buffer(0, 512),
                        Engine.PWRITEV2),
                Write.atomic(0, 4096).with(new Buffer(0, 8192)),
                Write.atomic(4096, 4096)
                        .with(Split.TWO)
                        .with(RwFlags.of(RwFlag.ATOMIC, RwFlag.NOAPPEND, RwFlag.NOSIGNAL)),
                Write.plain(Access.BUFFERED, Write.AT_POSITION, 512).with(new Buffer(8, 0)),
                Write.atomic(0, 4096).with(Split.EMPTY_FIRST),
                new Read(RwFlags.of(RwFlag.NOWAIT), Access.DIRECT, Subject.FILE, 512, 1024),
                new TellPosition(Access.DIRECT),
                new TellPosition(Access.BUFFERED),
                new MapLoad(0, 8),
                new MapStore(8, 16),
                new HoldMapping(8, 4096),
                new MapLoad(8, 64),
                new MapStore(72, 16),
                new Remount(Remount.Way.UNMOUNT_AND_MOUNT, 0),
                new HoldMapping(0, 4096),
                new ReleaseMapping(),
                new Truncate(8),
                CloneRange.within(4096, 8192, 4096),
                new Reopen(new OpenMode(true, true, true)),
                new Remount(Remount.Way.LIVE, 8192),
                new Remount(Remount.Way.LIVE, 8192, Remount.Notation.CAPITAL_KIBIBYTES),
                new Remount(Remount.Way.LIVE, 8192, Remount.Notation.NOTHING),
                new Remount(Remount.Way.UNMOUNT_AND_MOUNT, 0),
                new LimitFileSize(8),
                new LimitFileSize(LimitFileSize.UNLIMITED),
                new FillSpace(FreeSpace.RESERVED_FOR_ROOT),
                new FillSpace(FreeSpace.CHECKERBOARD),
                new FillSpace(FreeSpace.A_LITTLE),
                new MapStore(4096, 4096),
                new FillSpace(FreeSpace.NOTHING),
                new FillSpace(FreeSpace.PLENTY),
                new DropCaches(),
                new HintExtentSize(65536),
                new HintExtentSize(0),
                new Statx(),
                new MapExtents()));
        Stream.of(Fallocate.Mode.values()).forEach(mode -> operations.add(new Fallocate(mode, 4096, 4096)));
        Stream.of(Layout.Piece.values())
                .filter(piece -> piece != Layout.Piece.CLONE || target.kind().isFile())
                .forEach(piece -> operations.add(new Layout(piece, 4096, 4096, 8192, 5)));
        Stream.of(Sync.Way.values()).forEach(way -> operations.add(new Sync(way)));
        Stream.of(Audit.Aspect.values()).forEach(aspect -> operations.add(new Audit(aspect)));
        Stream.of(Statx.Via.values()).forEach(via -> operations.add(new Statx(via)));
        for (Engine engine : Engine.values()) {
            Stream.of(Split.values())
                    .filter(engine::takes)
                    .forEach(split ->
                            operations.add(Write.atomic(0, 8192).with(split).through(engine)));
        }
        for (Engine engine : Batch.ENGINES) {
            Write first = Write.atomic(0, 8192).through(engine);
            Batch batch = new Batch(List.of(first, first.at(8192), first.at(512)));
            operations.add(batch);
            operations.add(new Reopen(new OpenMode(false, true, false)));
            operations.add(batch);
            operations.add(new Reopen(OpenMode.READ_WRITE));
        }
        for (Attribute attribute : Attribute.values()) {
            operations.add(new ChangeAttribute(attribute));
            operations.add(new Remount(Remount.Way.UNMOUNT_AND_MOUNT, 0));
        }
        operations.add(new ChangeAttribute(Attribute.NONE));
        if (target.kind().isFile()) {
            operations.add(new Read(RwFlags.NONE, Access.BUFFERED, Subject.TWIN, 0, 512));
            operations.add(Write.atomic(0, 4096).toTwin());
            operations.add(new TwinLoad(new MapLoad(8, 4096)));
            operations.add(
                    Write.plain(Access.BUFFERED, 8, 8).through(Engine.LIBAIO).toTwin());
            operations.add(new CloneRange(Subject.TWIN, 0, Subject.FILE, 0, 4096));
        }
        operations.add(Read.plain(Access.DIRECT, 0, 8192));
        return operations;
    }
}
