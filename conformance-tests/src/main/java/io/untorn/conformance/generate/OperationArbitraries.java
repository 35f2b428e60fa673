package io.untorn.conformance.generate;

import io.untorn.conformance.generate.partition.Testbed;
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
import io.untorn.model.operation.Remount.Notation;
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
import io.untorn.model.operation.TwinWrite;
import io.untorn.model.operation.Write;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** Draws the arguments of operations other than atomic writes: most meet in a few hot regions. */
final class OperationArbitraries {
    private static final int SECTOR = 512;
    private static final int WORD = 8;

    private static final long FAR = 1 << 17;

    /** Where 32 bits no longer hold an offset. */
    private static final long PAST_32_BITS = 1L << 32;

    /** How many of the smallest units from its start a hot region reaches. */
    private static final int UNITS = 6;

    private final Target target;
    private final long size;
    private final int unitMin;
    private final int unitMax;
    private final boolean file;
    private final List<Engine> engines;

    OperationArbitraries(Testbed testbed) {
        target = testbed.target();
        size = testbed.environment().size();
        unitMin = testbed.unitMin();
        unitMax = testbed.unitMax();
        file = target.kind().isFile();
        engines = Stream.of(Engine.values()).filter(testbed::has).toList();
    }

    /** Return what is done: one operation, or some that need each other. */
    Arbitrary<List<Operation>> of(OperationKind kind) {
        return switch (kind) {
            case MAKE_APPEND_ONLY -> appendOnly();
            case MAKE_IMMUTABLE -> immutable();
            case GROW_BEYOND_SIZE_LIMIT -> grownBeyondSizeLimit();
            case STORE_WITHOUT_SPACE -> storedWithoutSpace();
            case APPEND_TO_ODD_END -> appendedToOddEnd();
            case CHANGE_BLOCK_OF_END -> changedBlockOfEnd();
            case MEET_DELAYED_COPY -> meetingDelayedCopy();
            case USE_HELD_MAPPING -> usedMapping();
            case WRITE_SHARED -> writtenBothWays();
            case COLLAPSE_RANGE -> collapsed();
            case WRITE_AND_TELL_POSITION -> positionTold();
            case GROW_TO_LARGEST_FILE -> grownToLargestFile();
            case STATX_EVERY_WAY -> Arbitraries.just(everyWay());
            case TRY_MOUNT_OPTIONS -> triedOptions();
            default -> one(kind).map(List::of);
        };
    }

