package io.untorn.model.rule;

import static io.untorn.model.oracle.VerdictAssert.assertThat;

import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.DropCaches;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.HoldMapping;
import io.untorn.model.operation.Layout;
import io.untorn.model.operation.MapLoad;
import io.untorn.model.operation.MapStore;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.ReleaseMapping;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.Statx;
import io.untorn.model.operation.Sync;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.Write;
import io.untorn.model.oracle.Histories;
import io.untorn.model.oracle.Verdict;
import io.untorn.model.target.Target;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** After what operations an atomic write of 16 KiB at 16 KiB, which may wait, may fail with EAGAIN. */
final class PageCachingTest {
    private static final int B = 4096;
    private static final Write WRITE = Write.atomic(4 * B, 4 * B);
    private static final Operation WRITTEN = Write.plain(Access.DIRECT, 0, 8 * B);
    private static final Operation LOADED = new MapLoad(0, B);

    static Stream<Arguments> mayBeCached() {
        return Stream.of(
                after(Write.plain(Access.BUFFERED, 4 * B, 8)),
                after(Write.plain(Access.BUFFERED, 8 * B - 8, 16)),
                after(WRITTEN, Read.plain(Access.BUFFERED, 0, 8)),
                after(WRITTEN, LOADED),
                after(WRITTEN, new MapStore(0, 8)),
                after(WRITTEN, new HoldMapping(0, 8)),
                after(WRITTEN, new HoldMapping(0, 8), new ReleaseMapping()),
                after(WRITTEN, LOADED, new DropCaches()),
                after(WRITTEN, LOADED, new Sync(Sync.Way.FSYNC)),
                after(WRITTEN, LOADED, WRITTEN),
                after(WRITTEN, LOADED, new Truncate(5 * B)),
                after(WRITTEN, LOADED, Write.atomic(0, 4 * B)),
                after(WRITTEN, LOADED, WRITE, Write.plain(Access.BUFFERED, 7 * B, 8)),
                after(new Layout(Layout.Piece.WRITE, 0, B, 2 * B, 3)),
                after(WRITTEN, new Layout(Layout.Piece.PUNCH, 0, B, 2 * B, 3)),
                after(WRITTEN, new Truncate(4 * B + 8)),
                after(WRITTEN, new Truncate(4 * B + 8), new Truncate(8 * B)),
                after(WRITTEN, new Fallocate(Fallocate.Mode.PUNCH_HOLE, 4 * B + 8, B)),
                after(WRITTEN, new Fallocate(Fallocate.Mode.COLLAPSE_RANGE, 4 * B, B)),
                after(WRITTEN, new Fallocate(Fallocate.Mode.INSERT_RANGE, 0, 4 * B)));
    }

    static Stream<Arguments> isNotCached() {
        return Stream.of(
                after(),
                after(WRITTEN),
                after(Write.atomic(0, 4 * B)),
                after(Write.atomic(0, 4 * B), Write.atomic(4 * B, 4 * B)),
                after(WRITTEN, Read.plain(Access.DIRECT, 0, 8 * B)),
                after(WRITTEN, new Statx()),
                after(WRITTEN, new Sync(Sync.Way.FSYNC)),
                after(Write.plain(Access.BUFFERED, 0, 8)),
                after(Write.plain(Access.BUFFERED, 0, 4 * B)),
                after(Write.plain(Access.DIRECT, 0, 4 * B), LOADED),
                after(WRITTEN, LOADED, WRITE),
                after(WRITTEN, new HoldMapping(4 * B, 4 * B), WRITE),
                after(WRITTEN, new HoldMapping(4 * B, 4 * B), new Remount(Remount.Way.UNMOUNT_AND_MOUNT, 0)),
                after(WRITTEN, LOADED, new Truncate(0)),
                after(WRITTEN, LOADED, new Truncate(4 * B)),
                after(WRITTEN, LOADED, new Remount(Remount.Way.UNMOUNT_AND_MOUNT, 0)),
                after(WRITTEN, new Truncate(2 * B)),
                after(WRITTEN, new Fallocate(Fallocate.Mode.PUNCH_HOLE, 0, 2 * B)),
                after(new Layout(Layout.Piece.WRITE, 0, B, 2 * B, 2)));
    }

    @ParameterizedTest
    @MethodSource("mayBeCached")
    void whereAPageMayBeCachedItMayBeAskedToTryAgain(List<Operation> before) {
        for (Target target : List.of(Histories.EXT4, Histories.XFS)) {
            assertThat(asked(target, before)).conforms();
        }
    }

    @ParameterizedTest
    @MethodSource("isNotCached")
    void whereNoPageIsCachedItMayNot(List<Operation> before) {
        for (Target target : List.of(Histories.EXT4, Histories.XFS)) {
            assertThat(asked(target, before)).breaksAnyRule();
        }
    }

    static Stream<Arguments> onXfs() {
        return Stream.of(
                after(WRITTEN, CloneRange.within(0, 4 * B, B)),
                after(WRITTEN, new Fallocate(Fallocate.Mode.UNSHARE_RANGE, 0, 8 * B)));
    }

    @Test
    void whatIsClonedToTheTwinLeavesNoPageInTheFile() {
        assertThat(asked(Histories.XFS, List.of(WRITTEN, new Layout(Layout.Piece.CLONE, 0, B, 2 * B, 4))))
                .breaksAnyRule();
    }

    @ParameterizedTest
    @MethodSource("onXfs")
    void whatSharesBlocksMayLeavePages(List<Operation> before) {
        assertThat(asked(Histories.XFS, before)).conforms();
    }

    @ParameterizedTest
    @MethodSource("isNotCached")
    void aDeviceNeverAsks(List<Operation> before) {
        if (before.stream().noneMatch(Truncate.class::isInstance)) {
            assertThat(asked(Histories.DEVICE, before)).breaksAnyRule();
        }
    }

    private static Arguments after(Operation... operations) {
        return Arguments.of(Arrays.asList(operations));
    }

    /** Judge EAGAIN after operations; on ext4 a write of 4 blocks is legal where a cluster has as many. */
    private static Verdict asked(Target target, List<Operation> before) {
        Target wide =
                target.equals(Histories.EXT4) ? new Target("ext4-bigalloc", target.kind(), B, 4 * B, false) : target;
        return Histories.judge("7.3.4", wide, before, WRITE, new Outcome.Failed(Errno.EAGAIN));
    }
}
