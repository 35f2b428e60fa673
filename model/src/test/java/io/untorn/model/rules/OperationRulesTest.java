package io.untorn.model.rules;

import static io.untorn.model.history.Outcome.DONE;
import static io.untorn.model.operation.Fallocate.Mode.ALLOCATE;
import static io.untorn.model.operation.Fallocate.Mode.ALLOCATE_KEEP_SIZE;
import static io.untorn.model.operation.Fallocate.Mode.COLLAPSE_RANGE;
import static io.untorn.model.operation.Fallocate.Mode.INSERT_RANGE;
import static io.untorn.model.operation.Fallocate.Mode.PUNCH_HOLE;
import static io.untorn.model.operation.Fallocate.Mode.UNSHARE_RANGE;
import static io.untorn.model.operation.Fallocate.Mode.ZERO_RANGE;
import static io.untorn.model.operation.Fallocate.Mode.ZERO_RANGE_KEEP_SIZE;
import static io.untorn.model.oracle.VerdictAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Origin;
import io.untorn.model.history.Errno;
import io.untorn.model.history.Extent;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Outcome.Failed;
import io.untorn.model.history.Outcome.Laid;
import io.untorn.model.history.Outcome.Mapped;
import io.untorn.model.history.Outcome.ReadBack;
import io.untorn.model.history.Outcome.Returned;
import io.untorn.model.history.Outcome.Told;
import io.untorn.model.history.Step;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Audit;
import io.untorn.model.operation.Batch;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.Engine;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.FillSpace;
import io.untorn.model.operation.FreeSpace;
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
import io.untorn.model.operation.Statx;
import io.untorn.model.operation.Statx.Via;
import io.untorn.model.operation.Subject;
import io.untorn.model.operation.Sync;
import io.untorn.model.operation.TellPosition;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.TwinLoad;
import io.untorn.model.operation.TwinWrite;
import io.untorn.model.operation.Write;
import io.untorn.model.oracle.Histories;
import io.untorn.model.oracle.Verdict;
import io.untorn.model.state.Blocks;
import io.untorn.model.state.FileState;
import io.untorn.model.state.OpenFile;
import io.untorn.model.state.Unsynced;
import io.untorn.model.target.Limits;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds each rule of every operation but the write against its right answers and against wrong ones. */
final class OperationRulesTest {
    private static final String RELEASE = "7.3.4";
    private static final Target DEVICE = Histories.DEVICE;
    private static final Target EXT4 = Histories.EXT4;
    private static final Target XFS = Histories.XFS;
    private static final Target BIGALLOC = new Target("ext4-bigalloc", TargetKind.EXT4, 4096, 16384, false);
    private static final int B = 4096;

    /** The largest size of a file on ext4 with blocks of 4 KiB: 16 TiB less a block. */
    private static final long LARGEST = (1L << 44) - B;

    private static final Set<Fallocate.Mode> ZEROING = Set.of(PUNCH_HOLE, ZERO_RANGE, ZERO_RANGE_KEEP_SIZE);
    private static final int DEVICE_SIZE = 3 << 20;
    private static final Outcome EINVAL = new Failed(Errno.EINVAL);
    private static final Outcome ENOSPC = new Failed(Errno.ENOSPC);
    private static final Outcome EFBIG = new Failed(Errno.EFBIG);
    private static final Outcome EOPNOTSUPP = new Failed(Errno.EOPNOTSUPP);
    private static final List<Outcome> ALL = List.of(
            DONE,
            EINVAL,
            EFBIG,
            EOPNOTSUPP,
            new Failed(Errno.EIO),
            new Returned(-1),
            new Returned(24),
            new ReadBack(Contents.zeros(24)),
            new Told(24, Limits.NONE),
            new Mapped(List.of(new Extent(8, 0, 8, 0), new Extent(0, 8, 8, 0))));
    private static final Operation FOUR_BLOCKS = Write.plain(Access.DIRECT, 0, 4 * B);
    private static final Operation LIMIT = new LimitFileSize(4 * B);
    private static final Operation LOW_LIMIT = new LimitFileSize(B);

    private static final Outcome BOTH = new Outcome.Each(List.of(new Returned(B), new Returned(B)));

    private static Batch batch(Engine engine) {
        Write first = Write.atomic(0, B).through(engine);
        return new Batch(List.of(first, first.at(B)));
    }

    private static List<Operation> after(Operation... before) {
        return List.of(before);
    }

