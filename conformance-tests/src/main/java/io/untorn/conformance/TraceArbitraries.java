package io.untorn.conformance;

import io.untorn.model.Access;
import io.untorn.model.Buffer;
import io.untorn.model.CloneRange;
import io.untorn.model.Engine;
import io.untorn.model.Environment;
import io.untorn.model.Facility;
import io.untorn.model.Fallocate;
import io.untorn.model.LimitFileSize;
import io.untorn.model.MapExtents;
import io.untorn.model.MapLoad;
import io.untorn.model.MapStore;
import io.untorn.model.OpenMode;
import io.untorn.model.Operation;
import io.untorn.model.PowerCut;
import io.untorn.model.Read;
import io.untorn.model.Remount;
import io.untorn.model.Reopen;
import io.untorn.model.RwFlag;
import io.untorn.model.RwFlags;
import io.untorn.model.Split;
import io.untorn.model.Statx;
import io.untorn.model.Subject;
import io.untorn.model.Sync;
import io.untorn.model.Target;
import io.untorn.model.TargetKind;
import io.untorn.model.Trace;
import io.untorn.model.Truncate;
import io.untorn.model.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/**
 * Generates traces for a target: most operations meet in a few hot regions, and of the atomic writes more than a third
 * are illegal, by one reason at a time or by two.
 */
public final class TraceArbitraries {
    private static final int MAX_OPERATIONS = 30;

    /** How many tries jqwik is told that there are: what values it then prefers does not matter here. */
    private static final int SIZE_HINT = 1000;

    /** One trace in so many begins with a patchwork. */
    private static final int PATCHED = 3;

    private static final int SECTOR = 512;
    private static final int WORD = 8;

    /** The largest atomic write that is generated as legal: larger ones cost time and show nothing new. */
    private static final int LARGEST_UNIT = 1 << 20;

    /** How many units from its start a hot region reaches. */
    private static final int UNITS = 6;

    private static final List<Tuple2<Integer, Engine>> ENGINES = List.of(
            Tuple.of(6, Engine.PWRITEV2),
            Tuple.of(3, Engine.IO_URING),
            Tuple.of(2, Engine.IO_URING_FIXED),
            Tuple.of(2, Engine.LIBAIO));

    private final Target target;
    private final long size;
    private final int unitMin;
    private final int unitMax;
    private final int legalMax;
    private final boolean file;
    private final boolean cutsPower;
    private final List<Tuple2<Integer, Flaw>> flaws;
    private final List<Tuple2<Integer, Engine>> engines;

    private TraceArbitraries(Target target, Environment environment, Set<Facility> facilities) {
        this.target = target;
        this.cutsPower = facilities.contains(Facility.POWER_CUT);
        this.size = environment.size();
        this.file = target.kind().isFile();
        this.unitMin = (int) Partition.Ground.unitMin(target, environment);
        this.legalMax = (int) Math.min(Partition.Ground.unitMax(target, environment), Operation.MAX_LENGTH / 2);
        this.unitMax = Math.max(unitMin, Math.min(legalMax, LARGEST_UNIT));
        this.engines = ENGINES.stream()
                .filter(weighted -> weighted.get2().facility() == Facility.NONE
                        || facilities.contains(weighted.get2().facility()))
                .toList();
        this.flaws = Stream.of(Flaw.values())
                .filter(flaw -> !file || !flaw.needsEnd)
                .map(flaw -> Tuple.of(flaw.weight, flaw))
                .toList();
    }

    /** Return traces of 1 to {@value #MAX_OPERATIONS} operations. */
    public static Arbitrary<Trace> of(Target target, Environment environment, Set<Facility> facilities) {
        RandomGenerator<Operation> operations = new TraceArbitraries(target, environment, facilities)
                .operations()
                .generator(SIZE_HINT);
        RandomGenerator<List<Operation>> patchworks = Patchwork.of(target).generator(SIZE_HINT);
        RandomGenerator<List<Operation>> lists = random -> {
            List<Shrinkable<Operation>> all = new ArrayList<>();
            if (random.nextInt(PATCHED) == 0) {
                patchworks.next(random).value().forEach(operation -> all.add(Shrinkable.unshrinkable(operation)));
            }
            Stream.generate(() -> operations.next(random))
                    .limit(1 + random.nextInt(MAX_OPERATIONS))
                    .forEach(all::add);
            return new ShrinkableOperations(all);
        };
        return Arbitraries.fromGenerator(lists).map(list -> new Trace(target, list));
    }

