package io.untorn.conformance.generate.partition;

import io.untorn.model.operation.Access;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Whether the two files grew in turn, so that their blocks alternate on the disk. */
final class Growths {
    /** Bytes that a file grows by each time. */
    private static final int PIECE = 16 << 10;

    /** How often each file grows. */
    private static final int TIMES = 4;

    static final Dimension GROWTH = new Dimension(
            "growth",
            1500,
            List.of(
                    Cell.of("in turn with the other file", Attempt::grewInTurn, Growths::grown)
                            .legal(1)
                            .on(Testbed::isFile),
                    Cell.of("alone", attempt -> true, (draft, random) -> draft).legal(1)));

    private Growths() {}

    private static Draft grown(Draft draft, Random random) {
        long from = draft.place() / PIECE * PIECE;
        List<Operation> pieces = new ArrayList<>(List.of(new Truncate(from)));
        for (int i = 0; i < TIMES; i++) {
            Write piece = Write.plain(Access.DIRECT, from + (long) i * PIECE, PIECE);
            pieces.add(piece);
            pieces.add(piece.toTwin());
        }
        return draft.prepared(pieces);
    }
}
