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
            Answer.always(MapStore.class, (store, on) -> {
                int inside = on.inside(store.offset(), store.length());
                return required(
                        new Outcome.Returned(inside),
                        on.state().written(Change.stored(store.offset(), inside, on.index())));
            }),
            "mmap(2), MAP_SHARED"));

    public MapStore {
        Place.require(offset, length);
        Place.requireWords(offset, length);
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
