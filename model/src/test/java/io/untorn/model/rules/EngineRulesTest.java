package io.untorn.model.rules;

import static io.untorn.model.operation.Engine.IO_URING;
import static io.untorn.model.operation.Engine.IO_URING_FIXED;
import static io.untorn.model.operation.Engine.LIBAIO;
import static io.untorn.model.operation.Engine.PWRITEV2;
import static io.untorn.model.operation.RwFlag.ATOMIC;
import static io.untorn.model.operation.RwFlag.HIPRI;
import static io.untorn.model.operation.RwFlag.NOWAIT;
import static io.untorn.model.operation.RwFlag.UNKNOWN;
import static io.untorn.model.oracle.VerdictAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Origin;
import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Step;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.Engine;
import io.untorn.model.operation.OpenMode;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Reopen;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.RwFlags;
import io.untorn.model.operation.Split;
import io.untorn.model.operation.TellPosition;
import io.untorn.model.operation.Write;
import io.untorn.model.oracle.Histories;
import io.untorn.model.oracle.Verdict;
import io.untorn.model.target.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds what depends on the engine of a write against its right answers and against wrong ones. */
final class EngineRulesTest {
    private static final int BLOCK = 4096;
    private static final Write BLOCK_AT_0 = Write.atomic(0, BLOCK);
    private static final Write NOTHING = Write.atomic(0, 0);
    private static final Write PLAIN_NOTHING = Write.plain(Access.DIRECT, 512, 0);
    private static final Outcome DONE = new Outcome.Returned(BLOCK);
    private static final Outcome EMPTY = Outcome.DONE;
    private static final Outcome EINVAL = new Outcome.Failed(Errno.EINVAL);
    private static final Outcome EBADF = new Outcome.Failed(Errno.EBADF);
    private static final Outcome EFAULT = new Outcome.Failed(Errno.EFAULT);
    private static final Outcome EAGAIN = new Outcome.Failed(Errno.EAGAIN);
    private static final Outcome EOPNOTSUPP = new Outcome.Failed(Errno.EOPNOTSUPP);
    private static final Operation READ_ONLY = new Reopen(new OpenMode(true, false, false));

