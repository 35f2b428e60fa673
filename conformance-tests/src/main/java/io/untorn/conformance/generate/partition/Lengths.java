package io.untorn.conformance.generate.partition;

import static io.untorn.conformance.generate.partition.Testbed.HUGE;
import static io.untorn.conformance.generate.partition.Testbed.SECTOR;

import java.util.Random;
import java.util.function.ToLongFunction;

/** How long a write is. */
final class Lengths {
    /** The rule that refuses writes to files that are too long, before others look at them. */
    static final String OF_FILES = "length-within-file-limits";

    /** How many doublings of the smallest unit most writes stay within. */
    private static final int USUAL = 2;

    static final Dimension LENGTH = new Dimension(
                    "length",
                    Cell.of("zero", attempt -> attempt.length() == 0, sized(testbed -> 0))
                            .illegal(2),
                    Cell.of("huge", attempt -> attempt.length() >= HUGE, sized(Lengths::huge))
                            .illegal(1),
                    Cell.of(
                                    "no power of two",
                                    attempt -> Integer.bitCount(attempt.length()) != 1,
                                    Lengths::noPowerOfTwo)
                            .illegal(6),
                    Cell.of("below minimum", attempt -> attempt.length() < attempt.unitMin(), Lengths::belowMinimum)
                            .illegal(5),
                    Cell.of("minimum", attempt -> attempt.length() == attempt.unitMin(), sized(Testbed::unitMin))
                            .legal(25),
                    Cell.of(
                                    "above maximum",
                                    attempt -> attempt.length() > attempt.unitMax(),
                                    sized(testbed -> 2L * testbed.unitMax()))
                            .illegal(2)
                            .on(Testbed::hasRoomAboveMaximum),
                    Cell.of("maximum", attempt -> attempt.length() == attempt.unitMax(), sized(Testbed::unitMax))
                            .legal(3)
                            .on(Testbed::hasLargerUnits),
                    Cell.of("between", attempt -> true, Lengths::between)
                            .legal(25)
                            .on(Testbed::hasUnitsBetween))
            .ordinarily(attempt -> attempt.with(attempt.write().sized(attempt.unitMin())));

    private Lengths() {}

    private static Cell.Maker sized(ToLongFunction<Testbed> length) {
        return (draft, random) -> draft.sized(length.applyAsLong(draft.testbed()));
    }

    private static long huge(Testbed testbed) {
        return Math.max(HUGE, 2L * testbed.unitMax());
    }

    private static Draft noPowerOfTwo(Draft draft, Random random) {
        int unit = unit(draft.testbed(), 0, random);
        return draft.sized(random.nextInt(3) == 0 ? unit - 1 : unit / 2 * 3);
    }

    private static Draft belowMinimum(Draft draft, Random random) {
        int half = draft.testbed().unitMin() / 2;
        return draft.sized(random.nextInt(5) == 0 ? Math.min(half, SECTOR / 2) : half);
    }

    private static Draft between(Draft draft, Random random) {
        return draft.sized(unit(draft.testbed(), 1, random));
    }

    /** Return the smallest unit, doubled some times, more often a few times than many. */
    private static int unit(Testbed testbed, int atLeast, Random random) {
        int most = Math.max(1, Math.min(testbed.unitMax() / 2, Testbed.COSTLY) / testbed.unitMin());
        int steps = Integer.numberOfTrailingZeros(most);
        int bound = random.nextInt(4) == 0 ? steps : Math.min(USUAL, steps);
        return testbed.unitMin() << (atLeast + random.nextInt(Math.max(1, bound + 1 - atLeast)));
    }
}