    private Arbitrary<? extends Operation> one(OperationKind kind) {
        return switch (kind) {
            case ATOMIC_WRITE,
                    MAKE_APPEND_ONLY,
                    MAKE_IMMUTABLE,
                    GROW_BEYOND_SIZE_LIMIT,
                    STORE_WITHOUT_SPACE,
                    APPEND_TO_ODD_END,
                    CHANGE_BLOCK_OF_END,
                    MEET_DELAYED_COPY,
                    COLLAPSE_RANGE,
                    WRITE_AND_TELL_POSITION,
                    USE_HELD_MAPPING,
                    WRITE_SHARED,
                    GROW_TO_LARGEST_FILE,
                    STATX_EVERY_WAY,
                    TRY_MOUNT_OPTIONS -> throw new IllegalArgumentException(kind + " is not one operation");
            case PLAIN_WRITE_DIRECT -> writes(Access.DIRECT, sectorPlaces());
            case PLAIN_WRITE_BUFFERED -> writes(Access.BUFFERED, wordPlaces());
            case PLAIN_WRITE_DIRECT_MISALIGNED -> writes(Access.DIRECT, oddPlaces());
            case PLAIN_WRITE_BUFFERED_EMPTY ->
                Combinators.combine(wordPlaces(), Arbitraries.of(engines))
                        .as((place, engine) ->
                                Write.plain(Access.BUFFERED, place.get1(), 0).through(engine));
            case PLAIN_WRITE_FLAGGED -> flaggedWrites();
            case PLAIN_WRITE_AT_POSITION ->
                Combinators.combine(plainWrites(), Arbitraries.of(engines))
                        .as((write, engine) -> write.at(Write.AT_POSITION).through(engine));
            case TELL_POSITION -> Arbitraries.of(Access.values()).map(TellPosition::new);
            case READ_DIRECT -> reads(Access.DIRECT, sectorPlaces());
            case READ_BUFFERED -> reads(Access.BUFFERED, wordPlaces());
            case READ_DIRECT_MISALIGNED -> reads(Access.DIRECT, wordPlaces());
            case READ_FLAGGED -> flaggedReads();
            case MAP_LOAD -> loads();
            case MAP_STORE -> wordPlaces().map(place -> new MapStore(place.get1(), place.get2()));
            case HOLD_MAPPING -> holds();
            case RELEASE_MAPPING -> Arbitraries.just(new ReleaseMapping());
            case TRUNCATE -> wordPlaces().map(place -> new Truncate(place.get1()));
            case SYNC -> Arbitraries.of(Sync.Way.values()).map(Sync::new);
            case STATX -> Arbitraries.of(Statx.Via.values()).map(Statx::new);
            case MAP_EXTENTS -> Arbitraries.just(new MapExtents());
            case REOPEN -> modes().map(Reopen::new);
            case FALLOCATE -> fallocates();
            case LIMIT_FILE_SIZE -> sizeLimits().map(LimitFileSize::new);
            case UNLIMIT_FILE_SIZE -> Arbitraries.just(new LimitFileSize(LimitFileSize.UNLIMITED));
            case FILL_SPACE -> Arbitraries.of(FreeSpace.values()).map(FillSpace::new);
            case DROP_CACHES -> Arbitraries.just(new DropCaches());
            case HINT_EXTENT_SIZE -> hints();
            case CHANGE_ATTRIBUTE -> attributes().map(ChangeAttribute::new);
            case REMOUNT -> remounts();
            case AUDIT ->
                Arbitraries.of(Audit.Aspect.PINNED_PAGES, Audit.Aspect.FREE_SPACE)
                        .map(Audit::new);
            case POWER_CUT -> Arbitraries.just(new PowerCut());
            case BATCH_BY_LIBAIO -> batches(Engine.LIBAIO);
            case BATCH_BY_RING -> batches(Engine.IO_URING);
            case TWIN_WRITE -> twinWrites();
            case CLONE_RANGE -> clones();
            case LAYOUT -> layouts();
        };
    }

    private static Arbitrary<Write> writes(Access access, Arbitrary<Tuple2<Long, Integer>> places) {
        return places.map(place -> Write.plain(access, place.get1(), place.get2()));
    }

    private static Arbitrary<Read> reads(Access access, Arbitrary<Tuple2<Long, Integer>> places) {
        return places.map(place -> Read.plain(access, place.get1(), place.get2()));
    }

    private Arbitrary<Operation> loads() {
        Arbitrary<MapLoad> loads = wordPlaces().map(place -> new MapLoad(place.get1(), place.get2()));
        return Arbitraries.frequencyOf(Tuple.of(3, loads), Tuple.of(file ? 1 : 0, loads.map(TwinLoad::new)));
    }

    private Arbitrary<Write> plainWrites() {
        return Arbitraries.oneOf(writes(Access.DIRECT, sectorPlaces()), writes(Access.BUFFERED, wordPlaces()));
    }

    /** Plain writes with any flags; of those that come together by chance once in ten thousand, some more. */
    private Arbitrary<Write> flaggedWrites() {
        return Arbitraries.frequencyOf(
                Tuple.of(32, anyFlaggedWrites()),
                Tuple.of(engines.contains(Engine.IO_URING) ? 2 : 0, hastyBeforeStart()),
                Tuple.of(file ? 0 : 2, halfSectorOfMissingMemory()),
                Tuple.of(1, emptyWithUnknownFlag()));
    }

    /** Buffered writes before the start that must not wait: a ring may answer EAGAIN for what else is EINVAL. */
    private Arbitrary<Write> hastyBeforeStart() {
        return wordPlaces().map(place -> Write.plain(Access.BUFFERED, Write.NEGATIVE, place.get2())
                .with(RwFlags.of(RwFlag.NOWAIT))
                .through(Engine.IO_URING));
    }

    /** Atomic writes of half a sector whose memory is missing: a device looks at the length first, if memory may begin there. */
    private Arbitrary<Write> halfSectorOfMissingMemory() {
        return sectorPlaces()
                .map(place -> Write.atomic(place.get1(), SECTOR / 2).with(new Buffer(0, SECTOR)));
    }

