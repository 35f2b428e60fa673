package io.untorn.conformance.generate.partition;

import static io.untorn.conformance.generate.partition.Testbed.SECTOR;

import io.untorn.model.operation.Write;
import java.util.Random;

/** The offset that a write asks for. */
final class Offsets {
    static final Dimension OFFSET = new Dimension(
                    "offset",
                    Cell.of(
                                    "negative",
                                    attempt -> attempt.write().offset() == Write.NEGATIVE,
                                    (draft, random) -> draft.at(Write.NEGATIVE))
                            .illegal(1),
                    Cell.of(
                                    "the position",
                                    attempt -> attempt.write().offset() == Write.AT_POSITION,
                                    (draft, random) -> draft.at(Write.AT_POSITION))
                            .legal(3),
                    Cell.of(
                                    "aligned to length",
                                    attempt -> attempt.length() > 0 && attempt.isAligned(attempt.length()),
                                    Offsets::byLength)
                            .legal(60),
                    Cell.of("aligned to block", attempt -> attempt.isAligned(attempt.block()), Offsets::byBlock)
                            .illegal(3)
                            .hiddenOn(testbed -> !testbed.hasRoomFor(2), Lengths.OF_FILES),
                    Cell.of("aligned to sector", attempt -> attempt.isAligned(SECTOR), Offsets::bySector)
                            .illegal(4)
                            .on(Testbed::takesSectorsApart),
                    Cell.of("odd", attempt -> true, Offsets::odd).illegal(2))
            .ordinarily(attempt -> attempt.with(attempt.write().at(0)));

    private Offsets() {}

    private static Draft byLength(Draft draft, Random random) {
        return draft.at(draft.testbed().hotPlace(draft.length(), random));
    }

    /** If a block is as long as the write, the write is made longer: otherwise it would be aligned to its length. */
    private static Draft byBlock(Draft draft, Random random) {
        int block = draft.testbed().block();
        Draft longer = draft.length() == 0 ? draft : draft.sized(Math.max(draft.length(), 2 * block));
        long place = blockNear(longer, random) + block;
        boolean natural = longer.length() > 0 && place % longer.length() == 0;
        return longer.at(natural ? place + block : place);
    }

    private static Draft bySector(Draft draft, Random random) {
        int sectors = draft.testbed().block() / SECTOR;
        boolean half = random.nextBoolean();
        return draft.at(
                blockNear(draft, random) + SECTOR * (long) (half ? sectors / 2 : 1 + random.nextInt(sectors - 1)));
    }

    private static Draft odd(Draft draft, Random random) {
        return draft.at(
                blockNear(draft, random) + (random.nextBoolean() ? 1 : SECTOR / 2 + random.nextInt(SECTOR / 2)));
    }

    private static long blockNear(Draft draft, Random random) {
        int block = draft.testbed().block();
        return draft.testbed().hotPlace(draft.length(), random) / block * block;
    }
}
