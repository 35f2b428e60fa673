package io.untorn.model.operation;

import java.util.Optional;

/**
 * Do to the twin what a write says, through descriptors of the twin that stay as they were opened: read-write. A device has no
 * twin.
 *
 * @param write at an offset, not at a descriptor's position
 */
public record TwinWrite(Write write) implements Operation {
    public TwinWrite {
        if (write.offset() < 0) {
            throw new IllegalArgumentException("a write to the twin names its place");
        }
    }

    @Override
    public Optional<Operation> seenByTwin() {
        return Optional.of(write);
    }

    @Override
    public void touch(Footprint footprint) {
        footprint.twin();
        footprint.range(write.offset(), write.length());
        if (write.flags().has(RwFlag.APPEND)) {
            footprint.moved(write.length());
        }
    }

    @Override
    public boolean mayChange() {
        return true;
    }

    @Override
    public Optional<Write> asWrite() {
        return Optional.of(write);
    }

    @Override
    public String toString() {
        return write + ", to the twin";
    }
}
