package io.untorn.model;

import static io.untorn.model.Scope.EVERYWHERE;
import static io.untorn.model.Scope.FILES;

import io.untorn.model.Rule.Answer;
import java.util.List;

/** Read through a shared mapping, mmap(2), as far as the range lies inside the target. */
public record MapLoad(long offset, int length) implements Operation {
    static List<Rule> rules() {
        return List.of(
                Rule.answering(
                        "append-only-file-has-no-mapping",
                        "An append-only file can't be mapped shared through a descriptor that can write: EACCES.",
                        FILES,
                        new Answer<>(
                                MapLoad.class,
                                (load, on) ->
                                        on.is(Attribute.APPEND_ONLY) && on.inside(load.offset(), load.length()) > 0,
                                (load, on) -> on.refusal(Errno.EACCES)),
                        "mmap(2), ERRORS, EACCES",
                        "kernel mm/mmap.c, do_mmap (6.1 to 7.3)"),
                Rule.answering(
                        "mapping-shows-what-is-there",
                        "A mapping shows the bytes that the target holds.",
                        EVERYWHERE,
                        Answer.always(
                                MapLoad.class,
                                (load, on) -> Expectation.anyOf(
                                        on.whole(Read.plain(Access.BUFFERED, load.offset(), load.length())))),
                        "mmap(2), MAP_SHARED"));
    }

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
