package io.untorn.conformance.deviation;

import io.untorn.model.history.History;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How a kernel comes to do one thing wrong. */
@FunctionalInterface
public interface Mechanism {
    /** Begin to follow a history. */
    Trail follow(History history);

    /** Return the mechanism of a known deviation; empty if none has that id. */
    static Optional<Mechanism> of(String id) {
        return Optional.ofNullable(All.BY_ID.get(id));
    }

    /** Holds all from when one is first asked for. */
    final class All {
        private static final Map<String, Mechanism> BY_ID = new HashMap<>();

        static {
            BY_ID.putAll(DeviceMechanisms.BY_ID);
            BY_ID.putAll(FileMechanisms.BY_ID);
            BY_ID.putAll(Ext4Mechanisms.BY_ID);
            BY_ID.putAll(XfsMechanisms.BY_ID);
        }

        private All() {}
    }
}
