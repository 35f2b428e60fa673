package io.untorn.model;

import static io.untorn.model.Expectation.required;
import static io.untorn.model.Scope.EVERYWHERE;

import io.untorn.model.Rule.Answer;
import java.util.List;

/** Write through a shared mapping, mmap(2), as far as the range lies inside the target; returns the bytes stored. */
public record MapStore(long offset, int length) implements Operation {
    static final List<Rule> RULES = List.of(Rule.answering(
            "store-in-mapping-changes-target",
            "What is stored in a mapping is in the target; its size stays.",
            EVERYWHERE,
            Answer.always(
                    MapStore.class,
                    (store, on) -> required(
                            new Outcome.Returned(on.inside(store.offset(), store.length())), store.stored(on))),
            "mmap(2), MAP_SHARED"));

    public MapStore {
        Place.require(offset, length);
        Place.requireWords(offset, length);
    }

    /** Where a page of several blocks lay over a hole nobody says which of them the store brings about. */
    private FileState stored(Situation on) {
        int inside = on.inside(offset, length);
        FileState after = on.state().written(Change.stored(offset, inside, on.index()));
        boolean overHole = on.target().kind().isFile()
                && on.state().blocks().kinds(offset, inside).contains(Blocks.Kind.HOLE);
        if (!overHole) {
            return after;
        }
        return on.target().blockSize() < Buffer.PAGE
                ? after.laid(offset, inside, Buffer.PAGE, Blocks.Kind.UNCERTAIN)
                : after.laid(offset, inside, on.target().blockSize(), Blocks.Kind.DELAYED);
    }

    @Override
    public void touch(Footprint footprint) {
        footprint.range(offset, length);
    }

    @Override
    public boolean mayChange() {
        return true;
    }

    @Override
    public String toString() {
        return "store" + Place.words(length, offset) + " into a mapping";
    }
}
