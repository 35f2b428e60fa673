package io.untorn.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.untorn.model.Access;
import io.untorn.model.Contents;
import io.untorn.model.Environment;
import io.untorn.model.Errno;
import io.untorn.model.Extent;
import io.untorn.model.History;
import io.untorn.model.Limits;
import io.untorn.model.Operation;
import io.untorn.model.Origin;
import io.untorn.model.Outcome;
import io.untorn.model.Step;
import io.untorn.model.Target;
import io.untorn.model.TargetKind;
import io.untorn.model.Trace;
import io.untorn.model.limits.Disk;
import io.untorn.model.limits.QueueGeometry;
import io.untorn.model.limits.QueueLimits;
import io.untorn.model.limits.ScsiProfile;
import io.untorn.model.limits.StatxAnswer;
import io.untorn.model.limits.XfsGeometry;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sends every kind of message over and gets it back. */
final class WireTest {
    private static final Target XFS = new Target("xfs", TargetKind.XFS, 4096, 8192, true);
    private static final Limits LIMITS = new Limits(4096, 1 << 20, 65536, 1, true);
    private static final Environment FOUND = new Environment(
            "7.3.4",
            new StatxAnswer(LIMITS, true, false),
            new Disk(
                    new ScsiProfile(128, 2, 4, 256, 64, 512, 4096, 1),
                    new QueueGeometry(1 << 25, 2048, 512, 4096, 8192),
                    new QueueLimits(1024, 65536, 131072, 1 << 20)),
            new XfsGeometry(4096, 20544, 512, 256, true, false, true),
            512,
            4,
            0);
    private static final Trace TRACE = new Trace(
            XFS,
            List.of(
                    new Operation.Write(true, Access.BUFFERED, 4096, 4097, 2),
                    new Operation.Read(Access.DIRECT, 512, 1024),
                    new Operation.Truncate(8),
                    new Operation.Fsync(),
                    new Operation.Statx(),
                    new Operation.Allocate(16, 24),
                    new Operation.PunchHole(32, 40),
                    new Operation.CloneRange(4096, 8192, 12288)));

    static List<Request> requests() {
        return List.of(
                new Request.Ping(),
                new Request.Prepare(new Preparation(
                        XFS,
                        List.of(new Preparation.Module("scsi_debug", "delay=0 atomic_wr=1")),
                        List.of("mkfs.xfs", "-f"),
                        "xfs",
                        Fault.WRITE_TORN)),
                new Request.Run(42, TRACE));
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
        List<Outcome> outcomes = List.of(
                new Outcome.Failed(Errno.EREMOTEIO),
                new Outcome.ReadBack(contents),
                new Outcome.Returned(0),
                new Outcome.Returned(1L << 33),
                new Outcome.Told(5, LIMITS),
                new Outcome.Returned(0),
                new Outcome.Failed(new Errno(4095)),
                new Outcome.Returned(0));
        List<Step> steps = TRACE.operations().stream()
                .map(operation -> new Step(
                        operation, 1, 2, outcomes.get(TRACE.operations().indexOf(operation))))
                .toList();
        return List.of(
                new Reply.Pong(),
                new Reply.Ready(FOUND),
                new Reply.Failed("no disk"),
                new Reply.Ran(
                        new History(TRACE, FOUND, steps, List.of(new Extent(0, 1 << 20, 4096, 0x2001)), List.of())));
    }

    @ParameterizedTest
    @MethodSource("replies")
    void repliesArrive(Reply reply) {
        assertThat(Wire.decodeReply(Wire.encode(reply), new Request.Run(42, TRACE)))
                .isEqualTo(reply);
    }

    @Test
    void aBrokenMessageIsRefused() {
        byte[] whole = Wire.encode(new Request.Run(42, TRACE));

        assertThatThrownBy(() -> Wire.decodeRequest(Arrays.copyOf(whole, whole.length - 1)))
                .isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> Wire.decodeRequest(Arrays.copyOf(whole, whole.length + 1)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("left over");
        assertThatThrownBy(() -> Wire.decodeRequest(new byte[] {'Z'}))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("unknown request");
    }
}
