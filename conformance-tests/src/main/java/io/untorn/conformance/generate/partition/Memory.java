package io.untorn.conformance.generate.partition;

import static io.untorn.conformance.generate.partition.Testbed.SECTOR;

import io.untorn.model.operation.Buffer;
import java.util.Random;

/** Where in memory the data of a write is, and how much of it is mapped. */
final class Memory {
    private static final int WORD = 4;

    /** One write in so many from memory that is all missing is huge. */
    private static final int HUGE_OF = 2;

    static final Dimension MEMORY = new Dimension(
                    "memory",
                    Cell.of(
                                    "all missing",
                                    attempt -> attempt.missing() > 0 && attempt.missing() >= attempt.length(),
                                    Memory::allMissing)
                            .illegal(1),
                    Cell.of("end missing", attempt -> attempt.missing() > 0, Memory::endMissing)
                            .illegal(4),
                    Cell.of("page", attempt -> isAligned(attempt, Buffer.PAGE), from(0))
                            .legal(60),
                    Cell.of("sector", attempt -> isAligned(attempt, SECTOR), from(SECTOR))
                            .legal(3),
                    Cell.of("word", attempt -> isAligned(attempt, WORD), from(WORD))
                            .legalOn(Testbed::takesWordsOfMemory, 2),
                    Cell.of("odd", attempt -> true, from(1)).illegal(2))
            .ordinarily(attempt -> attempt.with(attempt.write().with(Buffer.PLAIN)));

    private Memory() {}

    private static boolean isAligned(Attempt attempt, int unit) {
        return attempt.write().buffer().offset() % unit == 0;
    }

    private static Cell.Maker from(int offset) {
        return (draft, random) -> draft.with(draft.write().with(new Buffer(offset, 0)));
    }

    /** On a device, a huge write is refused for its length before its memory is looked at: some are as long. */
    private static Draft allMissing(Draft draft, Random random) {
        boolean huge = draft.testbed().isDevice() && random.nextInt(HUGE_OF) == 0;
        Draft made = huge ? draft.sized(Testbed.HUGE) : draft;
        return missing(made, (made.length() + SECTOR) / SECTOR * SECTOR);
    }

    /** Leave out the last sector, or the pages of the second half; a write of one sector is made longer first. */
    private static Draft endMissing(Draft draft, Random random) {
        Draft longer = draft.sized(Math.max(draft.length(), 2 * SECTOR));
        int pages = longer.length() / 2 / Buffer.PAGE * Buffer.PAGE;
        return missing(longer, pages > 0 && random.nextBoolean() ? pages : SECTOR);
    }

    private static Draft missing(Draft draft, int bytes) {
        return draft.with(draft.write().with(new Buffer(0, bytes)));
    }
}
