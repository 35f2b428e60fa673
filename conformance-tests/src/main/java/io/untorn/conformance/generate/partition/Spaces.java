package io.untorn.conformance.generate.partition;

import io.untorn.model.operation.FillSpace;
import io.untorn.model.operation.FreeSpace;
import java.util.List;

/** How much of the file system is free; a device has no other files on it. */
final class Spaces {
    static final Dimension SPACE = new Dimension(
                    "space",
                    400,
                    List.of(
                            cell("plenty", FreeSpace.PLENTY).legal(1),
                            cell("reserved for root", FreeSpace.RESERVED_FOR_ROOT)
                                    .legal(2)
                                    .on(Testbed::reservesForRoot),
                            cell("checkerboard", FreeSpace.CHECKERBOARD)
                                    .legal(3)
                                    .on(Testbed::isFile),
                            cell("nearly full", FreeSpace.A_LITTLE).legal(3).on(Testbed::isFile),
                            cell("full", FreeSpace.NOTHING).legal(3).on(Testbed::isFile)))
            .ordinarily(attempt -> attempt.on(attempt.state().filled(FreeSpace.PLENTY)));

    /** Writes that allocate blocks, and writes that do not. */
    static final Crossing BY_BLOCKS_BELOW =
            new Crossing(SPACE, BlocksBelow.BELOW, (space, below) -> BlocksBelow.ALONE.contains(below));

    private Spaces() {}

    private static Cell cell(String name, FreeSpace left) {
        return Cell.of(name, attempt -> attempt.space() == left, (draft, random) -> draft.prepared(new FillSpace(left))
                .undone(new FillSpace(FreeSpace.PLENTY)));
    }
}
