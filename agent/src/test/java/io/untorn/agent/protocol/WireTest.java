package io.untorn.agent.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Origin;
import io.untorn.model.history.Environment;
import io.untorn.model.history.Errno;
import io.untorn.model.history.Extent;
import io.untorn.model.history.History;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Step;
import io.untorn.model.history.Trace;
import io.untorn.model.limits.Disk;
import io.untorn.model.limits.QueueGeometry;
import io.untorn.model.limits.QueueLimits;
import io.untorn.model.limits.ScsiProfile;
import io.untorn.model.limits.StatxAnswer;
import io.untorn.model.limits.XfsGeometry;
import io.untorn.model.limits.XfsLog;
import io.untorn.model.operation.Statx;
import io.untorn.model.target.Facility;
import io.untorn.model.target.Limits;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sends every kind of message over and gets it back. */
final class WireTest {
    private static final Target XFS = new Target("xfs", TargetKind.XFS, 4096, 4096, true);
    private static final Limits LIMITS = new Limits(4096, 1 << 20, 65536, 1, true);
    static final Environment FOUND = new Environment(
            "7.3.4",
            new StatxAnswer(LIMITS, true, true),
            new Disk(
                    new ScsiProfile(128, 2, 2, 128, 128, 512, 512, 0),
                    new QueueGeometry(1 << 19, 2048, 512, 4096, 0),
                    new QueueLimits(1024, 65536, 65536, 0)),
            new XfsGeometry(4096, 20480, 512, 512, true, false, true, new XfsLog(16384, 32768)),
            512,
            4,
            0);
    private static final Trace TRACE = new Trace(XFS, OneOfEach.OPERATIONS);

    static List<Request> requests() {
        return List.of(
                new Request.Ping(),
                new Request.AwaitRehearsal(),
                new Request.Resume("0b5c5dfe", 1_700_000_000_123L),
                new Request.Seed(SystemCallFault.LIBAIO_TEARS),
                new Request.RearmWarnings(),
                new Request.Prepare(new Preparation(
                        XFS,
                        List.of(new Preparation.Module("scsi_debug", "delay=0 atomic_wr=1")),
                        64,
                        false,
                        List.of("mkfs.xfs", "-f"),
                        List.of("xfs_repair", "-n"),
                        "xfs",
                        SystemCallFault.WRITE_TORN)),
                new Request.RunProgram(43, new Program(new byte[] {0x7f, 'E', 'L', 'F', -1}), 30),
                new Request.Run(42, TRACE, Marking.OPERATIONS),
                new Request.RunCommand(List.of("/usr/sbin/fio", "--filename=" + Request.RunCommand.TARGET), 30),
                new Request.LoopWrites(4096, 1 << 20, 5000, -1));
    }

    @Test
    void aCommandNamesTheTarget() {
        assertThat(new Request.RunCommand(List.of("fio", "--filename={target}", "{target}"), 1).on("/dev/sda"))
                .containsExactly("fio", "--filename=/dev/sda", "/dev/sda");
    }

    @ParameterizedTest
    @MethodSource("requests")
    void requestsArrive(Request request) {
        assertThat(Wire.decodeRequest(Wire.encode(request))).isEqualTo(request);
    }

    static List<Reply> replies() {
        Contents contents = Contents.zeros(4096)
                .with(0, 512, new Origin.Written(3, -4096))
                .with(1024, 8, new Origin.Foreign(0x1234L));
        Extent extent = new Extent(0, 1 << 20, 4096, 0x2001);
        List<Step> steps = Stream.of(
                        new Outcome.Failed(new Errno(4095)),
                        new Outcome.ReadBack(contents),
                        new Outcome.Returned(1L << 33),
                        new Outcome.Told(5, LIMITS),
                        new Outcome.Mapped(List.of(extent)))
                .map(outcome -> new Step(new Statx(), 1, 2, outcome))
                .toList();
        return List.of(
                new Reply.Pong(),
                new Reply.Resumed("0b5c5dfe"),
                new Reply.LoopedWrites(1L << 40, 2),
                new Reply.Ready(FOUND, List.of(new MissingFacility(Facility.IO_URING, "io_uring_setup failed: EPERM"))),
                new Reply.Failed("no disk"),
                new Reply.Unanswered("io_uring did not complete"),
                new Reply.ProgramEnded(1, "step 1"),
                new Reply.Failed("long".repeat(50_000)),
                Reply.Ran.of(new History(TRACE, FOUND, steps, List.of(extent), List.of())));
    }

    @ParameterizedTest
    @MethodSource("replies")
    void repliesArrive(Reply reply) {
        assertThat(Wire.decodeReply(Wire.encode(reply))).isEqualTo(reply);
    }

    @Test
    void aHistoryArrivesWithoutTheTrace() {
        Step step = new Step(TRACE.operations().get(0), 1, 2, new Outcome.Failed(Errno.EINVAL));
        History history = new History(TRACE, FOUND, List.of(step), List.of(), List.of());
        Reply.Ran arrived = (Reply.Ran) Wire.decodeReply(Wire.encode(Reply.Ran.of(history)));

        assertThat(arrived.history(TRACE)).isEqualTo(history);
        Trace none = new Trace(XFS, List.of());
        assertThatThrownBy(() -> arrived.history(none)).hasMessage("1 answers to 0 operations");
    }

    @Test
    void aBrokenMessageIsRefused() {
        byte[] whole = Wire.encode(new Request.Run(42, TRACE, Marking.OPERATIONS));

        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Wire.decodeRequest(part))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("broken message: ");
        }
        assertThatThrownBy(() -> Wire.decodeRequest(Arrays.copyOf(whole, whole.length + 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 bytes left over");
        assertThatThrownBy(() -> Wire.decodeRequest(new byte[] {'Z'}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("broken message: unknown Request: 90");
    }

    @Test
    void aValueThatItsTypeRefusesIsABrokenMessage() {
        byte[] whole = Wire.encode(new Reply.Ready(FOUND, List.of()));
        int alignment = whole.length - Long.BYTES - 2 * Integer.BYTES;
        Arrays.fill(whole, alignment, alignment + Integer.BYTES, (byte) 0);

        assertThatThrownBy(() -> Wire.decodeReply(whole))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("broken message: direct I/O alignment below 1: 0");
    }
}