    private Arbitrary<Operation> operations() {
        return Arbitraries.frequencyOf(List.of(
                weighted(300, engined(legalAtomicWrites())),
                weighted(60, engined(flagged(legalAtomicWrites()))),
                weighted(15, legalAtomicWrites().map(write -> write.with(new Buffer(SECTOR, 0)))),
                weighted(200, engined(illegalAtomicWrites())),
                weighted(200, engined(anyAtomicWrites())),
                weighted(80, sectorPlaces().map(place -> Write.plain(Access.DIRECT, place.get1(), place.get2()))),
                weighted(80, wordPlaces().map(place -> Write.plain(Access.BUFFERED, place.get1(), place.get2()))),
                weighted(20, oddPlaces().map(place -> Write.plain(Access.DIRECT, place.get1(), place.get2()))),
                weighted(20, engined(wordPlaces().map(place -> Write.plain(Access.BUFFERED, place.get1(), 0)))),
                weighted(60, engined(flagged(plainWrites()))),
                weighted(15, engined(plainWrites().map(write -> write.at(Write.AT_POSITION)))),
                weighted(60, sectorPlaces().map(place -> Read.plain(Access.DIRECT, place.get1(), place.get2()))),
                weighted(50, wordPlaces().map(place -> Read.plain(Access.BUFFERED, place.get1(), place.get2()))),
                weighted(10, wordPlaces().map(place -> Read.plain(Access.DIRECT, place.get1(), place.get2()))),
                weighted(20, flaggedReads()),
                weighted(10, wordPlaces().map(place -> new MapLoad(place.get1(), place.get2()))),
                weighted(20, wordPlaces().map(place -> new MapStore(place.get1(), place.get2()))),
                weighted(file ? 60 : 10, wordPlaces().map(place -> new Truncate(place.get1()))),
                weighted(20, Arbitraries.of(Sync.Way.values()).map(Sync::new)),
                weighted(20, Arbitraries.just(new Statx())),
                weighted(10, Arbitraries.just(new MapExtents())),
                weighted(25, modes().map(Reopen::new)),
                weighted(file ? 70 : 15, fallocates()),
                weighted(file ? 20 : 5, sizeLimits().map(LimitFileSize::new)),
                weighted(12, Arbitraries.just(new LimitFileSize(LimitFileSize.UNLIMITED))),
                weighted(2, remounts()),
                weighted(cutsPower ? 20 : 0, Arbitraries.just(new PowerCut())),
                weighted(file ? 50 : 5, clones())));
    }

    private static <T extends Operation> Tuple2<Integer, Arbitrary<Operation>> weighted(
            int weight, Arbitrary<T> operations) {
        return Tuple.of(weight, operations.map(operation -> operation));
    }

    private Arbitrary<Write> legalAtomicWrites() {
        return Combinators.combine(units(), Arbitraries.integers().between(0, UNITS), ends())
                .as((unit, index, atEnd) -> {
                    long offset = atEnd ? size / unit * unit - (index + 1L) * unit : (long) index * unit;
                    return Write.atomic(offset, unit);
                });
    }

    private Arbitrary<Write> illegalAtomicWrites() {
        Arbitrary<Flaw> reason = Arbitraries.frequency(flaws);
        Arbitrary<List<Flaw>> reasons = Arbitraries.frequencyOf(
                Tuple.of(3, reason.list().ofSize(1)), Tuple.of(1, reason.list().ofSize(2)));
        return Combinators.combine(legalAtomicWrites(), reasons).as((write, list) -> {
            Write flawed = write;
            for (Flaw flaw : list) {
                flawed = flaw.in(flawed, this);
            }
            return flawed;
        });
    }

