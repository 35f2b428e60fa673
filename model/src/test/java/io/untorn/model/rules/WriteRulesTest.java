package io.untorn.model.rules;

import static io.untorn.model.operation.RwFlag.APPEND;
import static io.untorn.model.operation.RwFlag.ATOMIC;
import static io.untorn.model.operation.RwFlag.DONTCACHE;
import static io.untorn.model.operation.RwFlag.DSYNC;
import static io.untorn.model.operation.RwFlag.HIPRI;
import static io.untorn.model.operation.RwFlag.NOAPPEND;
import static io.untorn.model.operation.RwFlag.NOSIGNAL;
import static io.untorn.model.operation.RwFlag.NOWAIT;
import static io.untorn.model.operation.RwFlag.SYNC;
import static io.untorn.model.operation.RwFlag.UNKNOWN;
import static io.untorn.model.oracle.VerdictAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.model.contents.Contents;
import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.LimitFileSize;
import io.untorn.model.operation.MapLoad;
import io.untorn.model.operation.OpenMode;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Reopen;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.RwFlags;
import io.untorn.model.operation.Split;
import io.untorn.model.operation.Sync;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.Write;
import io.untorn.model.oracle.Histories;
import io.untorn.model.oracle.Verdict;
import io.untorn.model.rule.Actual;
import io.untorn.model.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds each rule of a write against its right answers and against wrong ones. */
final class WriteRulesTest {
    private static final int BLOCK = 4096;
    private static final Write BLOCK_AT_0 = Write.atomic(0, BLOCK);
    private static final Outcome DONE = returned(BLOCK);
    private static final Operation READ_ONLY = new Reopen(new OpenMode(true, false, false));
    private static final Operation APPENDING = new Reopen(new OpenMode(false, true, false));

    /** What comes before the write, and goes right. */
    private static List<Operation> after(Operation... before) {
        return List.of(before);
    }

