package io.untorn.conformance.generate.partition;

import io.untorn.model.operation.Engine;

/** The interface of the kernel that a write goes through. */
final class Engines {
    private static final Cell FIXED = cell(Engine.IO_URING_FIXED).illegal(20);

    static final Dimension ENGINE = new Dimension(
                    "engine",
                    cell(Engine.PWRITEV2).legal(60),
                    cell(Engine.IO_URING).legal(30),
                    FIXED,
                    cell(Engine.LIBAIO).legal(20))
            .ordinarily(attempt -> attempt.with(attempt.write().through(Engine.PWRITEV2)));

    /** Through each engine, divided in each way; a registered buffer is not divided. */
    static final Crossing BY_SEGMENTS = new Crossing(
            ENGINE, Segments.SEGMENTS, (engine, segments) -> !engine.equals(FIXED) || segments.equals(Segments.ONE));

    private Engines() {}

    private static Cell cell(Engine engine) {
        return Cell.of(engine.toString(), attempt -> attempt.write().engine() == engine, (draft, random) -> {
                    boolean taken = engine.takes(draft.write().split());
                    return taken ? draft.with(draft.write().through(engine)) : draft;
                })
                .on(testbed -> testbed.has(engine));
    }
}
