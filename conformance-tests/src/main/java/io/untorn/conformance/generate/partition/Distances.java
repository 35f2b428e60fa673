package io.untorn.conformance.generate.partition;

import java.util.List;
import java.util.Random;

/** How far from its start a file is written: what is stored in 32 bits, or in what is left of 64, shows there alone. */
final class Distances {
    private static final long FOUR_GIB = 1L << 32;

    /** Bytes before the largest size of a file that are close to it. */
    private static final long CLOSE = 1 << 20;

    static final Dimension DISTANCE = new Dimension(
                    "distance",
                    1500,
                    List.of(
                            Cell.of("on a device", attempt -> attempt.testbed().isDevice(), (draft, random) -> draft)
                                    .legal(1)
                                    .on(Testbed::isDevice),
                            Cell.of("before 4 GiB", attempt -> attempt.end() < FOUR_GIB, (draft, random) -> draft)
                                    .legal(1)
                                    .on(Testbed::isFile),
                            Cell.of(
                                            "up to 4 GiB",
                                            attempt -> attempt.end() == FOUR_GIB,
                                            (draft, random) -> moved(draft, FOUR_GIB - draft.length()))
                                    .legal(5)
                                    .on(Testbed::isFile),
                            Cell.of(
                                            "past the largest file",
                                            attempt -> attempt.end()
                                                    > attempt.testbed().largestEnd(),
                                            (draft, random) ->
                                                    moved(draft, draft.testbed().largestEnd()))
                                    .illegal(5)
                                    .on(Testbed::hasLargestFile),
                            Cell.of(
                                            "close to the largest file",
                                            attempt -> attempt.end()
                                                    > attempt.testbed().largestEnd() - CLOSE,
                                            Distances::close)
                                    .legal(8)
                                    .on(Testbed::isFile),
                            Cell.of(
                                            "past 4 GiB",
                                            attempt -> true,
                                            (draft, random) -> moved(draft, FOUR_GIB + draft.place()))
                                    .legal(15)
                                    .on(Testbed::isFile)))
            .ordinarily(attempt -> attempt.with(attempt.write().at(0)));

    private Distances() {}

    private static Draft close(Draft draft, Random random) {
        long length = Math.max(draft.length(), draft.testbed().block());
        return moved(draft, draft.testbed().largestEnd() / length * length - (1 + random.nextInt(4)) * length);
    }

    /** Move a write that names its place, so that it is as far from a multiple of its length as it was. */
    private static Draft moved(Draft draft, long place) {
        long length = Math.max(draft.length(), draft.testbed().block());
        return draft.write().offset() < 0 ? draft : draft.at(place / length * length + draft.place() % length);
    }
}