    /** Writes of no bytes with a flag that no kernel knows: pwritev2 looks at the length first. */
    private Arbitrary<Write> emptyWithUnknownFlag() {
        return sectorPlaces()
                .map(place -> Write.plain(Access.DIRECT, place.get1(), 0).with(RwFlags.of(RwFlag.UNKNOWN)));
    }

    /**
     * Plain writes with flags that change how they are done, through any engine, at a place, at the descriptor's position or
     * before the start, some in too many segments.
     */
    private Arbitrary<Write> anyFlaggedWrites() {
        Arbitrary<RwFlag> flag =
                Arbitraries.of(RwFlag.values()).filter(one -> one != RwFlag.ATOMIC && one != RwFlag.UNKNOWN);
        Arbitrary<List<RwFlag>> flags =
                flag.list().ofMinSize(0).ofMaxSize(2).withSizeDistribution(RandomDistribution.uniform());
        Arbitrary<UnaryOperator<Write>> moves = Arbitraries.frequency(
                Tuple.of(16, write -> write),
                Tuple.of(4, write -> write.at(Write.AT_POSITION)),
                Tuple.of(1, write -> write.at(Write.NEGATIVE)),
                Tuple.of(1, write -> write.with(Split.TOO_MANY)));
        Arbitrary<Engine> through = Arbitraries.of(engines);
        return Combinators.combine(plainWrites(), flags, moves, through).as((write, added, move, engine) -> {
            RwFlags all = write.flags();
            for (RwFlag one : added) {
                all = all.with(one);
            }
            Write moved = move.apply(write).with(all);
            return engine.takes(moved.split()) ? moved.through(engine) : moved;
        });
    }

    private Arbitrary<Read> flaggedReads() {
        Arbitrary<Subject> subject = file
                ? Arbitraries.frequency(Tuple.of(1, Subject.FILE), Tuple.of(1, Subject.TWIN))
                : Arbitraries.just(Subject.FILE);
        Arbitrary<RwFlags> flags = Arbitraries.frequency(
                Tuple.of(3, RwFlags.ATOMIC),
                Tuple.of(1, RwFlags.NONE),
                Tuple.of(1, RwFlags.of(RwFlag.NOWAIT)),
                Tuple.of(1, RwFlags.of(RwFlag.HIPRI)));
        Arbitrary<Boolean> empty = Arbitraries.frequency(Tuple.of(4, false), Tuple.of(1, true));
        return Combinators.combine(sectorPlaces(), flags, subject, empty)
                .as((place, bits, of, none) ->
                        new Read(bits, Access.DIRECT, of, place.get1(), none ? 0 : place.get2()));
    }

    private Arbitrary<OpenMode> modes() {
        return Arbitraries.frequency(
                Tuple.of(4, OpenMode.READ_WRITE),
                Tuple.of(2, new OpenMode(true, false, false)),
                Tuple.of(3, new OpenMode(false, true, false)),
                Tuple.of(2, new OpenMode(false, false, true)));
    }

