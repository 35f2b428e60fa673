package io.untorn.model.operation;

import java.util.Optional;

/** What operations are as the twin sees them, which takes itself for the file and the file for its twin. */
public final class TwinView {
    private TwinView() {}

    /** Return what an operation is to the twin; none if it is nothing to it. */
    public static Optional<Operation> of(Operation operation) {
        Optional<Operation> ofTwin = operation.seenByTwin();
        if (ofTwin.isPresent()) {
            return ofTwin;
        }
        if (operation instanceof Read read) {
            return Optional.of(
                    new Read(read.flags(), read.access(), read.subject().other(), read.offset(), read.length()));
        }
        if (operation instanceof CloneRange clone) {
            return Optional.of(new CloneRange(
                    clone.from().other(), clone.source(), clone.to().other(), clone.destination(), clone.length()));
        }
        boolean ofTheFileSystem = operation instanceof Remount
                || operation instanceof PowerCut
                || operation instanceof DropCaches
                || operation instanceof FillSpace
                || operation instanceof LimitFileSize
                || operation.equals(new Sync(Sync.Way.SYNCFS));
        return ofTheFileSystem ? Optional.of(operation) : Optional.empty();
    }
}
