package io.untorn.model.rules;

import static io.untorn.model.rule.Expectation.anyOf;
import static io.untorn.model.rule.Rule.answering;
import static io.untorn.model.rule.Scope.EVERYWHERE;
import static io.untorn.model.rule.Scope.FILES;

import io.untorn.model.history.Errno;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.MapLoad;
import io.untorn.model.operation.Read;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Rule.Answer;
import java.util.List;

/** What a load from a shared mapping may bring: of these rules the first that applies decides. */
final class MapLoadRules {
    private static final Rule APPEND_ONLY_FILE_HAS_NO_MAPPING = answering(
            "append-only-file-has-no-mapping",
            "An append-only file can't be mapped shared through a descriptor that can write: EACCES.",
            FILES,
            new Answer<>(
                    MapLoad.class,
                    (load, on) -> on.is(Attribute.APPEND_ONLY)
                            && !on.holds(load.offset(), load.length())
                            && on.inside(load.offset(), load.length()) > 0,
                    (load, on) -> on.refusal(Errno.EACCES)),
            "mmap(2), ERRORS, EACCES",
            "kernel mm/mmap.c, do_mmap (6.1 to 7.3)");

    private static final Rule HELD_MAPPING_SHOWS_WHAT_IS_THERE = answering(
            "held-mapping-shows-what-is-there",
            "A mapping that is kept shows the bytes that the target holds now, whichever way they were written since.",
            EVERYWHERE,
            new Answer<>(
                    MapLoad.class,
                    (load, on) -> on.holds(load.offset(), load.length()),
                    (load, on) -> anyOf(on.whole(Read.plain(Access.BUFFERED, load.offset(), load.length())))),
            "mmap(2), MAP_SHARED",
            "kernel mm/truncate.c, invalidate_inode_pages2_range: unmaps the pages that a direct write takes out of the page "
                    + "cache (6.1 to 7.3)");

    private static final Rule MAPPING_SHOWS_WHAT_IS_THERE = answering(
            "mapping-shows-what-is-there",
            "A mapping shows the bytes that the target holds.",
            EVERYWHERE,
            Answer.always(
                    MapLoad.class,
                    (load, on) -> anyOf(on.whole(Read.plain(Access.BUFFERED, load.offset(), load.length())))),
            "mmap(2), MAP_SHARED");

    static final List<Rule> ORDER =
            List.of(APPEND_ONLY_FILE_HAS_NO_MAPPING, HELD_MAPPING_SHOWS_WHAT_IS_THERE, MAPPING_SHOWS_WHAT_IS_THERE);

    private MapLoadRules() {}
}