    static Stream<Arguments> onEveryTarget() {
        return Stream.of(
                row(after(), BLOCK_AT_0.at(Write.NEGATIVE), failed(Errno.EINVAL), "offset-not-negative"),
                row(after(), BLOCK_AT_0.with(Split.TOO_MANY), failed(Errno.EINVAL), "segments-at-most-1024"),
                row(after(READ_ONLY), BLOCK_AT_0, failed(Errno.EBADF), "opened-for-writing"),
                row(
                        after(READ_ONLY),
                        BLOCK_AT_0.at(Write.NEGATIVE).with(Split.TOO_MANY),
                        failed(Errno.EINVAL),
                        "offset-not-negative"),
                row(after(READ_ONLY), BLOCK_AT_0.with(Split.TOO_MANY), failed(Errno.EBADF), "opened-for-writing"),
                row(after(READ_ONLY), BLOCK_AT_0.sized(0), failed(Errno.EBADF), "opened-for-writing"),
                row(after(), BLOCK_AT_0.sized(0).with(flags(UNKNOWN)), returned(0), "zero-length-returns-zero"),
                row(after(), BLOCK_AT_0.with(flags(UNKNOWN)), failed(Errno.EOPNOTSUPP), "unknown-flag-refused"),
                row(
                        after(),
                        BLOCK_AT_0.with(flags(UNKNOWN, APPEND, NOAPPEND)),
                        failed(Errno.EOPNOTSUPP),
                        "unknown-flag-refused"),
                row(after(), BLOCK_AT_0.with(flags(APPEND, NOAPPEND)), failed(Errno.EINVAL), "append-or-noappend"),
                row(
                        after(),
                        BLOCK_AT_0.with(flags(APPEND, NOAPPEND)).with(Access.BUFFERED),
                        failed(Errno.EINVAL),
                        "append-or-noappend"),
                row(after(), BLOCK_AT_0.with(Split.TWO), failed(Errno.EINVAL), "one-segment"),
                row(after(), BLOCK_AT_0.with(Split.EMPTY_LAST), failed(Errno.EINVAL), "one-segment"),
                row(after(), BLOCK_AT_0.with(Split.EMPTY_FIRST), failed(Errno.EINVAL), "one-segment"),
                row(after(), BLOCK_AT_0.at(2048), failed(Errno.EINVAL), "offset-naturally-aligned"),
                row(
                        after(),
                        BLOCK_AT_0.at(2048).with(Access.BUFFERED),
                        failed(Errno.EINVAL),
                        "offset-naturally-aligned"),
                row(after(), BLOCK_AT_0.with(Access.BUFFERED), failed(Errno.EOPNOTSUPP), "direct-io-only"),
                row(after(), BLOCK_AT_0.with(new Buffer(1, 0)), failed(Errno.EINVAL), "memory-aligned"),
                row(after(), BLOCK_AT_0.with(new Buffer(0, BLOCK)), failed(Errno.EFAULT), "memory-must-be-mapped"),
                row(after(), BLOCK_AT_0.with(new Buffer(0, 2 * BLOCK)), failed(Errno.EFAULT), "memory-must-be-mapped"),
                row(after(), BLOCK_AT_0.with(new Buffer(0, 512)), failed(Errno.EFAULT), "memory-missing-in-part"),
                row(after(), BLOCK_AT_0.with(new Buffer(0, 512)), failed(Errno.EINVAL), "memory-missing-in-part"),
                row(
                        after(),
                        Write.plain(Access.BUFFERED, 0, BLOCK).with(RwFlags.of(NOWAIT, UNKNOWN)),
                        failed(Errno.EOPNOTSUPP),
                        "unknown-flag-refused"),
                row(after(), Write.plain(Access.DIRECT, 0, BLOCK), DONE, "plain-write-returns-its-length"),
                row(
                        after(),
                        Write.plain(Access.DIRECT, 0, BLOCK).with(new Buffer(1, 0)),
                        failed(Errno.EINVAL),
                        "misaligned-direct-write-may-be-refused"),
                row(
                        after(),
                        Write.plain(Access.DIRECT, 0, 520),
                        failed(Errno.EINVAL),
                        "misaligned-direct-write-may-be-refused"),
                row(
                        after(),
                        Write.plain(Access.DIRECT, 0, BLOCK).with(RwFlags.of(NOWAIT)),
                        returned(512),
                        "plain-nowait-may-stop-early"));
    }

