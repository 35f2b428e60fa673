package io.untorn.conformance.generate.partition;

import io.untorn.model.operation.Split;
import java.util.Locale;

/** How many elements the iovec of a write has. */
final class Segments {
    static final Cell ONE = cell(Split.ONE).legal(60);

    static final Dimension SEGMENTS = new Dimension(
                    "segments",
                    ONE,
                    cell(Split.TWO).illegal(3),
                    cell(Split.MANY).illegal(1),
                    cell(Split.TOO_MANY).illegal(1),
                    cell(Split.EMPTY_FIRST).illegal(1),
                    cell(Split.EMPTY_LAST).illegal(1))
            .ordinarily(attempt -> attempt.with(attempt.write().with(Split.ONE)));

    private Segments() {}

    private static Cell cell(Split split) {
        return Cell.of(
                split.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                attempt -> attempt.write().split() == split,
                (draft, random) -> draft.with(draft.write().with(split)));
    }
}
