package io.untorn.conformance.generate.partition;

import io.untorn.model.operation.Engine;
import io.untorn.model.operation.TellPosition;
import io.untorn.model.operation.Write;
import java.util.List;
import java.util.Random;

/** The position of the descriptor, for writes that go there: through a ring it moves in another way than by pwritev2. */
final class Positions {
    static final Dimension POSITION = new Dimension(
            "position",
            400,
            List.of(
                    Cell.of("a place is named", attempt -> !isAtPosition(attempt), (draft, random) -> draft)
                            .legal(1),
                    Cell.of(
                                    "moved, through io_uring",
                                    attempt -> isThroughRing(attempt) && attempt.position() > 0,
                                    (draft, random) -> moved(ring(draft, random)))
                            .legal(3)
                            .on(testbed -> testbed.has(Engine.IO_URING)),
                    Cell.of("at the start, through io_uring", Positions::isThroughRing, Positions::ring)
                            .legal(2)
                            .on(testbed -> testbed.has(Engine.IO_URING)),
                    Cell.of(
                                    "moved",
                                    attempt -> attempt.position() > 0,
                                    (draft, random) -> moved(atPosition(draft, random)))
                            .legal(3),
                    Cell.of("at the start", attempt -> true, Positions::atPosition)
                            .legal(2)));

    private Positions() {}

    private static boolean isAtPosition(Attempt attempt) {
        return attempt.write().offset() == Write.AT_POSITION;
    }

    private static boolean isThroughRing(Attempt attempt) {
        return attempt.write().engine().isRing();
    }

    private static Draft atPosition(Draft draft, Random random) {
        return draft.at(Write.AT_POSITION).undone(new TellPosition(draft.write().access()));
    }

    private static Draft ring(Draft draft, Random random) {
        Draft there = atPosition(draft, random);
        return there.with(there.write().through(Engine.IO_URING));
    }

    private static Draft moved(Draft draft) {
        int unit = draft.testbed().unitMin();
        return draft.prepared(Write.plain(draft.write().access(), Write.AT_POSITION, unit));
    }
}