    /** Atomic writes with every property drawn by itself: most are illegal, by many reasons. */
    private Arbitrary<Write> anyAtomicWrites() {
        Arbitrary<RwFlags> flags = Arbitraries.of(RwFlag.values())
                .list()
                .ofMaxSize(2)
                .withSizeDistribution(RandomDistribution.uniform())
                .map(list -> RwFlags.of(list.toArray(RwFlag[]::new)).with(RwFlag.ATOMIC));
        Arbitrary<Buffer> buffers = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.just(Buffer.PLAIN)),
                Tuple.of(1, Arbitraries.of(SECTOR, 4, 1).map(offset -> new Buffer(offset, 0))));
        Arbitrary<Split> splits = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(Split.ONE)), Tuple.of(1, Arbitraries.of(Split.values())));
        return Combinators.combine(
                        anyLengths(),
                        Arbitraries.of(Shift.values()),
                        Arbitraries.of(Access.values()),
                        flags,
                        splits,
                        buffers)
                .as((length, shift, access, bits, split, buffer) ->
                        new Write(bits, access, shift.offset(length, this), length, split, buffer, Engine.PWRITEV2));
    }

    private Arbitrary<Integer> anyLengths() {
        return Arbitraries.frequencyOf(
                Tuple.of(
                        8,
                        Arbitraries.of(
                                0, SECTOR / 2, unitMin / 2, unitMin, Math.min(2 * unitMin, legalMax), 3 * unitMin)),
                Tuple.of(1, Arbitraries.of(legalMax, 2 * legalMax, Math.max(2 << 20, legalMax))));
    }

    private Arbitrary<Write> plainWrites() {
        Arbitrary<Write> direct = sectorPlaces().map(place -> Write.plain(Access.DIRECT, place.get1(), place.get2()));
        Arbitrary<Write> buffered = wordPlaces().map(place -> Write.plain(Access.BUFFERED, place.get1(), place.get2()));
        return Arbitraries.oneOf(direct, buffered);
    }

    /** Writes with flags that change how they are done, at a place or at the descriptor's position. */
    private Arbitrary<Write> flagged(Arbitrary<Write> writes) {
        Arbitrary<RwFlag> flag =
                Arbitraries.of(RwFlag.values()).filter(one -> one != RwFlag.ATOMIC && one != RwFlag.UNKNOWN);
        Arbitrary<List<RwFlag>> flags =
                flag.list().ofMinSize(0).ofMaxSize(2).withSizeDistribution(RandomDistribution.uniform());
        Arbitrary<Boolean> atPosition = Arbitraries.frequency(Tuple.of(4, false), Tuple.of(1, true));
        return Combinators.combine(writes, flags, atPosition).as((write, added, moved) -> {
            RwFlags all = write.flags();
            for (RwFlag one : added) {
                all = all.with(one);
            }
            return (moved ? write.at(Write.AT_POSITION) : write).with(all);
        });
    }

    /** Writes through the engines that the kernel has; what an engine can't take stays with pwritev2. */
    private Arbitrary<Write> engined(Arbitrary<Write> writes) {
        return Combinators.combine(writes, Arbitraries.frequency(engines))
                .as((write, engine) -> engine.takes(write.split()) ? write.through(engine) : write);
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
                Tuple.of(1, Arbitraries.of(Fallocate.Mode.COLLAPSE_RANGE, Fallocate.Mode.INSERT_RANGE)));
        return Combinators.combine(modes, places).as((mode, place) -> new Fallocate(mode, place.get1(), place.get2()));
    }

    /** Limits at a block's start, or within it, where they cut a write of one block. */
    private Arbitrary<Long> sizeLimits() {
        return Arbitraries.frequencyOf(Tuple.of(2, blockPlaces()), Tuple.of(1, sectorPlaces()))
                .map(Tuple2::get1);
    }

    private Arbitrary<Remount> remounts() {
        Arbitrary<Long> most = target.kind() == TargetKind.XFS
                ? Arbitraries.frequency(
                        Tuple.of(2, 0L), Tuple.of(1, (long) unitMin), Tuple.of(1, 4L * unitMin), Tuple.of(1, 5000L))
                : Arbitraries.frequency(Tuple.of(3, 0L), Tuple.of(1, (long) unitMin));
        return Combinators.combine(Arbitraries.of(Remount.Way.values()), most).as(Remount::new);
    }

    /** Legal lengths, small ones more often. */
    private Arbitrary<Integer> units() {
        int steps = Integer.numberOfTrailingZeros(unitMax) - Integer.numberOfTrailingZeros(unitMin);
        return Arbitraries.frequencyOf(
                        Tuple.of(3, Arbitraries.integers().between(0, Math.min(2, steps))),
                        Tuple.of(1, Arbitraries.integers().between(0, steps)))
                .map(step -> unitMin << step);
    }

    /** Whether an operation lies at the end of a device; never, in a file: its end moves. */
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

    /** Offsets and lengths in steps, within a few units from the start, or around the end of a device. */
    private Arbitrary<Tuple2<Long, Integer>> places(int step, int maxSteps) {
        int reach = Math.max(UNITS * unitMin, 1 << 16) / step;
        return Combinators.combine(
                        Arbitraries.integers().between(0, reach),
                        Arbitraries.integers().between(1, maxSteps),
                        ends())
                .as((start, steps, atEnd) ->
                        Tuple.of(atEnd ? size - (start - 2L) * step : (long) start * step, steps * step));
    }

    private Arbitrary<CloneRange> clones() {
        int block = Math.max(target.blockSize(), SECTOR);
        Arbitrary<Integer> blocks = Arbitraries.integers().between(0, 24);
        Arbitrary<Integer> shift = Arbitraries.frequency(Tuple.of(9, 0), Tuple.of(1, SECTOR));
        Arbitrary<Subject> subject = file
                ? Arbitraries.frequency(Tuple.of(4, Subject.FILE), Tuple.of(1, Subject.TWIN))
                : Arbitraries.just(Subject.FILE);
        return Combinators.combine(blocks, blocks, Arbitraries.integers().between(1, 6), shift, subject, subject)
                .as((from, to, length, by, source, destination) -> new CloneRange(
                        source, (long) from * block + by, destination, (long) to * block, length * block));
    }

    /** Where a write goes that may go anywhere. */
    private enum Shift {
        NATURAL {
            @Override
            long offset(int length, TraceArbitraries on) {
                return length;
            }
        },
        BY_BLOCK {
            @Override
            long offset(int length, TraceArbitraries on) {
                return on.target.blockSize();
            }
        },
        BY_SECTOR {
            @Override
            long offset(int length, TraceArbitraries on) {
                return SECTOR;
            }
        },
        BY_BYTE {
            @Override
            long offset(int length, TraceArbitraries on) {
                return 1;
            }
        },
        AT_POSITION {
            @Override
            long offset(int length, TraceArbitraries on) {
                return Write.AT_POSITION;
            }
        },
        NEGATIVE {
            @Override
            long offset(int length, TraceArbitraries on) {
                return Write.NEGATIVE;
            }
        };

        abstract long offset(int length, TraceArbitraries on);
    }

    /** One reason for which an atomic write is illegal. */
    private enum Flaw {
        BUFFERED(4, false) {
            @Override
            Write in(Write write, TraceArbitraries on) {
                return write.with(Access.BUFFERED);
            }
        },
        TWO_SEGMENTS(3, false) {
            @Override
            Write in(Write write, TraceArbitraries on) {
                return write.with(Split.TWO);
            }
        },
        EMPTY_SEGMENT(1, false) {
            @Override
            Write in(Write write, TraceArbitraries on) {
                return write.with(Split.EMPTY_LAST);
            }
        },
        TOO_MANY_SEGMENTS(1, false) {
            @Override
            Write in(Write write, TraceArbitraries on) {
                return write.with(Split.TOO_MANY);
            }
        },
        MISALIGNED_BY_HALF(4, false) {
            @Override
            Write in(Write write, TraceArbitraries on) {
                return write.at(write.stampedOffset() + write.length() / 2);
            }
        },
        MISALIGNED_BY_SECTOR(2, false) {
            @Override
            Write in(Write write, TraceArbitraries on) {
                return write.at(write.stampedOffset() + SECTOR);
            }
        },
        MISALIGNED_BY_BYTE(2, false) {
            @Override
            Write in(Write write, TraceArbitraries on) {
                return write.at(write.stampedOffset() + 1);
            }
        },
        NEGATIVE(1, false) {
            @Override
            Write in(Write write, TraceArbitraries on) {
                return write.at(Write.NEGATIVE);
            }
        },
        THREE_HALVES_LONG(4, false) {
            @Override
            Write in(Write write, TraceArbitraries on) {
                return sized(write, write.length() / 2 * 3);
            }
        },
        BYTE_SHORT(2, false) {
            @Override
            Write in(Write write, TraceArbitraries on) {
                return sized(write, Math.max(0, write.length() - 1));
            }
        },
        TOO_SHORT(4, false) {
            @Override
            Write in(Write write, TraceArbitraries on) {
                return sized(write, on.unitMin / 2);
            }
        },
        BELOW_LOGICAL_BLOCK(1, false) {
            @Override
            Write in(Write write, TraceArbitraries on) {
                return sized(write, SECTOR / 2);
            }
        },
        TOO_LONG(2, false) {
            @Override
            Write in(Write write, TraceArbitraries on) {
                return sized(write, 2 * on.legalMax).at(0);
            }
        },
        HUGE(1, false) {
            @Override
            Write in(Write write, TraceArbitraries on) {
                return sized(write, Math.max(2 << 20, 2 * on.legalMax)).at(0);
            }
        },
        EMPTY(2, false) {
            @Override
            Write in(Write write, TraceArbitraries on) {
                return sized(write, 0);
            }
        },
        MEMORY_MISALIGNED(2, false) {
            @Override
            Write in(Write write, TraceArbitraries on) {
                return write.with(new Buffer(1, 0));
            }
        },
        MEMORY_MISSING(1, false) {
            @Override
            Write in(Write write, TraceArbitraries on) {
                return write.with(new Buffer(0, (write.length() + SECTOR) / SECTOR * SECTOR));
            }
        },
        MEMORY_MISSING_IN_PART(2, false) {
            @Override
            Write in(Write write, TraceArbitraries on) {
                return write.with(new Buffer(0, SECTOR));
            }
        },
        PAGES_OF_MEMORY_MISSING(2, false) {
            @Override
            Write in(Write write, TraceArbitraries on) {
                return write.with(new Buffer(0, Math.max(Buffer.PAGE, write.length() / 2 / Buffer.PAGE * Buffer.PAGE)));
            }
        },
        UNKNOWN_FLAG(1, false) {
            @Override
            Write in(Write write, TraceArbitraries on) {
                return write.with(write.flags().with(RwFlag.UNKNOWN));
            }
        },
        APPEND_AND_NOAPPEND(1, false) {
            @Override
            Write in(Write write, TraceArbitraries on) {
                return write.with(write.flags().with(RwFlag.APPEND).with(RwFlag.NOAPPEND));
            }
        },
        BEHIND_END(1, true) {
            @Override
            Write in(Write write, TraceArbitraries on) {
                return write.at(on.size);
            }
        },
        ACROSS_END(1, true) {
            @Override
            Write in(Write write, TraceArbitraries on) {
                int length = (int) Math.min(Operation.MAX_LENGTH, 2 * Long.lowestOneBit(on.size));
                return sized(write, length).at(on.size / length * length);
            }
        };

        private final int weight;
        private final boolean needsEnd;

        Flaw(int weight, boolean needsEnd) {
            this.weight = weight;
            this.needsEnd = needsEnd;
        }

        abstract Write in(Write write, TraceArbitraries on);

        private static Write sized(Write write, int length) {
            return write.sized(Math.min(length, Operation.MAX_LENGTH));
        }
    }
}
