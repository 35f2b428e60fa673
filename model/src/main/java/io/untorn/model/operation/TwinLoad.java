package io.untorn.model.operation;

import java.util.Optional;

/** Load from a shared mapping of the twin what a load says. A device has no twin. */
public record TwinLoad(MapLoad load) implements Operation {
    @Override
    public Optional<Operation> seenByTwin() {
        return Optional.of(load);
    }

    @Override
    public void touch(Footprint footprint) {
        footprint.twin();
        load.touch(footprint);
    }

    @Override
    public boolean mayChange() {
        return false;
    }

    @Override
    public String toString() {
        return load + " of the twin";
    }
}