    static Stream<Arguments> onDevices() {
        return Stream.of(
                row(after(), BLOCK_AT_0, DONE, "atomic-write-returns-its-length"),
                row(after(), BLOCK_AT_0.with(flags(DSYNC, SYNC, HIPRI)), DONE, "atomic-write-returns-its-length"),
                row(after(), BLOCK_AT_0.with(flags(NOAPPEND, NOSIGNAL)), DONE, "atomic-write-returns-its-length"),
                row(after(APPENDING), BLOCK_AT_0, DONE, "atomic-write-returns-its-length"),
                row(after(new LimitFileSize(0)), BLOCK_AT_0, DONE, "atomic-write-returns-its-length"),
                row(after(), BLOCK_AT_0.with(new Buffer(4, 0)), DONE, "atomic-write-returns-its-length"),
                row(after(), BLOCK_AT_0.at(Write.AT_POSITION), DONE, "atomic-write-returns-its-length"),
                row(
                        after(Write.plain(Access.DIRECT, Write.AT_POSITION, 512)),
                        BLOCK_AT_0.at(Write.AT_POSITION),
                        failed(Errno.EINVAL),
                        "offset-naturally-aligned"),
                row(
                        after(Write.plain(Access.BUFFERED, Write.AT_POSITION, 512)),
                        BLOCK_AT_0.at(Write.AT_POSITION),
                        DONE,
                        "atomic-write-returns-its-length"),
                row(after(), Write.atomic(0, 6144), failed(Errno.EINVAL), "length-power-of-two"),
                row(after(), Write.atomic(0, 512), failed(Errno.EINVAL), "length-within-device-limits"),
                row(after(), Write.atomic(0, 131072), failed(Errno.EINVAL), "length-within-device-limits"),
                row(
                        after(),
                        Write.atomic(0, 512).with(new Buffer(0, 512)),
                        failed(Errno.EFAULT),
                        "memory-must-be-mapped"),
                row(after(), Write.atomic(0, 256), failed(Errno.EINVAL), "device-length-in-logical-blocks"),
                row(after(), Write.atomic(0, 2 << 20), failed(Errno.EINVAL), "device-data-in-256-pages"),
                row(after(), Write.atomic(3 << 20, BLOCK), failed(Errno.ENOSPC), "device-write-beyond-end"),
                row(after(), Write.atomic(2 << 20, 2 << 20), failed(Errno.EINVAL), "device-atomic-write-within-end"),
                row(after(), BLOCK_AT_0.with(flags(NOWAIT)), DONE, "device-nowait-may-ask-again"),
                row(after(), BLOCK_AT_0.with(flags(NOWAIT)), failed(Errno.EAGAIN), "device-nowait-may-ask-again"),
                row(
                        after(),
                        Write.atomic(0, 512).with(flags(NOWAIT)),
                        failed(Errno.EINVAL),
                        "length-within-device-limits"),
                row(
                        after(),
                        Write.atomic(0, 512).with(flags(NOWAIT)),
                        failed(Errno.EAGAIN),
                        "length-within-device-limits"),
                row(
                        after(),
                        BLOCK_AT_0.with(new Buffer(1, 0)).with(flags(NOWAIT)),
                        failed(Errno.EAGAIN),
                        "memory-aligned"),
                row(
                        after(),
                        BLOCK_AT_0.with(new Buffer(0, 512)).with(flags(NOWAIT)),
                        failed(Errno.EAGAIN),
                        "memory-missing-in-part"),
                row(
                        after(),
                        BLOCK_AT_0.with(flags(NOWAIT)).with(Access.BUFFERED),
                        failed(Errno.EOPNOTSUPP),
                        "device-nowait-needs-direct"),
                row(
                        after(),
                        Write.plain(Access.DIRECT, (3 << 20) - 512, 1024),
                        returned(512),
                        "device-plain-write-cut-at-end"));
    }

