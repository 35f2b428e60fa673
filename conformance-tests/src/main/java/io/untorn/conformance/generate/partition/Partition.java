package io.untorn.conformance.generate.partition;

import java.util.List;

/**
 * The space of atomic writes, divided into dimensions, whose cells a run must hit: what a write is like and what it meets.
 * Writes are drawn from it, and a run counts by it.
 *
 * @param dimensions in the order in which a draft is made to belong to their cells: the later a dimension, the closer to
 *     the write are the operations that prepare for it
 * @param crossings the dimensions whose cells are to be hit together
 */
public record Partition(List<Dimension> dimensions, List<Crossing> crossings) {
    /** All that is known to matter. */
    public static final Partition OF_ATOMIC_WRITES = new Partition(
            List.of(
                    Lengths.LENGTH,
                    Offsets.OFFSET,
                    Distances.DISTANCE,
                    BlocksBelow.BELOW,
                    Fragments.PIECES,
                    Fragments.EXTENTS,
                    Growths.GROWTH,
                    Ends.END,
                    OpenModes.OPEN_MODE,
                    Flags.FLAGS,
                    Segments.SEGMENTS,
                    Engines.ENGINE,
                    Memory.MEMORY,
                    SizeLimits.SIZE_LIMIT,
                    Attributes.ATTRIBUTE,
                    Spaces.SPACE,
                    Subjects.SUBJECT,
                    HeldMappings.HELD_MAPPING,
                    Positions.POSITION,
                    Companies.COMPANY),
            List.of(
                    new Crossing(Lengths.LENGTH, OpenModes.OPEN_MODE),
                    new Crossing(Offsets.OFFSET, OpenModes.OPEN_MODE),
                    Engines.BY_SEGMENTS,
                    Spaces.BY_BLOCKS_BELOW));
}