    static Stream<Arguments> onEveryTarget() {
        return Stream.of(
                row(after(), laid(Layout.Piece.WRITE, 4), "layout-is-its-calls", new Laid(4, new Returned(B))),
                row(after(), laid(Layout.Piece.WRITE, 1), "layout-is-its-calls", new Laid(1, new Returned(B))),
                row(after(), batch(Engine.LIBAIO), "writes-of-one-io-submit", BOTH),
                row(after(), batch(Engine.IO_URING), "writes-of-one-io-uring-enter", BOTH),
                row(after(), new TellPosition(Access.DIRECT), "position-moves-by-what-was-written", DONE),
                row(after(), new Audit(Audit.Aspect.PINNED_PAGES), "pinned-pages-are-released", DONE),
                row(after(), new Sync(Sync.Way.FSYNC), "sync-makes-durable", DONE),
                row(after(), new Sync(Sync.Way.FDATASYNC), "sync-makes-durable", DONE),
                row(after(), new Sync(Sync.Way.SYNCFS), "sync-makes-durable", DONE),
                row(after(), new Sync(Sync.Way.SYNC_FILE_RANGE), "sync-file-range-succeeds", DONE),
                row(after(), new Reopen(new OpenMode(true, true, true)), "open-succeeds", DONE),
                row(after(), new LimitFileSize(8), "size-limit-is-set", DONE),
                row(after(), read(0, 0), "zero-length-read-returns-nothing", zeros(0, 0)),
                row(
                        after(),
                        new Read(RwFlags.of(RwFlag.UNKNOWN, RwFlag.ATOMIC), Access.DIRECT, Subject.FILE, 0, 0),
                        "zero-length-read-returns-nothing",
                        zeros(0, 0)),
                row(after(), flagged(RwFlags.ATOMIC), "atomic-is-for-writes", EOPNOTSUPP),
                row(after(), flagged(RwFlags.of(RwFlag.ATOMIC, RwFlag.NOWAIT)), "atomic-is-for-writes", EOPNOTSUPP),
                row(after(FOUR_BLOCKS), flagged(RwFlags.of(RwFlag.HIPRI)), "read-returns-what-is-there", data(0, B)),
                row(after(FOUR_BLOCKS), read(B, 2 * B), "read-returns-what-is-there", data(B, 2 * B)),
                row(after(FOUR_BLOCKS), new MapLoad(8, B), "mapping-shows-what-is-there", data(8, B)),
                row(after(FOUR_BLOCKS), new MapStore(8, B), "store-in-mapping-changes-target", new Returned(B)),
                row(after(), new HoldMapping(8, B), "holding-a-mapping-changes-nothing", DONE),
                row(after(), new ReleaseMapping(), "releasing-a-mapping-changes-nothing", DONE),
                row(
                        after(FOUR_BLOCKS, new HoldMapping(B, B)),
                        new MapLoad(B, B),
                        "held-mapping-shows-what-is-there",
                        data(B, B)),
                row(
                        after(FOUR_BLOCKS, new HoldMapping(B, B)),
                        new MapLoad(B + 8, B),
                        "mapping-shows-what-is-there",
                        data(B + 8, B)),
                row(
                        after(FOUR_BLOCKS, new HoldMapping(B, B)),
                        new MapStore(B, B),
                        "store-in-held-mapping-changes-target",
                        new Returned(B)),
                row(
                        after(FOUR_BLOCKS, new HoldMapping(B, B), new ReleaseMapping()),
                        new MapStore(B, B),
                        "store-in-mapping-changes-target",
                        new Returned(B)),
                row(
                        after(FOUR_BLOCKS, new HoldMapping(B, B), new HoldMapping(0, B)),
                        new MapStore(B, B),
                        "store-in-mapping-changes-target",
                        new Returned(B)),
                row(
                        after(FOUR_BLOCKS, new HoldMapping(B, B), new Reopen(OpenMode.READ_WRITE)),
                        new MapStore(B, B),
                        "store-in-held-mapping-changes-target",
                        new Returned(B)),
                row(
                        after(FOUR_BLOCKS),
                        Read.plain(Access.DIRECT, 8, B),
                        "misaligned-direct-read-may-be-refused",
                        EINVAL,
                        data(8, B)),
                row(
                        after(FOUR_BLOCKS),
                        Read.plain(Access.DIRECT, 0, 520),
                        "misaligned-direct-read-may-be-refused",
                        EINVAL,
                        data(0, 520)));
    }

    private static Statx of(Via via) {
        return new Statx(via);
    }

    static Stream<Arguments> onDevices() {
        Limits limits = Histories.environment(RELEASE, DEVICE).limits();
        return Stream.concat(
                Arrays.stream(Fallocate.Mode.values())
                        .map(mode -> row(
                                after(),
                                new Fallocate(mode, 0, B),
                                "device-fallocate-zeros-or-nothing",
                                ZEROING.contains(mode)
                                        ? new Outcome[] {DONE, EINVAL, EOPNOTSUPP}
                                        : new Outcome[] {EINVAL, EOPNOTSUPP})),
                Stream.of(
                        row(after(), new Truncate(8), "device-has-no-truncate", EINVAL),
                        row(after(), CloneRange.within(0, B, B), "clone-unsupported", EINVAL),
                        row(after(), new MapExtents(), "device-has-no-extents", EOPNOTSUPP),
                        row(
                                after(),
                                new MapStore(DEVICE_SIZE - B, 2 * B),
                                "store-in-mapping-changes-target",
                                new Returned(B)),
                        row(
                                after(),
                                new MapStore(DEVICE_SIZE + B, B),
                                "store-in-mapping-changes-target",
                                new Returned(0)),
                        row(after(), new Statx(), "statx-tells-size-and-limits", new Told(DEVICE_SIZE, limits)),
                        row(after(), of(Via.PATH), "statx-of-path-tells-the-same", new Told(DEVICE_SIZE, limits)),
                        row(
                                after(),
                                of(Via.O_PATH),
                                "statx-of-o-path-descriptor-tells-the-same",
                                new Told(DEVICE_SIZE, limits)),
                        row(after(), of(Via.LINK_FOLLOWED), "statx-follows-a-link", new Told(DEVICE_SIZE, limits)),
                        row(after(), of(Via.LINK), "statx-of-a-link-tells-no-limits", new Told(0, Limits.NONE)),
                        row(
                                after(),
                                of(Via.DIRECTORY),
                                "statx-of-a-directory-tells-no-limits",
                                new Told(0, Limits.NONE)),
                        row(
                                after(),
                                new Remount(Remount.Way.LIVE, 0),
                                "device-keeps-limits",
                                new Told(DEVICE_SIZE, limits))));
    }

