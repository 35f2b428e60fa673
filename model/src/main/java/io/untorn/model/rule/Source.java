package io.untorn.model.rule;

import java.util.List;

/**
 * Where a rule is written down, so that it can be looked up.
 *
 * @param places man page sections, kernel documents, or kernel source with function and version; at least one
 */
public record Source(List<String> places) {
    public Source {
        places = List.copyOf(places);
        if (places.isEmpty()) {
            throw new IllegalArgumentException("a rule without a source");
        }
    }

    @Override
    public String toString() {
        return String.join("; ", places);
    }
}
