package io.untorn.conformance.generate.partition;

import static io.untorn.conformance.generate.partition.Draft.word;

import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.HoldMapping;
import io.untorn.model.operation.MapLoad;
import io.untorn.model.operation.MapStore;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.ReleaseMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The mapping that the process keeps while it writes, relative to the write. */
final class HeldMappings {
    /** The longest mapping, in bytes: more costs time and shows nothing new. */
    private static final int LONGEST = 1 << 17;

    static final Dimension HELD_MAPPING = new Dimension(
            "held mapping",
            400,
            List.of(
                    Cell.of(
                                    "none",
                                    attempt -> attempt.mapping().isEmpty(),
                                    (draft, random) -> draft.prepared(new ReleaseMapping()))
                            .legal(1),
                    Cell.of(
                                    "written over, stored to",
                                    attempt -> isOverlapped(attempt) && isStoredTo(attempt),
                                    HeldMappings::storedTo)
                            .legal(4),
                    Cell.of("written over", HeldMappings::isOverlapped, HeldMappings::loaded)
                            .legal(4),
                    Cell.of("elsewhere", attempt -> true, HeldMappings::elsewhere)
                            .legal(2)));

    private HeldMappings() {}

    private static boolean isOverlapped(Attempt attempt) {
        return attempt.mapping()
                .filter(held -> held.overlaps(attempt.place(), attempt.length()))
                .isPresent();
    }

    private static boolean isStoredTo(Attempt attempt) {
        return attempt.mapping().filter(held -> held.storedTo()).isPresent();
    }

    /** What is mapped must be inside a file to be loaded or stored to. */
    private static Draft held(Draft draft, List<Operation> more) {
        long place = word(draft.place());
        int length = length(draft);
        List<Operation> before = new ArrayList<>();
        if (draft.testbed().isFile()) {
            before.add(new Fallocate(Fallocate.Mode.ALLOCATE, place, length));
        }
        before.add(new HoldMapping(place, length));
        before.addAll(more);
        return draft.prepared(before).undone(new ReleaseMapping()).undone(new MapLoad(place, length));
    }

    private static int length(Draft draft) {
        return (int) word(Math.max(Buffer.PAGE, Math.min(LONGEST, draft.length())));
    }

    private static Draft loaded(Draft draft, Random random) {
        return held(draft, List.of());
    }

    private static Draft storedTo(Draft draft, Random random) {
        return held(draft, List.of(new MapStore(word(draft.place()), length(draft))));
    }

    private static Draft elsewhere(Draft draft, Random random) {
        return draft.prepared(new HoldMapping(word(draft.end() + Buffer.PAGE), Buffer.PAGE))
                .undone(new ReleaseMapping());
    }
}
