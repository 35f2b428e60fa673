package io.untorn.conformance.exhaustive;

import static io.untorn.model.operation.Access.BUFFERED;
import static io.untorn.model.operation.Access.DIRECT;

import io.untorn.conformance.generate.partition.Testbed;
import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.Audit;
import io.untorn.model.operation.Batch;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.ChangeAttribute;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.DropCaches;
import io.untorn.model.operation.Engine;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.Fallocate.Mode;
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
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The operations of which an {@link ExhaustiveSearch} tries every sequence: each kind, with the arguments that make a
 * difference. The search follows its order.
 */
final class Alphabet {
    private static final int SECTOR = 512;
    private static final int WORD = 8;

    /** More than the 256 pages of memory that a device takes at most. */
    private static final int HUGE = 2 << 20;

    /** The largest atomic write that is tried as legal: larger ones cost time and show nothing new. */
    private static final int LARGEST_UNIT = 1 << 20;

    private static final List<Letter> LETTERS = Stream.of(
                    everywhere(
                            on -> Write.atomic(0, on.min()),
                            on -> Write.atomic(on.min(), on.min()),
                            on -> Write.atomic(0, on.max()),
                            on -> Write.atomic(on.max(), on.max())),
                    where(
                            Scale::isWide,
                            on -> Write.atomic(0, 2 * on.min()),
                            on -> Write.atomic(2L * on.min(), 2 * on.min())),
                    where(Scale::isDevice, on -> Write.atomic(on.size() - on.min(), on.min())),
                    everywhere(
                            on -> Write.atomic(Write.AT_POSITION, on.min()),
                            on -> flagged(on, RwFlag.DSYNC),
                            on -> flagged(on, RwFlag.APPEND),
                            on -> flagged(on, RwFlag.NOWAIT)),
                    through(Engine.IO_URING),
                    through(Engine.IO_URING_FIXED),
                    through(Engine.LIBAIO),
                    atOnce(Engine.LIBAIO),
                    everywhere(
                            on -> Write.atomic(0, on.min()).with(BUFFERED),
                            on -> Write.atomic(0, on.min()).with(Split.TWO),
                            on -> Write.atomic(0, on.min()).with(Split.EMPTY_LAST),
                            on -> Write.atomic(0, on.min()).with(Split.TOO_MANY),
                            on -> Write.atomic(on.min() / 2, on.min()),
                            on -> Write.atomic(SECTOR, on.min()),
                            on -> Write.atomic(1, on.min()),
                            on -> Write.atomic(Write.NEGATIVE, on.min()),
                            on -> Write.atomic(0, 3 * on.min()),
                            on -> Write.atomic(0, on.min() - 1),
                            on -> Write.atomic(0, on.min() / 2),
                            on -> Write.atomic(0, on.aboveMax()),
                            on -> Write.atomic(0, 0),
                            on -> Write.atomic(0, on.min()).with(new Buffer(1, 0)),
                            on -> Write.atomic(0, on.min()).with(new Buffer(0, on.min() + SECTOR)),
                            on -> Write.atomic(0, on.min()).with(new Buffer(0, SECTOR)),
                            on -> flagged(on, RwFlag.UNKNOWN),
                            on -> Write.atomic(0, on.min())
                                    .with(RwFlags.of(RwFlag.ATOMIC, RwFlag.APPEND, RwFlag.NOAPPEND))),
                    where(
                            Scale::isDevice,
                            on -> Write.atomic(on.size(), on.min()),
                            on -> Write.atomic(on.size() / on.acrossEnd() * on.acrossEnd(), on.acrossEnd()),
                            on -> Write.atomic(0, SECTOR / 2),
                            on -> Write.atomic(0, HUGE),
                            on -> Write.plain(DIRECT, on.size() - on.min(), 2 * on.min())),
                    everywhere(
                            on -> Write.plain(DIRECT, 0, on.min()),
                            on -> Write.plain(DIRECT, on.min(), on.min()),
                            on -> Write.plain(BUFFERED, 0, on.min()),
                            on -> Write.plain(BUFFERED, on.min(), on.min()),
                            on -> Write.plain(BUFFERED, on.min() - WORD, 2 * WORD),
                            on -> Write.plain(BUFFERED, 0, on.min()).with(RwFlags.of(RwFlag.DSYNC)),
                            on -> Write.plain(BUFFERED, 0, SECTOR).with(RwFlags.of(RwFlag.APPEND))),
                    where(Scale::isFile, on -> Write.plain(BUFFERED, 0, on.min())
                            .with(RwFlags.of(RwFlag.DONTCACHE))),
                    everywhere(
                            on -> Read.plain(DIRECT, 0, 2 * on.min()),
                            on -> Read.plain(BUFFERED, 0, 2 * on.min()),
                            on -> Read.plain(DIRECT, 0, 0),
                            on -> Read.plain(DIRECT, WORD, WORD),
                            on -> new Read(RwFlags.ATOMIC, DIRECT, Subject.FILE, 0, on.min()),
                            on -> new MapLoad(0, 2 * on.min()),
                            on -> new MapStore(0, on.min()),
                            on -> new MapStore(on.min() - WORD, 2 * WORD),
                            on -> new HoldMapping(0, 2 * on.min()),
                            on -> new ReleaseMapping()),
                    everywhere(on -> new Truncate(on.min())),
                    where(
                            Scale::isFile,
                            on -> new Truncate(0),
                            on -> new Truncate(SECTOR + WORD),
                            on -> new Truncate(2L * on.max())),
                    everywhere(on -> new Fallocate(Mode.PUNCH_HOLE, 0, on.unit())),
                    where(
                            Scale::isFile,
                            on -> new Fallocate(Mode.ALLOCATE, 0, 2 * on.unit()),
                            on -> new Fallocate(Mode.ALLOCATE_KEEP_SIZE, 0, 2 * on.unit()),
                            on -> new Fallocate(Mode.ALLOCATE, on.max(), on.max()),
                            on -> new Fallocate(Mode.PUNCH_HOLE, on.unit(), on.unit()),
                            on -> new Fallocate(Mode.PUNCH_HOLE, SECTOR, SECTOR),
                            on -> new Fallocate(Mode.ZERO_RANGE, 0, on.unit()),
                            on -> new Fallocate(Mode.ZERO_RANGE_KEEP_SIZE, on.unit(), on.unit()),
                            on -> new Fallocate(Mode.COLLAPSE_RANGE, 0, on.unit()),
                            on -> new Fallocate(Mode.INSERT_RANGE, 0, on.unit()),
                            on -> new Fallocate(Mode.UNSHARE_RANGE, 0, 2 * on.unit()),
                            on -> new Fallocate(Mode.ALLOCATE, 0, 0)),
                    everywhere(on -> new CloneRange(Subject.FILE, 0, Subject.FILE, on.unit(), on.unit())),
                    where(
                            Scale::shares,
                            on -> new CloneRange(Subject.FILE, 0, Subject.TWIN, 0, on.unit()),
                            on -> new CloneRange(Subject.TWIN, 0, Subject.FILE, on.unit(), on.unit())),
                    where(
                            Scale::isFile,
                            on -> Write.atomic(0, on.min()).toTwin(),
                            on -> new TwinLoad(new MapLoad(0, 2 * on.min()))),
                    Stream.of(Sync.Way.values()).map(way -> new Letter(on -> true, on -> new Sync(way))),
                    everywhere(
                            on -> new Reopen(OpenMode.READ_WRITE),
                            on -> new Reopen(new OpenMode(true, false, false)),
                            on -> new Reopen(new OpenMode(false, true, false)),
                            on -> new Reopen(new OpenMode(false, false, true)),
                            on -> new LimitFileSize(on.min()),
                            on -> new LimitFileSize(LimitFileSize.UNLIMITED)),
                    where(
                            Scale::isFile,
                            on -> new LimitFileSize(on.min() / 2),
                            on -> new Remount(Remount.Way.UNMOUNT_AND_MOUNT, 0),
                            on -> new Remount(Remount.Way.UNMOUNT_AND_MOUNT, on.min()),
                            on -> new Remount(Remount.Way.LIVE, 0),
                            on -> new Remount(Remount.Way.LIVE, on.min() + SECTOR)),
                    where(Scale::isDevice, on -> new Remount(Remount.Way.UNMOUNT_AND_MOUNT, 0)),
                    where(
                            Scale::isFile,
                            on -> new Audit(Audit.Aspect.FILE_SYSTEM),
                            on -> new Audit(Audit.Aspect.FREE_SPACE),
                            on -> new FillSpace(FreeSpace.NOTHING),
                            on -> new FillSpace(FreeSpace.A_LITTLE),
                            on -> new FillSpace(FreeSpace.PLENTY),
                            on -> new ChangeAttribute(Attribute.APPEND_ONLY),
                            on -> new ChangeAttribute(Attribute.DATA_JOURNALLED),
                            on -> new ChangeAttribute(Attribute.NONE),
                            on -> new HintExtentSize(on.unit() + SECTOR),
                            on -> new HintExtentSize(0)),
                    everywhere(
                            on -> new ChangeAttribute(Attribute.IMMUTABLE),
                            on -> new HintExtentSize(4 * on.unit()),
                            on -> new DropCaches(),
                            on -> new Layout(Layout.Piece.WRITE, 0, SECTOR, 2 * SECTOR, 4),
                            on -> new Statx(),
                            on -> new TellPosition(DIRECT),
                            on -> new MapExtents()))
            .flatMap(letters -> letters)
            .toList();

