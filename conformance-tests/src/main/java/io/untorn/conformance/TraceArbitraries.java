package io.untorn.conformance;

import io.untorn.model.Access;
import io.untorn.model.Environment;
import io.untorn.model.Limits;
import io.untorn.model.Operation;
import io.untorn.model.Operation.Allocate;
import io.untorn.model.Operation.CloneRange;
import io.untorn.model.Operation.Fsync;
import io.untorn.model.Operation.PunchHole;
import io.untorn.model.Operation.Read;
import io.untorn.model.Operation.Statx;
import io.untorn.model.Operation.Truncate;
import io.untorn.model.Operation.Write;
import io.untorn.model.Target;
import io.untorn.model.Trace;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/**
 * Generates traces for a target: most operations meet in a few hot regions, and of the atomic writes more than a third
 * are illegal, by one reason at a time or by two.
 */
final class TraceArbitraries {
    private static final int MAX_OPERATIONS = 30;
    private static final int SECTOR = 512;
    private static final int WORD = 8;

    /** The largest atomic write that is generated as legal: larger ones cost time and show nothing new. */
    private static final int LARGEST_UNIT = 1 << 20;

    /** How many units from its start a hot region reaches. */
    private static final int UNITS = 6;

    private final Target target;
    private final long size;
    private final int unitMin;
    private final int unitMax;
    private final int legalMax;
    private final List<Tuple2<Integer, Flaw>> flaws;

    private TraceArbitraries(Target target, Environment environment) {
        Limits limits = environment.limits();
        this.target = target;
        this.size = environment.size();
        this.unitMin = limits.supported() ? (int) limits.unitMin() : target.blockSize();
        this.legalMax = limits.supported() ? (int) Math.min(limits.unitMax(), Operation.MAX_LENGTH / 2) : 1 << 16;
        this.unitMax = Math.max(unitMin, Math.min(legalMax, LARGEST_UNIT));
        this.flaws = Stream.of(Flaw.values())
                .filter(flaw -> !target.kind().isFile() || !flaw.needsEnd)
                .map(flaw -> Tuple.of(flaw.weight, flaw))
                .toList();
    }

    /** Return traces of 1 to {@value #MAX_OPERATIONS} operations. */
    static Arbitrary<Trace> of(Target target, Environment environment) {
        return new TraceArbitraries(target, environment)
                .operations()
                .list()
                .ofMinSize(1)
                .ofMaxSize(MAX_OPERATIONS)
                .withSizeDistribution(RandomDistribution.uniform())
                .map(operations -> new Trace(target, operations));
    }

    private Arbitrary<Operation> operations() {
        boolean file = target.kind().isFile();
        return Arbitraries.frequencyOf(List.of(
                weighted(30, legalAtomicWrites()),
                weighted(24, illegalAtomicWrites()),
                weighted(9, sectorPlaces().map(place -> Write.plain(Access.DIRECT, place.get1(), place.get2()))),
                weighted(9, wordPlaces().map(place -> Write.plain(Access.BUFFERED, place.get1(), place.get2()))),
                weighted(3, wordPlaces().map(place -> Write.plain(Access.DIRECT, place.get1(), place.get2()))),
                weighted(2, wordPlaces().map(place -> Write.plain(Access.BUFFERED, place.get1(), 0))),
                weighted(6, sectorPlaces().map(place -> new Read(Access.DIRECT, place.get1(), place.get2()))),
                weighted(6, wordPlaces().map(place -> new Read(Access.BUFFERED, place.get1(), place.get2()))),
                weighted(1, wordPlaces().map(place -> new Read(Access.DIRECT, place.get1(), place.get2()))),
                weighted(file ? 6 : 1, wordPlaces().map(place -> new Truncate(place.get1()))),
                weighted(2, Arbitraries.just(new Fsync())),
                weighted(2, Arbitraries.just(new Statx())),
                weighted(file ? 4 : 1, blockPlaces().map(place -> new Allocate(place.get1(), place.get2()))),
                weighted(file ? 4 : 1, wordPlaces().map(place -> new PunchHole(place.get1(), place.get2()))),
                weighted(1, blockPlaces().map(place -> new Allocate(place.get1(), 0))),
                weighted(1, blockPlaces().map(place -> new PunchHole(place.get1(), 0))),
                weighted(file ? 5 : 1, clones())));
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
        Arbitrary<List<Flaw>> reasons = Arbitraries.frequency(flaws)
                .list()
                .ofMinSize(1)
                .ofMaxSize(2)
                .withSizeDistribution(RandomDistribution.gaussian(4));
        return Combinators.combine(legalAtomicWrites(), reasons).as((write, list) -> {
            Write flawed = write;
            for (Flaw flaw : list) {
                flawed = flaw.in(flawed, this);
            }
            return flawed;
        });
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
        return target.kind().isFile()
                ? Arbitraries.just(false)
                : Arbitraries.frequency(Tuple.of(3, false), Tuple.of(1, true));
    }