    private Arbitrary<Fallocate> fallocates() {
        Arbitrary<Tuple2<Long, Integer>> places = Arbitraries.frequencyOf(
                Tuple.of(3, blockPlaces()),
                Tuple.of(2, wordPlaces()),
                Tuple.of(1, blockPlaces().map(place -> Tuple.of(place.get1(), 0))));
        Arbitrary<Fallocate.Mode> modes = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.of(Fallocate.Mode.values())),
                Tuple.of(2, Arbitraries.of(Fallocate.Mode.COLLAPSE_RANGE, Fallocate.Mode.INSERT_RANGE)));
        return Combinators.combine(modes, places).as((mode, place) -> new Fallocate(mode, place.get1(), place.get2()));
    }

    /** Limits at the start of a block, or inside one, where they cut a write of one block. */
    private Arbitrary<Long> sizeLimits() {
        return Arbitraries.frequencyOf(Tuple.of(2, blockPlaces()), Tuple.of(1, sectorPlaces()))
                .map(Tuple2::get1);
    }

    /** Hints that are accepted, and one that is not a multiple of the block size. */
    private Arbitrary<HintExtentSize> hints() {
        int unit = target.allocationUnit();
        return Arbitraries.of(0, unit, 4 * unit, 1 << 20, unit + SECTOR / 2).map(HintExtentSize::new);
    }

    private Arbitrary<Attribute> attributes() {
        return Arbitraries.frequency(
                Tuple.of(3, Attribute.NONE),
                Tuple.of(1, Attribute.APPEND_ONLY),
                Tuple.of(1, Attribute.IMMUTABLE),
                Tuple.of(1, Attribute.DATA_JOURNALLED));
    }

    /** A file with data that is made append-only, and operations that such a file refuses. */
    private Arbitrary<List<Operation>> appendOnly() {
        Arbitrary<Operation> refused = Arbitraries.oneOf(
                wordPlaces().map(place -> Write.plain(Access.BUFFERED, place.get1(), place.get2())
                        .with(RwFlags.of(RwFlag.NOAPPEND))),
                wordPlaces().map(place -> new MapLoad(place.get1() % SECTOR, place.get2())),
                one(OperationKind.MAP_STORE),
                one(OperationKind.HOLD_MAPPING),
                one(OperationKind.TRUNCATE),
                one(OperationKind.FALLOCATE),
                Arbitraries.just(new Reopen(OpenMode.READ_WRITE)));
        return some(refused, 3)
                .map(tried -> around(
                        List.of(
                                Write.plain(Access.DIRECT, 0, Math.max(target.blockSize(), SECTOR)),
                                new Reopen(new OpenMode(false, true, false)),
                                new ChangeAttribute(Attribute.APPEND_ONLY)),
                        tried,
                        List.of(new ChangeAttribute(Attribute.NONE), new Reopen(OpenMode.READ_WRITE))));
    }

    /** A file with data that is made immutable, and operations that such a file refuses. */
    private Arbitrary<List<Operation>> immutable() {
        Arbitrary<Operation> refused = Arbitraries.oneOf(
                wordPlaces().map(place -> new MapStore(place.get1() % SECTOR, place.get2())),
                one(OperationKind.PLAIN_WRITE_BUFFERED),
                one(OperationKind.TRUNCATE),
                one(OperationKind.FALLOCATE),
                one(OperationKind.CLONE_RANGE),
                Arbitraries.just(new Reopen(OpenMode.READ_WRITE)));
        return some(refused, 2)
                .map(tried -> around(
                        List.of(
                                Write.plain(Access.DIRECT, 0, Math.max(target.blockSize(), SECTOR)),
                                new ChangeAttribute(Attribute.IMMUTABLE)),
                        tried,
                        List.of(new ChangeAttribute(Attribute.NONE))));
    }

    private Arbitrary<HoldMapping> holds() {
        return wordPlaces().map(place -> new HoldMapping(place.get1(), Math.max(WORD, place.get2())));
    }

    /** A mapping of the start that is kept, what is done beside it, and loads and stores through it. */
    private Arbitrary<List<Operation>> usedMapping() {
        int length = UNITS * Math.max(unitMin, target.blockSize());
        Arbitrary<Operation> beside = Arbitraries.oneOf(
                sectorPlaces().map(place -> Write.atomic(place.get1() / unitMin * unitMin, unitMin)),
                sectorPlaces().map(place -> Write.plain(Access.DIRECT, place.get1(), place.get2())),
                one(OperationKind.PLAIN_WRITE_BUFFERED),
                one(OperationKind.TRUNCATE),
                one(OperationKind.FALLOCATE),
                one(OperationKind.CLONE_RANGE),
                one(OperationKind.SYNC));
        Arbitrary<Operation> through = wordPlaces().map(place -> {
            int offset = (int) (place.get1() % length);
            return new MapStore(offset, WORD + place.get2() % (length - offset));
        });
        return Combinators.combine(some(Arbitraries.oneOf(beside, through), 3), beside)
                .as((tried, last) -> around(
                        List.of(new HoldMapping(0, length)),
                        tried,
                        List.of(last, new MapLoad(0, length), new ReleaseMapping())));
    }

    /** Writes that are legal, of the unit or plain ones: what may be wrong with a write is told by those to the file. */
    private Arbitrary<TwinWrite> twinWrites() {
        return Arbitraries.frequencyOf(
                        Tuple.of(
                                2,
                                sectorPlaces().map(place -> Write.atomic(place.get1() / unitMin * unitMin, unitMin))),
                        Tuple.of(1, writes(Access.DIRECT, blockPlaces())),
                        Tuple.of(1, writes(Access.BUFFERED, wordPlaces())))
                .map(Write::toTwin);
    }

    /** Blocks that the two files share, or two ranges of the file, writes to both, and reads of both. */
    private Arbitrary<List<Operation>> writtenBothWays() {
        int length = UNITS * target.allocationUnit();
        Arbitrary<Operation> written = Arbitraries.frequencyOf(
                Tuple.of(2, twinWrites()),
                Tuple.of(1, twinWrites().map(TwinWrite::write)),
                Tuple.of(1, one(OperationKind.CLONE_RANGE)));
        Arbitrary<CloneRange> clones = Arbitraries.of(
                new CloneRange(Subject.FILE, 0, Subject.TWIN, 0, length),
                new CloneRange(Subject.TWIN, 0, Subject.FILE, 0, length),
                CloneRange.within(0, length, length));
        return Combinators.combine(clones, some(written, 3)).as((clone, tried) -> {
            Write data = Write.plain(Access.DIRECT, 0, length);
            return around(
                    List.of(clone.from() == Subject.FILE ? data : data.toTwin(), clone),
                    tried,
                    List.of(
                            new Read(RwFlags.NONE, Access.BUFFERED, Subject.FILE, 0, length),
                            new Read(RwFlags.NONE, Access.BUFFERED, Subject.TWIN, 0, length)));
        });
    }

    private Arbitrary<List<Operation>> collapsed() {
        int unit = target.allocationUnit();
        return Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(1, 2))
                .as((before, units) -> List.of(
                        new Fallocate(Fallocate.Mode.ALLOCATE, 0, (before + units + 1) * unit),
                        new Fallocate(Fallocate.Mode.COLLAPSE_RANGE, (long) before * unit, units * unit)));
    }

    /** Atomic and plain writes at the position, one in four of them of a length that is refused. */
    private Arbitrary<List<Operation>> positionTold() {
        Arbitrary<Integer> lengths = Arbitraries.frequency(Tuple.of(3, unitMin), Tuple.of(1, unitMin + SECTOR));
        Arbitrary<Write> writes = Combinators.combine(Arbitraries.of(true, false), lengths, Arbitraries.of(engines))
                .as((atomic, length, engine) -> (atomic
                                ? Write.atomic(Write.AT_POSITION, length)
                                : Write.plain(Access.DIRECT, Write.AT_POSITION, length))
                        .through(engine));
        return writes.list().ofSize(3).map(all -> Stream.concat(
                        Stream.of(new Reopen(OpenMode.READ_WRITE)),
                        all.stream().flatMap(write -> Stream.of(write, new TellPosition(Access.DIRECT))))
                .map(Operation.class::cast)
                .toList());
    }

    /** A sparse file, that shares a block if it can, on a full file system; operations that need blocks; a part of a block then. */
    private Arbitrary<List<Operation>> storedWithoutSpace() {
        Arbitrary<Operation> stored = Arbitraries.oneOf(
                one(OperationKind.MAP_STORE),
                plainWrites(),
                one(OperationKind.TRUNCATE),
                one(OperationKind.FALLOCATE),
                one(OperationKind.CLONE_RANGE));
        int block = target.blockSize();
        List<Operation> shared = target.reflink()
                ? List.of(Write.plain(Access.DIRECT, 0, block), new CloneRange(Subject.FILE, 0, Subject.TWIN, 0, block))
                : List.of();
        return Combinators.combine(some(stored, 2), writes(Access.BUFFERED, wordPlaces()))
                .as((tried, rest) -> around(
                        around(
                                List.of(new Truncate(0)),
                                shared,
                                List.of(new Truncate(FAR), new FillSpace(FreeSpace.NOTHING))),
                        tried,
                        List.of(new FillSpace(FreeSpace.PLENTY), rest)));
    }

    /** A file that ends inside a block, and blocks that are appended to it. */
    private Arbitrary<List<Operation>> appendedToOddEnd() {
        int block = Math.max(target.blockSize(), 2 * SECTOR);
        return Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(1, block / SECTOR - 1),
                        Arbitraries.integers().between(1, 4))
                .as((before, sectors, appended) -> List.of(
                        new Truncate(before * block + sectors * SECTOR),
                        Write.plain(Access.DIRECT, 0, appended * block).with(RwFlags.of(RwFlag.APPEND))));
    }

    /**
     * A file that ends inside a block, with its page in the cache or not; a change of that block and some after it; and what
     * goes to the page then.
     */
    private Arbitrary<List<Operation>> changedBlockOfEnd() {
        int block = Math.max(target.allocationUnit(), 2 * SECTOR);
        return Combinators.combine(
                        Arbitraries.of(Access.DIRECT, Access.BUFFERED),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(1, block / SECTOR - 1),
                        Arbitraries.of(Fallocate.Mode.values()),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of(true, false))
                .as((access, before, sectors, mode, blocks, appends) -> {
                    long start = (long) before * block;
                    Operation append = Write.atomic(0, unitMin).with(RwFlags.ATOMIC.with(RwFlag.APPEND));
                    return around(
                            List.of(new Truncate(0), Write.plain(access, start, sectors * SECTOR)),
                            appends ? List.of(append) : List.of(),
                            List.of(
                                    new Fallocate(mode, start, blocks * block),
                                    Write.plain(Access.BUFFERED, start, WORD),
                                    Sync.fsync()));
                });
    }

    /**
     * Blocks of an empty file, shared if they can be, of which a part is overwritten in the page cache; and an atomic write close
     * to it. What a file held before may have left blocks for copies.
     */
    private Arbitrary<List<Operation>> meetingDelayedCopy() {
        int block = Math.max(target.allocationUnit(), unitMin);
        int blocks = (int) (FAR / block);
        return Combinators.combine(
                        Arbitraries.integers().between(0, blocks - 1),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, blocks - 1),
                        Arbitraries.of(unitMin, (int) Math.max(unitMin, Math.min(FAR, unitMax))))
                .as((dirty, cut, at, length) -> {
                    long page = (long) dirty * block;
                    List<Operation> shared = target.reflink()
                            ? List.of(new CloneRange(Subject.FILE, page, Subject.TWIN, page, block))
                            : List.of();
                    Operation part = Write.plain(Access.BUFFERED, page, WORD);
                    List<Operation> dirtied = cut ? List.of(part, new Truncate(page)) : List.of(part);
                    return around(
                            List.of(new Truncate(0), Write.plain(Access.DIRECT, page, block)),
                            around(shared, dirtied, List.of()),
                            List.of(Write.atomic((long) at * block / length * length, length)));
                });
    }

    private static Arbitrary<List<Operation>> some(Arbitrary<Operation> each, int count) {
        return each.list().ofSize(count);
    }

    private static List<Operation> around(List<Operation> before, List<Operation> tried, List<Operation> after) {
        return Stream.of(before, tried, after).flatMap(List::stream).toList();
    }

    /** A file as long as it may be, which a range is inserted into. */
    private Arbitrary<List<Operation>> grownBeyondSizeLimit() {
        int unit = Math.max(target.allocationUnit(), SECTOR);
        return Combinators.combine(
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.integers().between(1, 2))
                .as((before, inserted) -> List.of(
                        Write.plain(Access.DIRECT, 0, 2 * unit),
                        new LimitFileSize(2L * unit),
                        new Fallocate(Fallocate.Mode.INSERT_RANGE, (long) before * unit, inserted * unit),
                        new LimitFileSize(LimitFileSize.UNLIMITED)));
    }

    /** A file that is nearly as large as it can be, and operations that could make it larger. */
    private Arbitrary<List<Operation>> grownToLargestFile() {
        int unit = target.allocationUnit();
        long most = Math.min(target.largestFile(), Operation.MAX_OFFSET / 2) / unit * unit;
        Operation end = new Truncate(most - unit);
        Arbitrary<Operation> grows = Arbitraries.of(
                new Truncate(most + unit),
                new Fallocate(Fallocate.Mode.INSERT_RANGE, 0, 2 * unit),
                new Fallocate(Fallocate.Mode.INSERT_RANGE, 0, unit),
                new Fallocate(Fallocate.Mode.ALLOCATE, most - unit, 2 * unit),
                new Fallocate(Fallocate.Mode.ALLOCATE_KEEP_SIZE, most, 2 * unit),
                new Fallocate(Fallocate.Mode.PUNCH_HOLE, most - unit, 2 * unit),
                Write.plain(Access.DIRECT, most - unit, 2 * unit),
                Write.plain(Access.BUFFERED, most + unit, unit),
                Write.plain(Access.BUFFERED, most - unit, 2 * unit));
        return some(grows, 3)
                .map(tried -> around(
                        List.of(end),
                        Stream.concat(
                                        Stream.of(new Fallocate(Fallocate.Mode.INSERT_RANGE, 0, 2 * unit)),
                                        tried.stream())
                                .toList(),
                        List.of(Read.plain(Access.DIRECT, most - unit, 2 * unit), new Truncate(0))));
    }

    private static List<Operation> everyWay() {
        return Stream.of(Statx.Via.values()).<Operation>map(Statx::new).toList();
    }

    /**
     * Live remounts with one option value that each check of the kernel refuses, and one that it takes; what is taken stays in
     * force or not.
     */
    private Arbitrary<List<Operation>> triedOptions() {
        long block = target.blockSize();
        Arbitrary<Remount> noNumber = live(
                Arbitraries.of((long) unitMin, 2L * unitMin),
                Arbitraries.of(
                        Notation.MINUS_SIGN,
                        Notation.HEXADECIMAL,
                        Notation.TWO_SUFFIXES,
                        Notation.SUFFIX_ALONE,
                        Notation.NOTHING));
        Arbitrary<Remount> zero = live(
                Arbitraries.just(0L),
                Arbitraries.of(
                        Notation.KIBIBYTES, Notation.CAPITAL_GIBIBYTES, Notation.LEADING_ZERO, Notation.PLUS_SIGN));
        Arbitrary<Remount> noPower =
                live(Arbitraries.of(5000L, 3 * block, block + 1), Arbitraries.of(Notation.BYTES, Notation.PLUS_SIGN));
        Arbitrary<Remount> tooSmall =
                live(Arbitraries.of(1L, 512L, block / 2), Arbitraries.of(Notation.BYTES, Notation.LEADING_ZERO));
        Arbitrary<Remount> tooLarge = live(Arbitraries.of(1L << 30, 1L << 31, 1L << 40), numbers());
        Arbitrary<Remount> taken = live(Arbitraries.of(block, 2 * block, 4 * block, 16 * block), numbersOfKibibytes());
        Arbitrary<List<Remount>> last = Arbitraries.of(List.of(), List.of(new Remount(Remount.Way.LIVE, 0)));
        return Combinators.combine(noNumber, zero, noPower, tooSmall, tooLarge, taken, last)
                .as((word, none, odd, small, large, right, reset) -> Stream.concat(
                                Stream.of(word, none, odd, small, large, right), reset.stream())
                        .map(Operation.class::cast)
                        .toList());
    }

    private static Arbitrary<Remount> live(Arbitrary<Long> bytes, Arbitrary<Notation> notations) {
        return Combinators.combine(bytes, notations)
                .as((value, notation) -> new Remount(Remount.Way.LIVE, value, notation));
    }

    private static Arbitrary<Notation> numbersOfKibibytes() {
        return Arbitraries.of(
                Notation.BYTES,
                Notation.KIBIBYTES,
                Notation.CAPITAL_KIBIBYTES,
                Notation.LEADING_ZERO,
                Notation.PLUS_SIGN);
    }

    private static Arbitrary<Notation> numbers() {
        return Arbitraries.of(
                Notation.BYTES,
                Notation.KIBIBYTES,
                Notation.MEBIBYTES,
                Notation.CAPITAL_MEBIBYTES,
                Notation.GIBIBYTES,
                Notation.CAPITAL_GIBIBYTES);
    }

    private Arbitrary<Remount> remounts() {
        Arbitrary<Long> most = target.kind() == TargetKind.XFS
                ? Arbitraries.frequency(
                        Tuple.of(2, 0L), Tuple.of(1, (long) unitMin), Tuple.of(1, 4L * unitMin), Tuple.of(1, 5000L))
                : Arbitraries.of(0L, (long) unitMin);
        return Combinators.combine(Arbitraries.of(Remount.Way.values()), most).as(Remount::new);
    }

    /** Whether an operation goes to the end of a device; never in a file, because its end moves. */
    private Arbitrary<Boolean> ends() {
        return file ? Arbitraries.just(false) : Arbitraries.frequency(Tuple.of(3, false), Tuple.of(1, true));
    }

    private Arbitrary<Tuple2<Long, Integer>> sectorPlaces() {
        return places(SECTOR, 64);
    }

    private Arbitrary<Tuple2<Long, Integer>> wordPlaces() {
        return places(WORD, 1500);
    }

    /** Places for what may go wrong halfway: not much longer than a block, so that there are few ways to do so. */
    private Arbitrary<Tuple2<Long, Integer>> oddPlaces() {
        return places(WORD, 600);
    }

    private Arbitrary<Tuple2<Long, Integer>> blockPlaces() {
        return places(target.allocationUnit(), 16);
    }

    /** Offsets and lengths in steps, within a few units from the start of a region, or around the end of a device. */
    private Arbitrary<Tuple2<Long, Integer>> places(int step, int maxSteps) {
        int reach = Math.max(UNITS * unitMin, 1 << 16) / step;
        return Combinators.combine(
                        Arbitraries.integers().between(0, reach),
                        Arbitraries.integers().between(1, maxSteps),
                        regions(),
                        ends())
                .as((start, steps, region, atEnd) ->
                        Tuple.of(atEnd ? size - (start - 2L) * step : region + (long) start * step, steps * step));
    }

    /**
     * Where regions begin that operations meet in: the start, where XFS no longer allocates a copy together with it, and in a
     * file what has the same lower 32 bits.
     */
    private Arbitrary<Long> regions() {
        return Arbitraries.frequency(Tuple.of(24, 0L), Tuple.of(6, FAR), Tuple.of(file ? 1 : 0, PAST_32_BITS));
    }

    /** Atomic writes, one in some misaligned, and plain ones of pages; or buffered ones. */
    private Arbitrary<Batch> batches(Engine engine) {
        Arbitrary<Integer> lengths =
                Arbitraries.of(unitMin, Math.min(2 * unitMin, unitMax), Math.min(4 * unitMin, unitMax));
        Arbitrary<Write> atomic = Combinators.combine(
                        sectorPlaces(), lengths, Arbitraries.frequency(Tuple.of(9, 0), Tuple.of(1, SECTOR)))
                .as((place, length, shift) -> Write.atomic(place.get1() / length * length + shift, length));
        Arbitrary<Write> direct = Arbitraries.frequencyOf(
                Tuple.of(3, atomic),
                Tuple.of(1, writes(Access.DIRECT, places(Buffer.PAGE, 8))),
                Tuple.of(1, atomic.map(write -> write.with(write.flags().with(RwFlag.DSYNC)))));
        return Arbitraries.frequencyOf(Tuple.of(5, direct), Tuple.of(1, writes(Access.BUFFERED, wordPlaces())))
                .list()
                .ofMinSize(2)
                .ofMaxSize(Batch.MAX_REQUESTS)
                .filter(requests ->
                        requests.stream().map(Write::access).distinct().count() == 1)
                .map(requests -> new Batch(
                        requests.stream().map(write -> write.through(engine)).toList()));
    }

    /** Pieces of a block or less, or of some words, close to each other; on a device written alone. */
    private Arbitrary<Layout> layouts() {
        int block = Math.max(target.blockSize(), SECTOR);
        Arbitrary<Layout.Piece> what =
                file ? Arbitraries.of(Layout.Piece.values()) : Arbitraries.just(Layout.Piece.WRITE);
        return Combinators.combine(
                        what,
                        Arbitraries.integers().between(0, 24),
                        regions(),
                        Arbitraries.frequency(
                                Tuple.of(4, block), Tuple.of(2, SECTOR), Tuple.of(1, 2 * block), Tuple.of(1, 3 * WORD)),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(2, 40))
                .as((piece, start, region, length, apart, count) ->
                        new Layout(piece, region + (long) start * block, length, apart * length, count));
    }

    private Arbitrary<CloneRange> clones() {
        int block = Math.max(target.blockSize(), SECTOR);
        Arbitrary<Integer> blocks = Arbitraries.integers().between(0, 24);
        Arbitrary<Integer> shift = Arbitraries.frequency(Tuple.of(9, 0), Tuple.of(1, SECTOR));
        Arbitrary<Subject> subject = file
                ? Arbitraries.frequency(Tuple.of(4, Subject.FILE), Tuple.of(1, Subject.TWIN))
                : Arbitraries.just(Subject.FILE);
        Arbitrary<Tuple2<Long, Long>> starts =
                Combinators.combine(regions(), regions()).as(Tuple::of);
        return Combinators.combine(
                        blocks, blocks, Arbitraries.integers().between(1, 6), shift, subject, subject, starts)
                .as((from, to, length, by, source, destination, start) -> new CloneRange(
                        source,
                        start.get1() + (long) from * block + by,
                        destination,
                        start.get2() + (long) to * block,
                        length * block));
    }
}
