package io.untorn.conformance.coverage;

import io.untorn.model.state.Blocks;
import io.untorn.model.state.Conditions;
import io.untorn.model.state.FileState;
import io.untorn.model.state.OpenFile;
import io.untorn.model.state.Places;
import io.untorn.model.target.Limits;
import java.util.Optional;

/**
 * A state of the target without which operation wrote its bytes and where on the disk they are: all else that the rules
 * depend on, and what the kernel keeps besides. Two sequences that lead to the same one meet the same rules afterwards.
 *
 * @param blocks the kinds of the blocks below the file, in order and with their sizes
 * @param twinBlocks likewise below the twin
 * @param size bytes in the file
 * @param twinSize bytes in the twin
 * @param open how the descriptors are opened, and their positions
 * @param limits what statx reports
 * @param sizeLimit RLIMIT_FSIZE, in bytes
 * @param conditions how much space is free, and what chattr(1) made of the file
 * @param lastAtomic the range of the last atomic write
 * @param mapped whether the place of the data on the disk was read since it last changed
 * @param hidden what the kernel keeps and no rule depends on
 */
public record AbstractState(
        Blocks blocks,
        Blocks twinBlocks,
        long size,
        long twinSize,
        OpenFile open,
        Limits limits,
        long sizeLimit,
        Conditions conditions,
        Optional<Places.Range> lastAtomic,
        boolean mapped,
        HiddenKernelState hidden) {
    public static AbstractState of(FileState state, HiddenKernelState hidden) {
        return new AbstractState(
                state.blocks(),
                state.twinBlocks(),
                state.size(),
                state.twin().end(),
                state.open(),
                state.limits(),
                state.sizeLimit(),
                state.conditions(),
                state.places().atomic(),
                state.places().seen().isPresent(),
                hidden);
    }
}