    static Stream<Arguments> onFiles() {
        Operation oneBlock = Write.plain(Access.DIRECT, 0, BLOCK);
        Operation half = new Truncate(2048);
        return Stream.of(
                row(after(), BLOCK_AT_0, DONE, "atomic-write-over-hole"),
                row(
                        after(Read.plain(Access.BUFFERED, 0, BLOCK), half, new MapLoad(0, BLOCK)),
                        BLOCK_AT_0,
                        failed(Errno.EAGAIN),
                        "atomic-write-over-hole"),
                row(after(), BLOCK_AT_0.with(flags(DSYNC, HIPRI, DONTCACHE)), DONE, "atomic-write-over-hole"),
                row(after(oneBlock), BLOCK_AT_0, DONE, "atomic-write-over-written"),
                row(
                        after(new Fallocate(Fallocate.Mode.ALLOCATE, 0, BLOCK)),
                        BLOCK_AT_0,
                        DONE,
                        "atomic-write-over-unwritten"),
                row(after(Write.plain(Access.BUFFERED, 0, BLOCK)), BLOCK_AT_0, DONE, "atomic-write-over-delayed"),
                row(
                        after(Write.plain(Access.BUFFERED, 0, BLOCK), Sync.fsync()),
                        BLOCK_AT_0,
                        DONE,
                        "atomic-write-over-written"),
                row(
                        after(oneBlock, new Fallocate(Fallocate.Mode.PUNCH_HOLE, 0, BLOCK)),
                        BLOCK_AT_0,
                        DONE,
                        "atomic-write-over-hole"),
                row(after(), Write.atomic(0, 2048), failed(Errno.EINVAL), "length-within-file-limits"),
                row(
                        after(),
                        Write.atomic(0, 2048).with(Access.BUFFERED),
                        failed(Errno.EINVAL),
                        "length-within-file-limits"),
                row(after(new LimitFileSize(0)), BLOCK_AT_0, failed(Errno.EFBIG), "atomic-write-behind-size-limit"),
                row(
                        after(new LimitFileSize(2048)),
                        BLOCK_AT_0,
                        failed(Errno.EINVAL),
                        "atomic-write-is-not-cut-at-size-limit"),
                row(
                        after(new LimitFileSize(2048)),
                        BLOCK_AT_0,
                        failed(Errno.EFBIG),
                        "atomic-write-is-not-cut-at-size-limit"),
                row(after(new LimitFileSize(BLOCK)), BLOCK_AT_0, DONE, "atomic-write-over-hole"),
                row(after(), BLOCK_AT_0.with(flags(NOWAIT)), failed(Errno.EAGAIN), "file-nowait-may-ask-again"),
                row(after(), BLOCK_AT_0.with(flags(NOWAIT)), DONE, "file-nowait-may-ask-again"),
                row(
                        after(new LimitFileSize(0)),
                        BLOCK_AT_0.with(flags(NOWAIT)),
                        failed(Errno.EFBIG),
                        "atomic-write-behind-size-limit"),
                row(
                        after(new LimitFileSize(0)),
                        BLOCK_AT_0.with(flags(NOWAIT)),
                        failed(Errno.EAGAIN),
                        "atomic-write-behind-size-limit"),
                row(
                        after(new LimitFileSize(2048)),
                        BLOCK_AT_0.with(flags(NOWAIT)),
                        failed(Errno.EAGAIN),
                        "atomic-write-is-not-cut-at-size-limit"),
                row(after(oneBlock, APPENDING), BLOCK_AT_0, DONE, "atomic-append-goes-to-end"),
                row(after(oneBlock), BLOCK_AT_0.with(flags(APPEND)), DONE, "atomic-append-goes-to-end"),
                row(after(APPENDING), BLOCK_AT_0.with(flags(NOAPPEND)), DONE, "atomic-write-over-hole"),
                row(after(half, APPENDING), BLOCK_AT_0, failed(Errno.EINVAL), "atomic-append-to-odd-end"),
                row(after(half, APPENDING), BLOCK_AT_0, DONE, "atomic-append-to-odd-end"),
                row(after(oneBlock, APPENDING), Write.plain(Access.DIRECT, 0, BLOCK), DONE, "plain-append-goes-to-end"),
                row(after(half, APPENDING), Write.plain(Access.DIRECT, 0, BLOCK), DONE, "direct-append-to-odd-end"),
                row(after(half, APPENDING), Write.plain(Access.DIRECT, 512, BLOCK), DONE, "plain-append-goes-to-end"),
                row(
                        after(half, APPENDING),
                        Write.plain(Access.DIRECT, 0, 512),
                        returned(512),
                        "plain-append-goes-to-end"),
                row(after(half, APPENDING), Write.plain(Access.BUFFERED, 0, BLOCK), DONE, "plain-append-goes-to-end"),
                row(
                        after(half, APPENDING, new LimitFileSize(BLOCK)),
                        Write.plain(Access.DIRECT, 0, BLOCK),
                        returned(2048),
                        "plain-write-cut-at-size-limit"),
                row(
                        after(new LimitFileSize(BLOCK)),
                        Write.plain(Access.DIRECT, BLOCK, BLOCK),
                        failed(Errno.EFBIG),
                        "plain-write-behind-size-limit"),
                row(
                        after(new LimitFileSize(BLOCK)),
                        Write.plain(Access.BUFFERED, 2048, BLOCK),
                        returned(2048),
                        "plain-write-cut-at-size-limit"));
    }

    static Stream<Arguments> onXfs() {
        return Stream.of(
                row(after(), Write.atomic(0, 16384), DONE16, "atomic-write-over-hole"),
                row(after(), Write.atomic(0, 12288), failed(Errno.EINVAL), "length-power-of-two"),
                row(
                        after(Write.plain(Access.DIRECT, 4096, BLOCK)),
                        Write.atomic(0, 16384),
                        DONE16,
                        "atomic-write-over-mixed"),
                row(
                        after(Write.plain(Access.DIRECT, 0, 16384), CloneRange.within(0, 16384, 16384)),
                        Write.atomic(0, 16384),
                        DONE16,
                        "atomic-write-over-shared"),
                row(
                        after(Write.plain(Access.DIRECT, 0, 16384), CloneRange.within(0, 16384, 16384)),
                        Write.atomic(16384, 16384),
                        DONE16,
                        "atomic-write-over-shared"),
                row(
                        after(new Fallocate(Fallocate.Mode.INSERT_RANGE, 0, BLOCK)),
                        BLOCK_AT_0,
                        DONE,
                        "atomic-write-over-hole"));
    }

