package io.untorn.vm.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.untorn.agent.protocol.Marking;
import io.untorn.agent.protocol.Preparation;
import io.untorn.agent.protocol.Reply;
import io.untorn.agent.protocol.Request;
import io.untorn.agent.protocol.Wire;
import io.untorn.model.history.History;
import io.untorn.model.history.Step;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.Engine;
import io.untorn.model.operation.MapExtents;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Subject;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.Write;
import io.untorn.vm.cache.CacheFolder;
import io.untorn.vm.guest.GuestImage;
import io.untorn.vm.host.HostPrograms;
import io.untorn.vm.kernel.UnpackedKernel;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines that start from snapshots of a real one. */
final class SnapshotsIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> TOLD = new ArrayList<>();

    @TempDir
    private static Path folder;

    private static MachineConfiguration configuration;
    private static Preparation preparation;
    private static PristineMachines machines;

    @BeforeAll
    static void boot() {
        RealKernel real = RealKernel.withTarget("xfs");
        configuration = real.machine(List.of(HostPrograms.find("date").orElseThrow()))
                .starting(
                        new UnpackedKernel(CacheFolder.path()).of(real.kernel()).orElseThrow());
        preparation = real.preparation();
        machines = machines();
        prepared().close();
        anotherRun();
    }

    /** Like another run, find the snapshots of this one. */
    private static void anotherRun() {
        machines.close();
        machines = machines();
    }

    private static PristineMachines machines() {
        return new PristineMachines(
                new Hypervisor(CacheFolder.path(), TOLD::add),
                configuration,
                "the kernel",
                new SnapshotStore(folder.resolve("snapshots"), TOLD::add),
                TOLD::add);
    }

    @AfterAll
    static void end() {
        machines.close();
    }

    @BeforeEach
    void forget() {
        TOLD.clear();
    }

    @Test
    void aRestoredMachineDoesTheSameAgain() {
        byte[] once = historyOfARestoredMachine();
        assertThat(historyOfARestoredMachine()).isEqualTo(once);
        anotherRun();
        assertThat(historyOfARestoredMachine()).isEqualTo(once);
        assertThat(TOLD).isEmpty();
    }

    @Test
    void aMachineThatWasStartedAheadDoesTheSame() {
        byte[] once = historyOfARestoredMachine();
        machines.startAhead(preparation);
        assertThat(historyOfARestoredMachine()).isEqualTo(once);
        assertThat(TOLD).isEmpty();
    }

    @Test
    void anUnusedMachineThatWasStartedAheadIsEnded() {
        prepared().close();
        machines.startAhead(preparation);
        anotherRun();
        assertThat(ProcessHandle.current().children()).isEmpty();
    }

    @Test
    void aMachineOfItsOwnRunNumberDiffers() {
        try (Machine machine = prepared()) {
            assertThat(history(machine, 1000)).isNotEqualTo(history(machine, 1001));
        }
    }

    @Test
    void theGuestsClockIsSet() throws InterruptedException {
        TimeUnit.SECONDS.sleep(5);
        try (Machine machine = prepared()) {
            Request.RunCommand date = new Request.RunCommand(List.of(GuestImage.PROGRAMS + "date", "+%s"), 10);
            String printed = ((Reply.ProgramEnded) AgentClient.ask(machine, date, LIMIT)).output();
            assertThat(Instant.ofEpochSecond(Long.parseLong(printed.strip())))
                    .isCloseTo(Instant.now(), within(3, ChronoUnit.SECONDS));
        }
    }

    @Test
    void aSnapshotWithAWrongByteIsDroppedAndMadeAnew() throws IOException {
        byte[] before = historyOfARestoredMachine();
        Path place = placeOfTarget();
        int chunk = SnapshotStore.index(place).usedChunks().nextSetBit(100);
        try (RandomAccessFile memory =
                new RandomAccessFile(place.resolve("memory").toFile(), "rw")) {
            memory.seek(chunk * 65536L + 1000);
            int right = memory.read();
            memory.seek(chunk * 65536L + 1000);
            memory.write(~right);
        }
        anotherRun();
        assertThat(historyOfARestoredMachine()).hasSameSizeAs(before);
        assertThat(TOLD).singleElement().asString().contains(place.toString(), "its checksum is wrong");
    }

    @Test
    void aSnapshotThatQemuRefusesIsDroppedAndMadeAnew() throws IOException {
        Path place = placeOfTarget();
        byte[] state = "QEVM of another version".getBytes(StandardCharsets.UTF_8);
        Files.write(place.resolve("state"), state);
        CRC32C sum = new CRC32C();
        sum.update(state);
        sum.update(Files.readAllBytes(place.resolve("note")));
        Path index = place.resolve("snapshot.json");
        ObjectNode changed = (ObjectNode) JSON.readTree(index.toFile());
        JSON.writeValue(index.toFile(), changed.put("stateChecksum", sum.getValue()));
        anotherRun();
        assertThat(historyOfARestoredMachine()).isNotEmpty();
        assertThat(TOLD).singleElement().asString().contains(place.toString(), "did not start from its snapshot");
    }

    private static Machine prepared() {
        try {
            return machines.prepared(preparation).machine();
        } catch (PristineMachines.NoSnapshotException e) {
            throw new AssertionError(e);
        }
    }

    private static Path placeOfTarget() throws IOException {
        try (Stream<Path> places = Files.list(folder.resolve("snapshots"))) {
            return places.filter(place -> about(place).contains("xfs"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String about(Path place) {
        try {
            return SnapshotStore.index(place).about();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] historyOfARestoredMachine() {
        try (Machine machine = prepared()) {
            return history(machine, 1000);
        }
    }

    /** Return a history as bytes, without the times. */
    private static byte[] history(Machine machine, int run) {
        Trace trace = new Trace(
                        preparation.target(),
                        List.of(
                                Write.plain(Access.BUFFERED, 0, 65536),
                                Write.atomic(4096, 4096),
                                new CloneRange(Subject.FILE, 0, Subject.TWIN, 0, 32768),
                                Write.atomic(8192, 8192).through(Engine.IO_URING),
                                Write.atomic(16384, 16384).through(Engine.LIBAIO),
                                new Truncate(50000),
                                Write.atomic(512, 4096),
                                new MapExtents(),
                                Read.plain(Access.BUFFERED, 0, 65536)))
                .withReadBack();
        Reply.Ran ran = (Reply.Ran) AgentClient.ask(machine, new Request.Run(run, trace, Marking.END), LIMIT);
        History history = ran.history(trace);
        List<Step> untimed = history.steps().stream()
                .map(step -> new Step(step.operation(), 0, 0, step.outcome()))
                .toList();
        assertThat(untimed).hasSize(trace.operations().size());
        return Wire.encode(Reply.Ran.of(new History(
                trace,
                history.environment(),
                untimed,
                history.extents(),
                machine.console().lines())));
    }
}
