package io.untorn.model.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Origin;
import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.HoldMapping;
import io.untorn.model.operation.LimitFileSize;
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
import io.untorn.model.operation.Write;
import io.untorn.model.oracle.Histories;
import io.untorn.model.rule.Expectation;
import io.untorn.model.state.Places;
import io.untorn.model.target.KernelVersion;
import io.untorn.model.target.Limits;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What operations are made of: what is refused, and how they read. */
final class RequestTest {
    private static final long MAX_OFFSET = Long.MAX_VALUE - (1L << 40) + 1;
    private static final int MAX_LENGTH = 16 << 20;

    @Test
    void aWriteIsDividedOverItsSegments() {
        assertThat(Split.ONE.lengths(4096)).containsExactly(4096);
        assertThat(Split.TWO.lengths(4096)).containsExactly(2048, 2048);
        assertThat(Split.TWO.lengths(1536)).containsExactly(512, 1024);
        assertThat(Split.TWO.lengths(1024)).containsExactly(512, 512);
        assertThat(Split.TWO.lengths(512)).containsExactly(256, 256);
        assertThat(Split.EMPTY_FIRST.lengths(8)).containsExactly(0, 8);
        assertThat(Split.EMPTY_LAST.lengths(8)).containsExactly(8, 0);
        assertThat(Split.MANY.lengths(8192)).containsOnly(1024).hasSize(8);
        assertThat(Split.MANY.lengths(4099)).containsExactly(512, 512, 512, 512, 512, 512, 512, 515);
        assertThat(Split.MANY.lengths(17)).containsExactly(2, 2, 2, 2, 2, 2, 2, 3);
        assertThat(Split.TOO_MANY.lengths(8))
                .hasSize(1025)
                .startsWith(8)
                .endsWith(Collections.nCopies(1024, 0).toArray(new Integer[0]));
    }

    @ParameterizedTest
    @CsvSource({"0,0,4096,0", "4,0,4096,4", "0,512,4096,512", "0,4096,4096,0", "0,512,512,0", "0,1024,512,512"})
    void memoryThatIsMissingDecidesWhereTheDataStarts(int offset, int missing, int length, int start) {
        assertThat(new Buffer(offset, missing).startOf(length)).isEqualTo(start);
    }