    static Stream<Arguments> onFiles() {
        return Stream.concat(
                Arrays.stream(Fallocate.Mode.values())
                        .map(mode ->
                                row(after(FOUR_BLOCKS), new Fallocate(mode, 0, 0), "fallocate-needs-length", EINVAL)),
                Stream.of(
                        row(
                                after(),
                                new TwinWrite(Write.plain(Access.DIRECT, 0, B)),
                                "plain-write-returns-its-length",
                                new Returned(B)),
                        row(
                                after(),
                                new TwinLoad(new MapLoad(0, B)),
                                "mapping-shows-what-is-there",
                                new ReadBack(Contents.zeros(0))),
                        row(after(), laid(Layout.Piece.ALLOCATE, 4), "layout-is-its-calls", new Laid(4, DONE)),
                        row(after(), laid(Layout.Piece.PUNCH, 4), "layout-is-its-calls", new Laid(4, DONE)),
                        row(after(LIMIT), laid(Layout.Piece.ALLOCATE, 4), "layout-is-its-calls", new Laid(3, EFBIG)),
                        row(after(LIMIT), laid(Layout.Piece.WRITE, 4), "layout-is-its-calls", new Laid(3, EFBIG)),
                        row(
                                after(new LimitFileSize(4 * B + 2048)),
                                laid(Layout.Piece.WRITE, 4),
                                "layout-is-its-calls",
                                new Laid(3, new Returned(2048))),
                        row(after(LIMIT), new Truncate(4 * B), "truncate-sets-size", DONE),
                        row(after(LIMIT), new Truncate(4 * B + 8), "truncate-within-size-limit", EFBIG),
                        row(after(FOUR_BLOCKS, LOW_LIMIT), new Truncate(4 * B), "truncate-sets-size", DONE),
                        row(after(FOUR_BLOCKS, LOW_LIMIT), new Truncate(4 * B - 8), "truncate-sets-size", DONE),
                        row(
                                after(FOUR_BLOCKS, LOW_LIMIT),
                                new Truncate(4 * B + 8),
                                "truncate-within-size-limit",
                                EFBIG),
                        row(
                                after(FOUR_BLOCKS),
                                new Fallocate(COLLAPSE_RANGE, 0, 3 * B),
                                "collapse-moves-data-up",
                                DONE),
                        row(
                                after(FOUR_BLOCKS),
                                new Fallocate(COLLAPSE_RANGE, 0, 4 * B),
                                "moved-range-must-fit",
                                EINVAL),
                        row(after(FOUR_BLOCKS), new Fallocate(COLLAPSE_RANGE, 8, B), "moved-range-must-fit", EINVAL),
                        row(after(FOUR_BLOCKS), new Fallocate(COLLAPSE_RANGE, 0, 2048), "moved-range-must-fit", EINVAL),
                        row(
                                after(FOUR_BLOCKS),
                                new Fallocate(INSERT_RANGE, 3 * B, 4 * B),
                                "insert-moves-data-down",
                                DONE),
                        row(after(FOUR_BLOCKS), new Fallocate(INSERT_RANGE, 4 * B, B), "moved-range-must-fit", EINVAL),
                        row(after(FOUR_BLOCKS), new Fallocate(INSERT_RANGE, 2048, B), "moved-range-must-fit", EINVAL),
                        row(after(LIMIT), new Fallocate(ALLOCATE, 0, 4 * B), "allocate-keeps-data", DONE),
                        row(after(LIMIT), new Fallocate(ALLOCATE, 8, 4 * B), "fallocate-within-size-limit", EFBIG),
                        row(after(LIMIT), new Fallocate(ALLOCATE_KEEP_SIZE, 8, 4 * B), "allocate-keeps-data", DONE),
                        row(after(LIMIT), new Fallocate(ZERO_RANGE, 8, 4 * B), "fallocate-within-size-limit", EFBIG),
                        row(
                                after(LIMIT),
                                new Fallocate(ZERO_RANGE_KEEP_SIZE, 8, 4 * B),
                                "zero-range-makes-zeros",
                                DONE),
                        row(after(LIMIT), new Fallocate(PUNCH_HOLE, 8, 4 * B), "punch-makes-zeros", DONE),
                        row(
                                after(FOUR_BLOCKS, LOW_LIMIT),
                                new Fallocate(ALLOCATE, 0, 4 * B),
                                "allocate-keeps-data",
                                DONE),
                        row(
                                after(FOUR_BLOCKS, LIMIT),
                                new Fallocate(COLLAPSE_RANGE, 0, B),
                                "collapse-moves-data-up",
                                DONE),
                        row(
                                after(FOUR_BLOCKS, LOW_LIMIT),
                                new Fallocate(COLLAPSE_RANGE, 0, B),
                                "collapse-moves-data-up",
                                DONE),
                        row(
                                after(FOUR_BLOCKS, new LimitFileSize(5 * B)),
                                new Fallocate(INSERT_RANGE, 0, B),
                                "insert-moves-data-down",
                                DONE),
                        row(after(FOUR_BLOCKS), read(3 * B, 2 * B), "read-returns-what-is-there", data(3 * B, B)),
                        row(after(), new MapLoad(0, B), "mapping-shows-what-is-there", zeros(0, 0)),
                        row(
                                after(new Truncate(2048)),
                                new MapStore(8, B),
                                "store-in-mapping-changes-target",
                                new Returned(2040)),
                        row(
                                after(),
                                new MapExtents(),
                                "extents-are-told-in-order",
                                new Mapped(List.of()),
                                new Mapped(List.of(new Extent(0, 8 * B, B, 0), new Extent(B, 0, B, 0))))));
    }

