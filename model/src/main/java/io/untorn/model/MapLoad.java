package io.untorn.model;

import static io.untorn.model.Scope.EVERYWHERE;

import io.untorn.model.Rule.Answer;
import java.util.List;

/** Read through a shared mapping, mmap(2), as far as the range lies inside the target. */
public record MapLoad(long offset, int length) implements Operation {
    static final List<Rule> RULES = List.of(Rule.answering(
            "mapping-shows-what-is-there",
            "A mapping shows the bytes that the target holds.",
            EVERYWHERE,
            Answer.always(
                    MapLoad.class,
                    (load, on) ->
                            Expectation.anyOf(on.whole(Read.plain(Access.BUFFERED, load.offset(), load.length())))),
            "mmap(2), MAP_SHARED"));

    public MapLoad {
        Place.require(offset, length);
        Place.requireWords(offset, length);
    }

    @Override
    public void touch(Footprint footprint) {
        footprint.range(offset, length);
    }

    @Override
    public boolean mayChange() {
        return false;
    }

    @Override
    public String toString() {
        return "load" + Place.words(length, offset) + " from a mapping";
    }
}