    private Alphabet() {}

    /** Return the operations on a testbed, each once. */
    static List<Operation> of(Testbed testbed) {
        Scale scale = new Scale(testbed);
        return LETTERS.stream()
                .filter(letter -> letter.belongs().test(scale))
                .map(letter -> letter.spelling().on(scale))
                .distinct()
                .toList();
    }

    /** Makes an operation for a target of some scale. */
    @FunctionalInterface
    private interface Spelling {
        Operation on(Scale scale);
    }

    private record Letter(Predicate<Scale> belongs, Spelling spelling) {}

    private static Stream<Letter> everywhere(Spelling... spellings) {
        return where(on -> true, spellings);
    }

    private static Stream<Letter> through(Engine engine) {
        return where(
                on -> on.testbed().has(engine), on -> Write.atomic(0, on.min()).through(engine));
    }

    /** Two that touch, by libaio alone: what a ring does with several requests is what it does with one. */
    private static Stream<Letter> atOnce(Engine engine) {
        return where(
                on -> on.testbed().has(engine),
                on -> new Batch(List.of(
                        Write.atomic(0, on.min()).through(engine),
                        Write.atomic(on.min(), on.min()).through(engine))));
    }

    private static Stream<Letter> where(Predicate<Scale> belongs, Spelling... spellings) {
        return Stream.of(spellings).map(one -> new Letter(belongs, one));
    }

    private static Write flagged(Scale on, RwFlag flag) {
        return Write.atomic(0, on.min()).with(RwFlags.ATOMIC.with(flag));
    }

    /** The lengths, in bytes, that make a difference on a target. */
    private record Scale(Testbed testbed) {
        int min() {
            return testbed.unitMin();
        }

        int max() {
            return Math.max(min(), Math.min(testbed.unitMax(), LARGEST_UNIT));
        }

        int aboveMax() {
            return 2 * testbed.unitMax();
        }

        /** A length that does not divide the size, if one may be as long as that. */
        int acrossEnd() {
            return (int) Math.min(Operation.MAX_LENGTH, 2 * Long.lowestOneBit(size()));
        }

        int unit() {
            return Math.max(testbed.target().allocationUnit(), min());
        }

        long size() {
            return testbed.size();
        }

        boolean isWide() {
            return 2 * min() <= max();
        }

        boolean isFile() {
            return testbed.isFile();
        }

        boolean isDevice() {
            return testbed.isDevice();
        }

        boolean shares() {
            return testbed.target().reflink();
        }
    }
}