    static Stream<Arguments> onXfs() {
        return Stream.of(
                row(after(FOUR_BLOCKS, LIMIT), new Fallocate(INSERT_RANGE, 0, B), "insert-behind-size-limit", EFBIG),
                row(after(), new Fallocate(UNSHARE_RANGE, 0, B), "unshare-keeps-data", DONE),
                row(after(LIMIT), new Fallocate(UNSHARE_RANGE, 8, 4 * B), "fallocate-within-size-limit", EFBIG),
                row(after(FOUR_BLOCKS), CloneRange.within(0, 2 * B, 2 * B), "clone-shares-data", DONE),
                row(after(FOUR_BLOCKS), CloneRange.within(2 * B, 0, 2 * B), "clone-shares-data", DONE),
                row(after(FOUR_BLOCKS), CloneRange.within(0, B, 2 * B), "clone-must-fit", DONE, EINVAL),
                row(after(FOUR_BLOCKS), CloneRange.within(8, 2 * B, B), "clone-must-fit", DONE, EINVAL),
                row(after(FOUR_BLOCKS), CloneRange.within(0, 2 * B + 8, B), "clone-must-fit", DONE, EINVAL),
                row(after(FOUR_BLOCKS), CloneRange.within(0, 2 * B, 8), "clone-must-fit", DONE, EINVAL),
                row(after(FOUR_BLOCKS), CloneRange.within(4 * B, 0, B), "clone-must-fit", EINVAL),
                row(after(FOUR_BLOCKS, LIMIT), CloneRange.within(0, 3 * B, B), "clone-shares-data", DONE),
                row(after(FOUR_BLOCKS, LIMIT), CloneRange.within(0, 4 * B, B), "clone-must-fit", DONE, EINVAL, EFBIG),
                row(after(FOUR_BLOCKS), toTwin(0, 0, 4 * B), "clone-shares-data", DONE),
                row(after(FOUR_BLOCKS), fromTwin(0, 0, B), "clone-must-fit", EINVAL),
                row(after(FOUR_BLOCKS, toTwin(0, 0, B)), fromTwin(0, 0, B), "clone-shares-data", DONE));
    }