    static Stream<ThrowingCallable> refused() {
        return Stream.of(
                () -> new Buffer(-1, 0),
                () -> new Buffer(4096, 0),
                () -> new Buffer(0, -512),
                () -> new Buffer(0, 8),
                () -> new Buffer(1, 512),
                () -> new RwFlags(0x200),
                () -> new Truncate(-8),
                () -> new Truncate(MAX_OFFSET + 8),
                () -> new Truncate(4),
                () -> new Fallocate(Fallocate.Mode.ALLOCATE, -8, 8),
                () -> new Fallocate(Fallocate.Mode.ALLOCATE, 0, -8),
                () -> new Fallocate(Fallocate.Mode.ALLOCATE, 0, MAX_LENGTH + 8),
                () -> new Fallocate(Fallocate.Mode.ALLOCATE, 4, 8),
                () -> new Fallocate(Fallocate.Mode.ALLOCATE, 0, 4),
                () -> CloneRange.within(0, 8, 0),
                () -> CloneRange.within(-8, 8, 8),
                () -> CloneRange.within(0, -8, 8),
                () -> CloneRange.within(4, 8, 8),
                () -> CloneRange.within(0, 4, 8),
                () -> CloneRange.within(0, 8, 4),
                () -> Read.plain(Access.DIRECT, -8, 8),
                () -> Read.plain(Access.DIRECT, 0, 4),
                () -> Write.atomic(Write.AT_POSITION, 8).toTwin(),
                () -> Write.atomic(Write.NEGATIVE, 8).toTwin(),
                () -> new MapLoad(-8, 8),
                () -> new MapLoad(0, 4),
                () -> new MapStore(-8, 8),
                () -> new MapStore(0, 4),
                () -> new HoldMapping(-8, 8),
                () -> new HoldMapping(0, 4),
                () -> new HoldMapping(0, 0),
                () -> new LimitFileSize(-8),
                () -> new LimitFileSize(4),
                () -> Write.plain(Access.DIRECT, 4, 8),
                () -> Write.plain(Access.DIRECT, 0, 8).with(new Buffer(0, 512)),
                () -> Write.atomic(-3, 8),
                () -> Write.atomic(Write.AT_POSITION, -1),
                () -> Write.atomic(Write.NEGATIVE, MAX_LENGTH + 1),
                () -> Write.atomic(MAX_OFFSET + 1, 8),
                () -> new Errno(0),
                () -> new Errno(4096),
                () -> new KernelVersion(-1, 0),
                () -> new KernelVersion(0, -1),
                () -> new Target("odd", TargetKind.EXT4, 3000, 4096, false),
                () -> new Target("odd", TargetKind.EXT4, 4096, 5000, false),
                () -> new Target("odd", TargetKind.EXT4, 4096, 2048, false),
                () -> new Trace(Histories.EXT4, Collections.nCopies(0xFFFF, new Statx())),
                () -> new Expectation(List.of()));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatIsNoRequestIsRefused(ThrowingCallable creation) {
        assertThatIllegalArgumentException().isThrownBy(creation).withMessageMatching("(?s).{10,}");
    }

    @Test
    void theLargestAreTaken() {
        assertThat(new Truncate(MAX_OFFSET).size()).isEqualTo(MAX_OFFSET);
        assertThat(new Fallocate(Fallocate.Mode.ALLOCATE, MAX_OFFSET, MAX_LENGTH).end())
                .isEqualTo(MAX_OFFSET + MAX_LENGTH);
        assertThat(new LimitFileSize(0).bytes()).isZero();
        assertThat(new Buffer(4095, 0).offset()).isEqualTo(4095);
        assertThat(new Errno(4095)).hasToString("errno 4095");
        assertThat(new Errno(1)).hasToString("EPERM");
        assertThat(new KernelVersion(0, 0)).hasToString("0.0");
        assertThat(new Trace(Histories.EXT4, Collections.nCopies(0xFFFE, new Statx())).operations())
                .hasSize(0xFFFE);
    }

    @Test
    void flagsAreASet() {
        RwFlags some = RwFlags.of(RwFlag.DSYNC, RwFlag.ATOMIC);

        assertThat(some.bits()).isEqualTo(0x42);
        assertThat(some.with(RwFlag.DSYNC)).isEqualTo(some);
        assertThat(some.with(RwFlag.HIPRI).bits()).isEqualTo(0x43);
        assertThat(some.without(RwFlag.DSYNC)).isEqualTo(RwFlags.ATOMIC);
        assertThat(some.flags()).containsExactly(RwFlag.DSYNC, RwFlag.ATOMIC);
        assertThat(some).matches(flags -> !flags.has(RwFlag.SYNC), "does not hold SYNC");
        assertThat(RwFlags.of(RwFlag.values()).bits()).isEqualTo(0x4000_01FF);
    }

    static Stream<Arguments> words() {
        return Stream.of(
                row("truncate to 8 bytes", new Truncate(8), true),
                row("punch hole of 8 bytes at 16", new Fallocate(Fallocate.Mode.PUNCH_HOLE, 16, 8), true),
                row("clone of 8 bytes at 16 to 24", CloneRange.within(16, 24, 8), true),
                row(
                        "clone of 8 bytes at 16 of the twin to 24",
                        new CloneRange(Subject.TWIN, 16, Subject.FILE, 24, 8),
                        true),
                row(
                        "clone of 8 bytes at 16 to 24 of the twin",
                        new CloneRange(Subject.FILE, 16, Subject.TWIN, 24, 8),
                        true),
                row("fsync", Sync.fsync(), false),
                row("sync_file_range", new Sync(Sync.Way.SYNC_FILE_RANGE), false),
                row("open read-write", new Reopen(OpenMode.READ_WRITE), false),
                row("open read-only, O_APPEND, O_DSYNC", new Reopen(new OpenMode(true, true, true)), false),
                row("unmount and mount", new Remount(Remount.Way.UNMOUNT_AND_MOUNT, 0), false),
                row("live remount with max_atomic_write=8192", new Remount(Remount.Way.LIVE, 8192), false),
                row("limit file sizes to 8 bytes", new LimitFileSize(8), false),
                row("no limit for file sizes", new LimitFileSize(LimitFileSize.UNLIMITED), false),
                row("load of 8 bytes at 16 from a mapping", new MapLoad(16, 8), false),
                row("store of 8 bytes at 16 into a mapping", new MapStore(16, 8), true),
                row("hold a mapping of 8 bytes at 16", new HoldMapping(16, 8), false),
                row("release the mapping", new ReleaseMapping(), false),
                row(
                        "atomic write of 8 bytes at 16, to the twin",
                        Write.atomic(16, 8).toTwin(),
                        true),
                row("position, direct", new TellPosition(Access.DIRECT), false),
                row("statx", new Statx(), false),
                row("power cut", new PowerCut(), true),
                row("read of 8 bytes at 16, direct", Read.plain(Access.DIRECT, 16, 8), false),
                row(
                        "read of 8 bytes at 16 of the twin, buffered, HIPRI|NOWAIT",
                        new Read(RwFlags.of(RwFlag.NOWAIT, RwFlag.HIPRI), Access.BUFFERED, Subject.TWIN, 16, 8),
                        false),
                row("atomic write of 8 bytes at 16", Write.atomic(16, 8), true),
                row("plain write of 8 bytes at 16, direct", Write.plain(Access.DIRECT, 16, 8), true),
                row("plain write of 8 bytes at 16, buffered", Write.plain(Access.BUFFERED, 16, 8), true),
                row(
                        "atomic write of 8 bytes at the position, buffered, DSYNC, in segments TWO, memory at 4 in a page",
                        Write.atomic(Write.AT_POSITION, 8)
                                .with(Access.BUFFERED)
                                .with(RwFlags.ATOMIC.with(RwFlag.DSYNC))
                                .with(Split.TWO)
                                .with(new Buffer(4, 0)),
                        true),
                row(
                        "atomic write of 8 bytes at 16, last 512 bytes of memory missing",
                        Write.atomic(16, 8).with(new Buffer(0, 512)),
                        true));
    }

    @ParameterizedTest
    @MethodSource("words")
    void anOperationReadsWellAndSaysWhetherItWrites(String words, Operation operation, boolean changes) {
        assertThat(operation).hasToString(words);
        assertThat(operation.mayChange()).isEqualTo(changes);
    }

    @Test
    void outcomesRead() {
        Contents mixed = Contents.zeros(16).with(8, 8, new Origin.Written(0, 8));

        assertThat(new Outcome.ReadBack(mixed))
                .hasToString("read 16 bytes: bytes 0 to 7: zeros; "
                        + "bytes 8 to 15: data of operation 1 that belongs 8 bytes before");
        assertThat(new Origin.Written(1, -8)).hasToString("data of operation 2 that belongs 8 bytes after");
        assertThat(new Origin.Written(1, 0)).hasToString("data of operation 2");
        assertThat(new Origin.Foreign(0xAB)).hasToString("data that no operation wrote (first word 0xab)");
        assertThat(new Outcome.Returned(8)).hasToString("returned 8");
        assertThat(new Outcome.Failed(Errno.EIO)).hasToString("failed with EIO");
        assertThat(new Outcome.Told(8, Limits.NONE).toString()).startsWith("reported size 8, ");
        assertThat(new Outcome.Mapped(List.of()).toString()).isEqualTo("reported extents []");
        assertThat(Histories.XFS).hasToString("xfs");
        assertThat(new Places.Range(8, 8)).hasToString("bytes 8 to 15");
    }

    private static Arguments row(String words, Operation operation, boolean changes) {
        return Arguments.of(words, operation, changes);
    }
}