    private static final Outcome DONE16 = returned(16384);

    static Stream<Arguments> everywhere() {
        return Stream.concat(
                Stream.of(Histories.DEVICE, Histories.EXT4, Histories.XFS)
                        .flatMap(target -> onEveryTarget().map(row -> on(target, row))),
                Stream.of(
                                onDevices().map(row -> on(Histories.DEVICE, row)),
                                onFiles().map(row -> on(Histories.EXT4, row)),
                                onFiles().map(row -> on(Histories.XFS, row)),
                                onXfs().map(row -> on(Histories.XFS, row)))
                        .flatMap(rows -> rows));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void theRightAnswerConformsAndNamesItsRule(
            Target target, List<Operation> before, Write write, Outcome right, String rule) {
        Verdict verdict = Histories.judge("7.3.4", target, before, write, right);

        assertThat(verdict).conforms().reached(rule).judged(before.size() + 1);
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void noOtherAnswerConforms(Target target, List<Operation> before, Write write, Outcome right, String rule) {
        List<Outcome> wrong = new ArrayList<>(
                List.of(returned(write.length() + 8L), returned(-1), new Outcome.ReadBack(Contents.zeros(0))));
        if (!rule.endsWith("is-not-cut-at-size-limit")
                && !rule.endsWith("odd-end")
                && !rule.startsWith("plain-nowait")) {
            wrong.add(failed(Errno.EIO));
            wrong.add(failed(Errno.EPERM));
        }
        if (!rule.startsWith("plain-nowait")) {
            wrong.add(returned(write.length() / 2 + 8L));
        }
        assertThat(wrong).isNotEmpty().allSatisfy(answer -> assertThat(
                        Histories.judge("7.3.4", target, before, write, answer).violation())
                .hasValueSatisfying(violation -> {
                    assertThat(violation.rule().id()).isEqualTo(rule);
                    assertThat(violation.step()).hasValue(before.size());
                    assertThat(violation.actual())
                            .isInstanceOfSatisfying(Actual.Answered.class, answered -> assertThat(answered.outcome())
                                    .isEqualTo(answer));
                }));
    }

    static Stream<Arguments> byVersion() {
        Write dontcache = BLOCK_AT_0.with(flags(DONTCACHE));
        Write plainDontcache = Write.plain(Access.DIRECT, 0, BLOCK).with(RwFlags.of(DONTCACHE));
        return Stream.of(
                Arguments.of(
                        "6.1.0", Histories.DEVICE, BLOCK_AT_0, failed(Errno.EOPNOTSUPP), "flag-unknown-before-6.11"),
                Arguments.of(
                        "6.10.0", Histories.EXT4, BLOCK_AT_0, failed(Errno.EOPNOTSUPP), "flag-unknown-before-6.11"),
                Arguments.of(
                        "6.12.0", Histories.EXT4, BLOCK_AT_0, failed(Errno.EOPNOTSUPP), "file-must-support-atomic"),
                Arguments.of("6.12.0", Histories.XFS, BLOCK_AT_0, failed(Errno.EOPNOTSUPP), "file-must-support-atomic"),
                Arguments.of("6.12.0", Histories.DEVICE, BLOCK_AT_0, DONE, "atomic-write-returns-its-length"),
                Arguments.of("6.13.0", Histories.XFS, BLOCK_AT_0, DONE, "atomic-write-over-hole"),
                Arguments.of(
                        "6.13.0",
                        Histories.XFS,
                        Write.atomic(0, 8192),
                        failed(Errno.EINVAL),
                        "length-within-file-limits"),
                Arguments.of("6.13.0", Histories.DEVICE, dontcache, failed(Errno.EOPNOTSUPP), "unknown-flag-refused"),
                Arguments.of(
                        "6.14.0",
                        Histories.DEVICE,
                        dontcache,
                        failed(Errno.EOPNOTSUPP),
                        "dontcache-not-on-devices-before-7.3"),
                Arguments.of(
                        "7.2.0",
                        Histories.DEVICE,
                        plainDontcache,
                        failed(Errno.EOPNOTSUPP),
                        "dontcache-not-on-devices-before-7.3"),
                Arguments.of("7.3.0", Histories.DEVICE, dontcache, DONE, "atomic-write-returns-its-length"),
                Arguments.of(
                        "6.16.0",
                        Histories.EXT4,
                        dontcache,
                        failed(Errno.EOPNOTSUPP),
                        "dontcache-not-on-ext4-before-6.17"),
                Arguments.of("6.17.0", Histories.EXT4, dontcache, DONE, "atomic-write-over-hole"),
                Arguments.of("6.14.0", Histories.XFS, dontcache, DONE, "atomic-write-over-hole"),
                Arguments.of(
                        "6.17.0",
                        Histories.DEVICE,
                        BLOCK_AT_0.with(flags(NOSIGNAL)),
                        failed(Errno.EOPNOTSUPP),
                        "unknown-flag-refused"),
                Arguments.of(
                        "6.1.0",
                        Histories.DEVICE,
                        Write.plain(Access.DIRECT, 0, BLOCK).with(RwFlags.of(NOAPPEND)),
                        failed(Errno.EOPNOTSUPP),
                        "unknown-flag-refused"),
                Arguments.of(
                        "6.8.0",
                        Histories.DEVICE,
                        Write.plain(Access.DIRECT, 0, BLOCK).with(RwFlags.of(APPEND, NOAPPEND)),
                        failed(Errno.EOPNOTSUPP),
                        "unknown-flag-refused"));
    }

    @ParameterizedTest
    @MethodSource("byVersion")
    void versionsDiffer(String release, Target target, Write write, Outcome right, String rule) {
        assertThat(Histories.judge(release, target, List.of(), write, right))
                .conforms()
                .reached(rule);
        Outcome wrong = right.equals(DONE) ? failed(Errno.EOPNOTSUPP) : DONE;
        assertThat(Histories.judge(release, target, List.of(), write, wrong)).breaks(rule);
    }

    @Test
    void xfsLooksAtThePlaceThatAnAppendNames() {
        Write append = Write.plain(Access.DIRECT, 1000, 512).with(RwFlags.of(APPEND));

        assertThat(Histories.judge("7.3.4", Histories.XFS, List.of(), append, failed(Errno.EINVAL)))
                .conforms()
                .reached("misaligned-direct-write-may-be-refused");
        assertThat(Histories.judge("7.3.4", Histories.XFS, List.of(), append, returned(512)))
                .breaks("misaligned-direct-write-may-be-refused");
        assertThat(Histories.judge("7.3.4", Histories.XFS, List.of(), append.at(1024), failed(Errno.EINVAL)))
                .breaks("plain-append-goes-to-end");
        assertThat(Histories.judge("7.3.4", Histories.EXT4, List.of(), append, failed(Errno.EINVAL)))
                .breaks("plain-append-goes-to-end");
    }

    private static Arguments on(Target target, Arguments row) {
        Object[] cells = row.get();
        return Arguments.of(target, cells[0], cells[1], cells[2], cells[3]);
    }

    private static Arguments row(List<Operation> before, Write write, Outcome right, String rule) {
        return Arguments.of(before, write, right, rule);
    }

    private static RwFlags flags(RwFlag... others) {
        return new RwFlags(RwFlags.of(others).bits() | ATOMIC.bit());
    }

    private static Outcome returned(long value) {
        return new Outcome.Returned(value);
    }

    private static Outcome failed(Errno errno) {
        return new Outcome.Failed(errno);
    }
}