    static Stream<Arguments> everywhere() {
        return Stream.of(
                        onEveryTarget().map(row -> on(DEVICE, row)),
                        onDevices().map(row -> on(DEVICE, row)),
                        Stream.concat(onEveryTarget(), onFiles()).map(row -> on(EXT4, row)),
                        Stream.concat(onEveryTarget(), onFiles()).map(row -> on(XFS, row)),
                        onXfs().map(row -> on(XFS, row)),
                        Stream.of(
                                        row(
                                                after(FOUR_BLOCKS, LIMIT),
                                                new Fallocate(INSERT_RANGE, 0, B),
                                                "insert-behind-size-limit",
                                                DONE,
                                                EFBIG),
                                        row(
                                                after(new Truncate(LARGEST)),
                                                Read.plain(Access.DIRECT, LARGEST - B, 2 * B),
                                                "direct-read-past-largest-file",
                                                zeros(LARGEST - B, B),
                                                EINVAL),
                                        row(after(), new Truncate(LARGEST), "truncate-sets-size", DONE),
                                        row(after(), new Truncate(LARGEST + 8), "truncate-within-size-limit", EFBIG),
                                        row(
                                                after(),
                                                new Fallocate(ALLOCATE, LARGEST - B, B),
                                                "allocate-keeps-data",
                                                DONE),
                                        row(
                                                after(),
                                                new Fallocate(ALLOCATE_KEEP_SIZE, LARGEST - B, 2 * B),
                                                "fallocate-within-largest-file",
                                                EFBIG),
                                        row(
                                                after(),
                                                new Fallocate(PUNCH_HOLE, LARGEST, 8),
                                                "fallocate-within-largest-file",
                                                EFBIG),
                                        row(
                                                after(),
                                                new Fallocate(UNSHARE_RANGE, LARGEST, 8),
                                                "fallocate-within-largest-file",
                                                EFBIG),
                                        row(
                                                after(new Truncate(LARGEST - B)),
                                                new Fallocate(INSERT_RANGE, 0, 2 * B),
                                                "insert-must-leave-file-in-reach",
                                                EFBIG),
                                        row(
                                                after(new Truncate(LARGEST - B)),
                                                new Fallocate(INSERT_RANGE, LARGEST - B, 2 * B),
                                                "fallocate-within-largest-file",
                                                EFBIG),
                                        row(
                                                after(new Truncate(LARGEST - B)),
                                                new Fallocate(INSERT_RANGE, 2048, 2 * B),
                                                "insert-must-leave-file-in-reach",
                                                EFBIG,
                                                EINVAL),
                                        row(
                                                after(new Truncate(LARGEST - B)),
                                                new Fallocate(INSERT_RANGE, 0, B),
                                                "insert-moves-data-down",
                                                DONE),
                                        row(
                                                after(FOUR_BLOCKS, new Fallocate(ALLOCATE_KEEP_SIZE, LARGEST - B, B)),
                                                new Fallocate(INSERT_RANGE, 0, B),
                                                "insert-must-leave-file-in-reach",
                                                DONE,
                                                EINVAL),
                                        row(
                                                after(),
                                                new Fallocate(UNSHARE_RANGE, 0, B),
                                                "unshare-needs-shared-blocks",
                                                EOPNOTSUPP),
                                        row(
                                                after(FOUR_BLOCKS),
                                                CloneRange.within(0, 2 * B, B),
                                                "clone-unsupported",
                                                EOPNOTSUPP))
                                .map(row -> on(EXT4, row)),
                        Stream.of(row(
                                        after(FOUR_BLOCKS, new Truncate(8L * B)),
                                        new Fallocate(COLLAPSE_RANGE, 0, B),
                                        "moved-range-must-fit",
                                        EINVAL))
                                .map(row -> on(BIGALLOC, row)))
                .flatMap(rows -> rows);
    }

