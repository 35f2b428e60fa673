package io.untorn.conformance.generate.partition;

import java.util.List;

/**
 * The space of atomic writes, divided: what a write can be like and what it can meet, in dimensions whose cells a run is to
 * hit. What is generated is drawn from it, and what a run did is counted by it.
 *
 * @param dimensions in the order in which a draft is made to belong to their cells: what prepares for a write comes to stand
 *     closer before it the later its dimension stands
 * @param crossings the dimensions whose cells are to be hit together
 */
public record Partition(List<Dimension> dimensions, List<Crossing> crossings) {
    /** All that is known to matter. */
    public static final Partition OF_ATOMIC_WRITES = new Partition(
            List.of(
                    Lengths.LENGTH,
                    Offsets.OFFSET,
                    BlocksBelow.BELOW,
                    Ends.END,
                    OpenModes.OPEN_MODE,
                    Flags.FLAGS,
                    Segments.SEGMENTS,
                    Engines.ENGINE,
                    Memory.MEMORY,
                    SizeLimits.SIZE_LIMIT,
                    Attributes.ATTRIBUTE,
                    Spaces.SPACE),
            List.of(
                    new Crossing(Lengths.LENGTH, OpenModes.OPEN_MODE),
                    new Crossing(Offsets.OFFSET, OpenModes.OPEN_MODE),
                    Engines.BY_SEGMENTS,
                    Spaces.BY_WHAT_LIES_THERE));
}