    private Arbitrary<Tuple2<Long, Integer>> sectorPlaces() {
        return places(SECTOR, 64);
    }

    private Arbitrary<Tuple2<Long, Integer>> wordPlaces() {
        return places(WORD, 1500);
    }

    private Arbitrary<Tuple2<Long, Integer>> blockPlaces() {
        return places(target.blockSize(), 16);
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
        return Combinators.combine(blocks, blocks, Arbitraries.integers().between(1, 6), shift)
                .as((from, to, length, by) ->
                        new CloneRange((long) from * block + by, (long) to * block, length * block));
    }

    /** One reason for which an atomic write is illegal. */
    private enum Flaw {
        BUFFERED(4, false) {
            @Override
            Write in(Write write, TraceArbitraries on) {
                return new Write(true, Access.BUFFERED, write.offset(), write.length(), write.segments());
            }
        },
        TWO_SEGMENTS(4, false) {
            @Override
            Write in(Write write, TraceArbitraries on) {
                return new Write(true, write.access(), write.offset(), write.length(), 2);
            }
        },
        MISALIGNED_BY_HALF(4, false) {
            @Override
            Write in(Write write, TraceArbitraries on) {
                return at(write, write.offset() + write.length() / 2);
            }
        },
        MISALIGNED_BY_SECTOR(2, false) {
            @Override
            Write in(Write write, TraceArbitraries on) {
                return at(write, write.offset() + SECTOR);
            }
        },
        MISALIGNED_BY_BYTE(2, false) {
            @Override
            Write in(Write write, TraceArbitraries on) {
                return at(write, write.offset() + 1);
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
        TOO_LONG(2, false) {
            @Override
            Write in(Write write, TraceArbitraries on) {
                return at(sized(write, 2 * on.legalMax), 0);
            }
        },
        EMPTY(2, false) {
            @Override
            Write in(Write write, TraceArbitraries on) {
                return sized(write, 0);
            }
        },
        BEHIND_END(1, true) {
            @Override
            Write in(Write write, TraceArbitraries on) {
                return at(write, on.size);
            }
        },
        ACROSS_END(1, true) {
            @Override
            Write in(Write write, TraceArbitraries on) {
                int length = (int) Math.min(Operation.MAX_LENGTH, 2 * Long.lowestOneBit(on.size));
                return at(sized(write, length), on.size / length * length);
            }
        };

        private final int weight;
        private final boolean needsEnd;

        Flaw(int weight, boolean needsEnd) {
            this.weight = weight;
            this.needsEnd = needsEnd;
        }

        abstract Write in(Write write, TraceArbitraries on);

        private static Write at(Write write, long offset) {
            return new Write(true, write.access(), offset, write.length(), write.segments());
        }

        private static Write sized(Write write, int length) {
            return new Write(
                    true, write.access(), write.offset(), Math.min(length, Operation.MAX_LENGTH), write.segments());
        }
    }
}