    static Stream<Arguments> answers() {
        Write wrongTwice = BLOCK_AT_0.with(flags(UNKNOWN)).at(Write.NEGATIVE);
        Write tooMany = BLOCK_AT_0.with(flags(UNKNOWN)).with(Split.TOO_MANY);
        Write polled = BLOCK_AT_0.with(flags(HIPRI));
        Write missing = BLOCK_AT_0.with(new Buffer(0, BLOCK));
        Write hasty = BLOCK_AT_0.with(flags(NOWAIT)).with(Access.BUFFERED);
        return Stream.of(
                row(Histories.DEVICE, wrongTwice.through(PWRITEV2), EINVAL, "offset-not-negative"),
                row(Histories.DEVICE, wrongTwice.through(IO_URING), EOPNOTSUPP, "unknown-flag-refused"),
                row(Histories.DEVICE, wrongTwice.through(LIBAIO), EOPNOTSUPP, "unknown-flag-refused"),
                row(Histories.DEVICE, tooMany.through(PWRITEV2), EINVAL, "segments-at-most-1024"),
                row(Histories.DEVICE, tooMany.through(IO_URING), EINVAL, "segments-at-most-1024"),
                row(Histories.DEVICE, tooMany.through(LIBAIO), EOPNOTSUPP, "unknown-flag-refused"),
                row(Histories.DEVICE, polled.through(PWRITEV2), DONE, "atomic-write-returns-its-length"),
                row(Histories.DEVICE, polled.through(IO_URING), EINVAL, "hipri-needs-polled-ring"),
                row(Histories.DEVICE, polled.through(LIBAIO), DONE, "atomic-write-returns-its-length"),
                row(
                        Histories.DEVICE,
                        polled.at(Write.NEGATIVE).with(flags(HIPRI, UNKNOWN)).through(IO_URING),
                        EOPNOTSUPP,
                        "unknown-flag-refused"),
                row(
                        Histories.XFS,
                        BLOCK_AT_0.through(IO_URING_FIXED),
                        EINVAL,
                        "atomic-write-from-no-registered-buffer"),
                row(Histories.XFS, missing.through(IO_URING_FIXED), EFAULT, "registered-buffer-holds-data"),
                row(
                        Histories.XFS,
                        missing.with(flags(UNKNOWN)).through(IO_URING_FIXED),
                        EFAULT,
                        "registered-buffer-holds-data"),
                row(Histories.XFS, missing.with(flags(UNKNOWN)).through(IO_URING), EOPNOTSUPP, "unknown-flag-refused"),
                row(
                        Histories.EXT4,
                        BLOCK_AT_0.at(Write.AT_POSITION).through(LIBAIO),
                        EINVAL,
                        "libaio-knows-no-position"),
                row(Histories.EXT4, BLOCK_AT_0.at(Write.NEGATIVE).through(LIBAIO), EINVAL, "offset-not-negative"),
                row(Histories.EXT4, NOTHING.with(flags(UNKNOWN)), EMPTY, "zero-length-returns-zero"),
                row(Histories.EXT4, NOTHING.through(LIBAIO), EINVAL, "length-within-file-limits"),
                row(Histories.EXT4, NOTHING.through(IO_URING), EINVAL, "length-within-file-limits"),
                row(Histories.EXT4, PLAIN_NOTHING.through(IO_URING), EMPTY, "ext4-plain-write-of-no-bytes"),
                row(Histories.XFS, NOTHING.through(LIBAIO), EMPTY, "xfs-write-of-no-bytes"),
                row(Histories.XFS, PLAIN_NOTHING.through(LIBAIO), EMPTY, "xfs-write-of-no-bytes"),
                row(Histories.DEVICE, NOTHING.at(4 << 20).through(IO_URING), EMPTY, "device-write-of-no-bytes"),
                row(
                        Histories.DEVICE,
                        NOTHING.with(flags(UNKNOWN)).through(IO_URING),
                        EOPNOTSUPP,
                        "unknown-flag-refused"),
                row(Histories.EXT4, hasty.through(IO_URING), EAGAIN, "ring-buffered-nowait"),
                row(Histories.EXT4, hasty.at(2048).through(IO_URING), EAGAIN, "ring-buffered-nowait"),
                row(Histories.EXT4, hasty.at(2048).through(IO_URING), EINVAL, "ring-buffered-nowait"),
                row(Histories.DEVICE, hasty.through(IO_URING), EAGAIN, "ring-buffered-nowait"),
                row(Histories.DEVICE, hasty.through(LIBAIO), EOPNOTSUPP, "device-nowait-needs-direct"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void theRightAnswerConformsAndNoOtherDoes(Target target, Write write, Outcome right, String rule) {
        assertThat(Histories.judge("7.3.4", target, List.of(), write, right))
                .conforms()
                .reached(rule);
        Outcome wrong = right.equals(DONE) ? EOPNOTSUPP : new Outcome.Returned(write.length() + 8L);
        assertThat(Histories.judge("7.3.4", target, List.of(), write, wrong)).breaks(rule);
    }

    @Test
    void libaioChecksTheModeAfterTheFlags() {
        Write write = BLOCK_AT_0.with(flags(UNKNOWN));
        for (Engine engine : List.of(PWRITEV2, IO_URING, IO_URING_FIXED)) {
            assertThat(Histories.judge("7.3.4", Histories.DEVICE, List.of(READ_ONLY), write.through(engine), EBADF))
                    .conforms();
        }
        assertThat(Histories.judge("7.3.4", Histories.DEVICE, List.of(READ_ONLY), write.through(LIBAIO), EOPNOTSUPP))
                .conforms();
        assertThat(Histories.judge("7.3.4", Histories.DEVICE, List.of(READ_ONLY), write.through(LIBAIO), EBADF))
                .breaks("unknown-flag-refused");
    }

    @ParameterizedTest
    @EnumSource
    void aRingMayLeaveThePositionOfADirectWrite(Engine engine) {
        Write first = Write.plain(Access.DIRECT, Write.AT_POSITION, 512).through(engine);
        if (engine == LIBAIO) {
            assertThat(Histories.judge("7.3.4", Histories.DEVICE, List.of(), first, DONE))
                    .breaks("libaio-knows-no-position");
            return;
        }
        assertThat(reading(first, 0).isEmpty())
                .as("%s may leave the position where it was", engine)
                .isEqualTo(engine.isRing());
        assertThat(reading(first, 512)).isEmpty();
        assertThat(reading(first.with(Access.BUFFERED), 0)).isNotEmpty();
        assertThat(reading(first.with(Access.BUFFERED), 512)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = "LIBAIO", mode = EnumSource.Mode.EXCLUDE)
    void thePositionThatIsToldIsWhereTheWriteLeftIt(Engine engine) {
        Write direct = Write.plain(Access.DIRECT, Write.AT_POSITION, 512).through(engine);
        Write buffered = direct.with(Access.BUFFERED);
        assertThat(told(512, direct)).conforms();
        assertThat(told(512, buffered)).conforms();
        assertThat(told(1024, direct)).breaks("position-moves-by-what-was-written");
        assertThat(told(256, buffered)).breaks("position-moves-by-what-was-written");
        assertThat(told(0, buffered)).breaks("position-moves-by-what-was-written");
        assertThat(told(0, direct.at(0))).conforms();
        assertThat(told(512, direct.at(0))).breaks("position-moves-by-what-was-written");
    }

    @ParameterizedTest
    @EnumSource(names = "LIBAIO", mode = EnumSource.Mode.EXCLUDE)
    void aRefusedWriteLeavesThePosition(Engine engine) {
        Write odd = Write.atomic(Write.AT_POSITION, 3 * 512).through(engine);
        List<Step> refused = List.of(new Step(odd, 0, 0, new Outcome.Failed(Errno.EINVAL)));
        TellPosition tell = new TellPosition(Access.DIRECT);
        assertThat(Histories.judge("7.3.4", Histories.DEVICE, refused, new Step(tell, 1, 1, new Outcome.Returned(0))))
                .conforms();
        assertThat(Histories.judge(
                        "7.3.4", Histories.DEVICE, refused, new Step(tell, 1, 1, new Outcome.Returned(3 * 512))))
                .breaks("position-moves-by-what-was-written");
    }

    private static Verdict told(long position, Write write) {
        List<Step> written = List.of(new Step(write, 0, 0, new Outcome.Returned(write.length())));
        Step tell = new Step(new TellPosition(write.access()), 1, 1, new Outcome.Returned(position));
        return Histories.judge("7.3.4", Histories.DEVICE, written, tell);
    }

    /** Judge what is read after a write and another of 512 bytes at the position, which went to a place. */
    private static Optional<Verdict.Violation> reading(Write first, int place) {
        Write second = Write.plain(first.access(), Write.AT_POSITION, 512);
        Contents held = Contents.zeros(BLOCK)
                .with(0, 512, new Origin.Written(0, 0))
                .with(place, 512, new Origin.Written(1, place));
        List<Step> steps = List.of(
                new Step(first, 0, 0, new Outcome.Returned(512)), new Step(second, 1, 1, new Outcome.Returned(512)));
        return Histories.judge(
                        "7.3.4",
                        Histories.DEVICE,
                        steps,
                        new Step(Read.plain(Access.DIRECT, 0, BLOCK), 2, 2, new Outcome.ReadBack(held.slice(0, BLOCK))))
                .violation();
    }

    @Test
    void aRegisteredBufferHasNoSegments() {
        assertThatThrownBy(() -> BLOCK_AT_0.with(Split.TWO).through(IO_URING_FIXED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a registered buffer has no segments, not even TWO");
    }

    @Test
    void theEngineIsNamedUnlessItIsPwritev2() {
        assertThat(BLOCK_AT_0).hasToString("atomic write of 4096 bytes at 0");
        assertThat(BLOCK_AT_0.through(IO_URING)).hasToString("atomic write of 4096 bytes at 0, by io_uring");
        assertThat(BLOCK_AT_0.through(IO_URING_FIXED))
                .hasToString("atomic write of 4096 bytes at 0, by io_uring from a registered buffer");
    }

    private static Arguments row(Target target, Write write, Outcome right, String rule) {
        return Arguments.of(target, write, right, rule);
    }

    private static RwFlags flags(RwFlag... others) {
        return new RwFlags(RwFlags.of(others).bits() | ATOMIC.bit());
    }
}