    @Test
    void eachOperationHasARow() {
        assertThat(Operation.class.getPermittedSubclasses())
                .filteredOn(kind -> kind != Write.class && kind != PowerCut.class)
                .as("operations, of which a row of this test or of ConditionsTest has each")
                .allSatisfy(kind -> assertThat(Stream.concat(everywhere(), ConditionsTest.answers())
                                .flatMap(row -> Arrays.stream(row.get())))
                        .hasAtLeastOneElementOfType(kind));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void rightAnswersConformAndNameTheirRule(
            Target target, List<Operation> before, Operation operation, String rule, List<Outcome> right) {
        assertThat(right).allSatisfy(answer -> assertThat(Histories.judge(RELEASE, target, before, operation, answer))
                .conforms()
                .reached(rule));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void allOtherAnswersBreakIt(
            Target target, List<Operation> before, Operation operation, String rule, List<Outcome> right) {
        List<Outcome> wrong = new ArrayList<>(ALL);
        wrong.removeAll(right);
        assertThat(wrong).allSatisfy(answer -> assertThat(Histories.judge(RELEASE, target, before, operation, answer))
                .as("%s", answer)
                .breaks(rule));
    }

    /** What a file holds: a digit for every 2048 bytes, the operation, from 1, that wrote them, or 0 for zeros. */
    @ParameterizedTest
    @MethodSource
    void whatIsReadAfterwards(Target target, List<Operation> operations, String digits) {
        List<Operation> before = new ArrayList<>(List.of(FOUR_BLOCKS));
        before.addAll(operations);
        Read look = read(0, 16 * B);

        assertThat(Histories.after(RELEASE, target, before)
                        .contents()
                        .slice(0, 16 * B)
                        .runs())
                .isEqualTo(pieces(digits).runs());
        Verdict verdict = Histories.judge(RELEASE, target, before, look, new ReadBack(pieces(digits)));
        if (target.kind().isFile()) {
            assertThat(verdict).conforms();
        } else {
            assertThat(verdict).breaksAnyRule();
        }
        assertThat(Histories.judge(RELEASE, target, before, look, new ReadBack(pieces(digits + "9"))))
                .breaksAnyRule();
    }

    static Stream<Arguments> whatIsReadAfterwards() {
        return Stream.of(
                        effect("11110000", new Truncate(2 * B), new Truncate(4 * B)),
                        effect("11111", new Truncate(2 * B + 2048)),
                        effect("11111111", new Fallocate(ALLOCATE, B, B)),
                        effect("1111111100", new Fallocate(ALLOCATE, 3 * B, 2 * B)),
                        effect("11111111", new Fallocate(ALLOCATE_KEEP_SIZE, 3 * B, 2 * B)),
                        effect("10001111", new Fallocate(PUNCH_HOLE, 2048, B + 2048)),
                        effect("11111110", new Fallocate(PUNCH_HOLE, 3 * B + 2048, B)),
                        effect("10001111", new Fallocate(ZERO_RANGE, 2048, B + 2048)),
                        effect("1111111000", new Fallocate(ZERO_RANGE, 3 * B + 2048, B + 2048)),
                        effect("11111110", new Fallocate(ZERO_RANGE_KEEP_SIZE, 3 * B + 2048, B + 2048)),
                        effect("11220011", laid(Layout.Piece.WRITE, 1, B), new Fallocate(PUNCH_HOLE, 2 * B, B)),
                        effect("11221122", laid(Layout.Piece.WRITE, 2, B)),
                        effect("00110011", laid(Layout.Piece.PUNCH, 2, 0)),
                        effect("111111110000", laid(Layout.Piece.ALLOCATE, 3, B)),
                        effect("11111222", new MapStore(2 * B + 2048, 2 * B)),
                        effect("11221111", Write.plain(Access.BUFFERED, B, B)))
                .flatMap(row -> Stream.of(on(EXT4, row), on(XFS, row)));
    }

    @Test
    void nothingIsWrittenPastTheLargestFileOfExt4() {
        Write past = Write.atomic(LARGEST, B);
        Write across = Write.plain(Access.BUFFERED, LARGEST - B, 2 * B);

        assertThat(Histories.judge(RELEASE, EXT4, List.of(), past, EFBIG)).reached("atomic-write-behind-size-limit");
        assertThat(Histories.judge(RELEASE, EXT4, List.of(), past, new Returned(B)))
                .breaks("atomic-write-behind-size-limit");
        assertThat(Histories.judge(RELEASE, XFS, List.of(), past, new Returned(B)))
                .conforms();
        assertThat(Histories.judge(RELEASE, EXT4, List.of(), across, new Returned(B)))
                .reached("plain-write-cut-at-size-limit");
        assertThat(Histories.judge(RELEASE, EXT4, List.of(), across, new Returned(2 * B)))
                .breaks("plain-write-cut-at-size-limit");
        assertThat(Histories.judge(RELEASE, EXT4, List.of(), Write.plain(Access.DIRECT, LARGEST, B), EFBIG))
                .reached("plain-write-behind-size-limit");
    }

    @Test
    void aLayoutEndsWithTheCallThatFails() {
        List<Operation> before = List.of(FOUR_BLOCKS, new LimitFileSize(4 * B));
        Operation layout = laid(Layout.Piece.WRITE, 8, B);

        assertThat(Histories.judge(RELEASE, EXT4, before, layout, new Laid(3, EFBIG)))
                .conforms();
        for (Outcome wrong : List.of(
                new Laid(2, EFBIG),
                new Laid(4, EFBIG),
                new Laid(3, EINVAL),
                new Laid(3, new Returned(B)),
                new Laid(8, new Returned(B)),
                new Laid(9, new Returned(B)),
                new Laid(0, new Returned(B)),
                new Laid(1, new Laid(1, EFBIG)),
                EFBIG)) {
            assertThat(Histories.judge(RELEASE, EXT4, before, layout, wrong))
                    .as("%s", wrong)
                    .breaks("layout-is-its-calls");
        }
    }

    @Test
    void ofALayoutWithoutSpaceAnyFirstCallsMayBeDone() {
        List<Operation> before = List.of(new FillSpace(FreeSpace.NOTHING));
        Operation layout = laid(Layout.Piece.WRITE, 8);

        assertThat(List.of(
                        new Laid(8, new Returned(B)),
                        new Laid(1, ENOSPC),
                        new Laid(5, ENOSPC),
                        new Laid(5, new Returned(8))))
                .allSatisfy(answer -> assertThat(Histories.judge(RELEASE, XFS, before, layout, answer))
                        .conforms());
        assertThat(List.of(new Laid(5, new Returned(B)), new Laid(5, EINVAL), ENOSPC))
                .allSatisfy(answer -> assertThat(Histories.judge(RELEASE, XFS, before, layout, answer))
                        .breaks("layout-is-its-calls"));
    }

    @Test
    void movedDataRemembersWhereItCameFrom() {
        Origin up = new Origin.Written(0, -B);
        Origin down = new Origin.Written(0, 2 * B);

        assertThat(Histories.after(RELEASE, EXT4, List.of(FOUR_BLOCKS, new Fallocate(COLLAPSE_RANGE, B, B)))
                        .contents())
                .isEqualTo(Contents.zeros(3 * B)
                        .with(0, B, new Origin.Written(0, 0))
                        .with(B, 2 * B, up));
        assertThat(Histories.after(RELEASE, EXT4, List.of(FOUR_BLOCKS, new Fallocate(INSERT_RANGE, B, 2 * B)))
                        .contents())
                .isEqualTo(Contents.zeros(6 * B)
                        .with(0, B, new Origin.Written(0, 0))
                        .with(3 * B, 3 * B, down));
    }

    @Test
    void aCloneReadsAsItsSourceInTheFileAndInTheTwin() {
        FileState within = Histories.after(RELEASE, XFS, List.of(FOUR_BLOCKS, CloneRange.within(0, 3 * B, 2 * B)));
        FileState toTwin = Histories.after(RELEASE, XFS, List.of(FOUR_BLOCKS, toTwin(B, 2 * B, B)));
        FileState back = Histories.after(
                RELEASE, XFS, List.of(FOUR_BLOCKS, toTwin(B, 2 * B, B), new Truncate(0), fromTwin(2 * B, B, B)));

        assertThat(within.contents().slice(3 * B, 2 * B).runs())
                .containsExactly(new Contents.Run(3 * B, 2 * B, new Origin.Written(0, 3 * B)));
        assertThat(within.size()).isEqualTo(5 * B);
        assertThat(toTwin.contents()).isEqualTo(Contents.zeros(4 * B).with(0, 4 * B, new Origin.Written(0, 0)));
        assertThat(toTwin.twin()).isEqualTo(Contents.zeros(3 * B).with(2 * B, B, new Origin.Written(0, B)));
        assertThat(back.contents()).isEqualTo(Contents.zeros(2 * B).with(B, B, new Origin.Written(0, 0)));
    }

    @ParameterizedTest
    @EnumSource
    void aDeviceZeroesWhatItWasAskedToAndNothingElse(Fallocate.Mode mode) {
        boolean zeroes = ZEROING.contains(mode);
        List<Step> before = List.of(
                step(0, FOUR_BLOCKS, new Returned(4 * B)),
                step(1, new Fallocate(mode, 512, 1024), zeroes ? DONE : EOPNOTSUPP));
        Contents kept = Contents.zeros(B).with(0, B, new Origin.Written(0, 0));
        Contents zeroed = kept.with(512, 1024, Origin.ZERO);
        ReadBack right = new ReadBack(zeroes ? zeroed : kept);
        ReadBack wrong = new ReadBack(zeroes ? kept : zeroed);

        assertThat(Histories.judge(RELEASE, DEVICE, before, step(2, read(0, B), right)))
                .conforms();
        assertThat(Histories.judge(RELEASE, DEVICE, before, step(2, read(0, B), wrong)))
                .breaksAnyRule();
    }

    /** A mount, taken or refused, then what statx reports: the largest unit, in bytes; 0 for that of the first mount. */
    @ParameterizedTest
    @CsvSource({
        "UNMOUNT_AND_MOUNT,16384,16384",
        "UNMOUNT_AND_MOUNT,5000,0",
        "LIVE,16384,16384",
        "LIVE,5000,8192",
    })
    void aMountReportsWhatItGivesOrIsRefused(Remount.Way way, long option, long unitMax) {
        Limits found = Histories.environment(RELEASE, XFS).limits();
        Limits first = largest(found, 8192);
        Limits then = largest(found, unitMax == 0 ? found.unitMax() : unitMax);
        List<Step> before = List.of(
                step(0, new Reopen(new OpenMode(false, true, false)), DONE),
                step(1, new Truncate(B), DONE),
                step(2, new Remount(Remount.Way.UNMOUNT_AND_MOUNT, 8192), new Told(B, first)),
                step(3, new Remount(way, option), option == 5000 ? EINVAL : new Told(B, then)));

        assertThat(Histories.judge(RELEASE, XFS, before, step(4, new Statx(), new Told(B, then))))
                .conforms();
        assertThat(Histories.judge(RELEASE, XFS, before, step(4, new Statx(), new Told(B, largest(found, 32768)))))
                .breaks("statx-tells-size-and-limits");
        assertThat(Histories.judge(RELEASE, XFS, before, step(4, Write.atomic(0, B), new Returned(2048))))
                .breaks("atomic-append-goes-to-end");
    }

    @Test
    void aMountWithoutOptionsKeepsTheFile() {
        Limits found = Histories.environment(RELEASE, XFS).limits();

        for (Remount.Way way : Remount.Way.values()) {
            Remount plain = new Remount(way, 0);
            assertThat(Histories.judge(RELEASE, XFS, List.of(FOUR_BLOCKS), plain, new Told(4 * B, found)))
                    .reached("mount-keeps-file");
            assertThat(Histories.judge(RELEASE, XFS, List.of(FOUR_BLOCKS), plain, new Told(0, found)))
                    .breaks("mount-keeps-file");
        }
    }

    @Test
    void onlyAnUnmountResetsDescriptorPositions() {
        Operation moved = Write.plain(Access.DIRECT, Write.AT_POSITION, B);

        assertThat(Histories.after(RELEASE, XFS, List.of(moved, new Remount(Remount.Way.LIVE, 0)))
                        .open())
                .isEqualTo(new OpenFile(OpenMode.READ_WRITE, B, 0, true));
        assertThat(Histories.after(RELEASE, XFS, List.of(moved, new Remount(Remount.Way.UNMOUNT_AND_MOUNT, 0)))
                        .open())
                .isEqualTo(new OpenFile(OpenMode.READ_WRITE, 0, 0, true));
    }

    @ParameterizedTest
    @CsvSource({
        "FSYNC,true,false,true",
        "FDATASYNC,true,false,true",
        "SYNCFS,true,true,true",
        "SYNC_FILE_RANGE,false,false,true"
    })
    void syncsDifferInWhatTheyMakeSafe(Sync.Way way, boolean file, boolean twin, boolean allocated) {
        Operation cached = Write.plain(Access.BUFFERED, 4 * B, B);
        FileState state = Histories.after(RELEASE, XFS, List.of(FOUR_BLOCKS, toTwin(0, 0, B), cached, new Sync(way)));

        assertThat(state.durability().file().equals(Unsynced.nothing(state.contents())))
                .as("the file is safe")
                .isEqualTo(file);
        assertThat(state.durability().twin().equals(Unsynced.nothing(state.twin())))
                .as("the twin is safe")
                .isEqualTo(twin);
        assertThat(!state.blocks().kinds(4 * B, B).contains(Blocks.Kind.DELAYED))
                .as("delayed blocks are allocated")
                .isEqualTo(allocated);
    }

    @Test
    void syncfsOfADevicesNodeMakesNothingSafe() {
        FileState node = Histories.after(RELEASE, DEVICE, List.of(FOUR_BLOCKS, new Sync(Sync.Way.SYNCFS)));
        FileState synced = Histories.after(RELEASE, DEVICE, List.of(FOUR_BLOCKS, Sync.fsync()));

        assertThat(node.durability().file()).isNotEqualTo(Unsynced.nothing(node.contents()));
        assertThat(synced.durability().file()).isEqualTo(Unsynced.nothing(synced.contents()));
    }

    @ParameterizedTest
    @EnumSource
    void aReadWithFlagsBringsAPartOrIsRefused(TargetKind kind) {
        Target target = Histories.of(kind);
        Read nowait = flagged(RwFlags.of(RwFlag.NOWAIT));
        Contents other = Contents.zeros(B);

        for (Outcome right : List.of(new Failed(Errno.EAGAIN), EOPNOTSUPP, data(0, 0), data(0, 512), data(0, B))) {
            assertThat(Histories.judge(RELEASE, target, List.of(FOUR_BLOCKS), nowait, right))
                    .conforms()
                    .reached("read-flags-may-be-refused");
        }
        for (Outcome wrong : List.of(DONE, EINVAL, data(0, B + 512), data(512, 512), new ReadBack(other))) {
            assertThat(Histories.judge(RELEASE, target, List.of(FOUR_BLOCKS), nowait, wrong))
                    .breaks("read-flags-may-be-refused");
        }
    }

    private static Limits largest(Limits limits, long unitMax) {
        return new Limits(limits.unitMin(), unitMax, Math.min(unitMax, limits.unitMaxOptimal()), 1, limits.attribute());
    }

    private static Step step(int at, Operation operation, Outcome outcome) {
        return new Step(operation, at, at, outcome);
    }

    private static Read read(long offset, int length) {
        return Read.plain(Access.BUFFERED, offset, length);
    }

    private static Read flagged(RwFlags flags) {
        return new Read(flags, Access.DIRECT, Subject.FILE, 0, B);
    }

    private static CloneRange toTwin(long source, long destination, int length) {
        return new CloneRange(Subject.FILE, source, Subject.TWIN, destination, length);
    }

    private static CloneRange fromTwin(long source, long destination, int length) {
        return new CloneRange(Subject.TWIN, source, Subject.FILE, destination, length);
    }

    private static ReadBack zeros(long offset, int length) {
        return new ReadBack(
                new Contents.Builder(offset).append(length, Origin.ZERO).build());
    }

    /** Return data of the first operation. */
    private static ReadBack data(long offset, int length) {
        return new ReadBack(new Contents.Builder(offset)
                .append(length, new Origin.Written(0, 0))
                .build());
    }

    private static Contents pieces(String digits) {
        Contents.Builder contents = new Contents.Builder(0);
        digits.chars()
                .map(Character::getNumericValue)
                .forEach(digit -> contents.append(2048, digit == 0 ? Origin.ZERO : new Origin.Written(digit - 1, 0)));
        return contents.build();
    }

    private static Arguments effect(String digits, Operation... operations) {
        return Arguments.of(List.of(operations), digits);
    }

    private static Arguments row(List<Operation> before, Operation operation, String rule, Outcome... right) {
        return Arguments.of(before, operation, rule, List.of(right));
    }

    private static Arguments on(Target target, Arguments row) {
        return Arguments.of(
                Stream.concat(Stream.of(target), Stream.of(row.get())).toArray());
    }

    /** Pieces of a block, every second block from the start on. */
    private static Layout laid(Layout.Piece what, int count) {
        return laid(what, count, 0);
    }

    private static Layout laid(Layout.Piece what, int count, long offset) {
        return new Layout(what, offset, B, 2 * B, count);
    }
}
