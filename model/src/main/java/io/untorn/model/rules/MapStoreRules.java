package io.untorn.model.rules;

import static io.untorn.model.rule.Expectation.anyOf;
import static io.untorn.model.rule.Expectation.fitting;
import static io.untorn.model.rule.Expectation.notable;
import static io.untorn.model.rule.Expectation.required;
import static io.untorn.model.rule.Rule.answering;
import static io.untorn.model.rule.Scope.EVERYWHERE;
import static io.untorn.model.rule.Scope.FILES;
import static io.untorn.model.target.TargetKind.EXT4;
import static io.untorn.model.target.TargetKind.XFS;

import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome;
import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.MapStore;
import io.untorn.model.rule.Expectation;
import io.untorn.model.rule.Expectation.Permit;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Rule.Answer;
import io.untorn.model.rule.Situation;
import io.untorn.model.state.Blocks;
import io.untorn.model.state.Change;
import io.untorn.model.state.FileState;
import java.util.List;
import java.util.Optional;

/** What a store into a shared mapping may do: of these rules the first that applies decides. */
final class MapStoreRules {
    private static final Rule APPEND_ONLY_FILE_TAKES_NO_STORE = answering(
            "append-only-file-takes-no-store",
            "An append-only file can't be mapped shared for a store: EACCES.",
            FILES,
            new Answer<>(
                    MapStore.class,
                    (store, on) -> on.is(Attribute.APPEND_ONLY)
                            && !on.holds(store.offset(), store.length())
                            && inside(store, on) > 0,
                    (store, on) -> on.refusal(Errno.EACCES)),
            "mmap(2), ERRORS, EACCES",
            "kernel mm/mmap.c, do_mmap (6.1 to 7.3)");

    private static final Rule IMMUTABLE_FILE_TAKES_NO_STORE = answering(
            "immutable-file-takes-no-store",
            "A store in a mapping of an immutable file on ext4 finds no page: EFAULT.",
            FILES.on(EXT4),
            new Answer<>(
                    MapStore.class,
                    (store, on) -> on.is(Attribute.IMMUTABLE) && inside(store, on) > 0,
                    (store, on) -> on.refusal(Errno.EFAULT)),
            "ioctl_iflags(2), FS_IMMUTABLE_FL: no changes are permitted",
            "kernel fs/ext4/inode.c, ext4_page_mkwrite: SIGBUS (6.1 to 7.3)");

    private static final Rule IMMUTABLE_FILE_MAY_TAKE_STORE = answering(
                    "immutable-file-may-take-store",
                    "No document says whether a mapping of an immutable file takes a store, through a descriptor that "
                            + "was opened before: it can't be mapped, EPERM, or finds no page, EFAULT, or a part is "
                            + "stored, or all.",
                    FILES.on(XFS),
                    new Answer<>(MapStore.class, (store, on) -> on.is(Attribute.IMMUTABLE), (store, on) -> Refusals.of(
                                    Errno.EPERM, Errno.EFAULT)
                            .besides(anyPart(store, on), on)),
                    "ioctl_iflags(2), FS_IMMUTABLE_FL: no changes are permitted",
                    "kernel fs/xfs/xfs_file.c, xfs_write_fault: does not look (6.1 to 7.3)")
            .silent();

    private static final Rule STORE_IN_MAPPING_MAY_LACK_SPACE = answering(
            "store-in-mapping-may-lack-space",
            "If space is scarce and not all blocks of a file are written, a store in a mapping ends at the first page "
                    + "that gets no block: fewer bytes, or EFAULT and no change. A folio may be as large as the file, "
                    + "and then needs all its blocks.",
            FILES,
            new Answer<>(
                    MapStore.class,
                    (store, on) -> on.mayLackSpace(0, on.size()),
                    (store, on) -> anyOf(anyPart(store, on), notable(new Outcome.Failed(Errno.EFAULT), on.state()))),
            "mmap(2), SIGBUS",
            "kernel fs/ext4/inode.c, ext4_page_mkwrite; fs/xfs/xfs_file.c, xfs_write_fault: SIGBUS (6.1 to 7.3)",
            "kernel fs/iomap/buffered-io.c, iomap_page_mkwrite: the whole folio (6.1 to 7.3)");

    private static final Rule STORE_IN_HELD_MAPPING_CHANGES_TARGET = answering(
            "store-in-held-mapping-changes-target",
            "What is stored in a mapping that is kept is in the target, also where another write was since it was mapped; its "
                    + "size stays.",
            EVERYWHERE,
            new Answer<>(
                    MapStore.class,
                    (store, on) -> on.holds(store.offset(), store.length()),
                    MapStoreRules::storedInside),
            "mmap(2), MAP_SHARED",
            "kernel mm/truncate.c, invalidate_inode_pages2_range: unmaps the pages that a direct write takes out of the page "
                    + "cache, so that the next store faults (6.1 to 7.3)");

    private static final Rule STORE_IN_MAPPING_CHANGES_TARGET = answering(
            "store-in-mapping-changes-target",
            "What is stored in a mapping is in the target; its size stays.",
            EVERYWHERE,
            Answer.always(MapStore.class, MapStoreRules::storedInside),
            "mmap(2), MAP_SHARED");

    static final List<Rule> ORDER = List.of(
            APPEND_ONLY_FILE_TAKES_NO_STORE,
            IMMUTABLE_FILE_TAKES_NO_STORE,
            IMMUTABLE_FILE_MAY_TAKE_STORE,
            STORE_IN_MAPPING_MAY_LACK_SPACE,
            STORE_IN_HELD_MAPPING_CHANGES_TARGET,
            STORE_IN_MAPPING_CHANGES_TARGET);

    private MapStoreRules() {}

    private static int inside(MapStore store, Situation on) {
        return on.inside(store.offset(), store.length());
    }

    private static Expectation storedInside(MapStore store, Situation on) {
        return required(new Outcome.Returned(inside(store, on)), stored(store, on, inside(store, on)));
    }

    private static Permit anyPart(MapStore store, Situation on) {
        return fitting(
                "any part of " + inside(store, on) + " bytes stored",
                outcome -> outcome instanceof Outcome.Returned returned
                                && returned.value() >= 0
                                && returned.value() <= inside(store, on)
                        ? Optional.of(stored(store, on, (int) returned.value()))
                        : Optional.empty());
    }

    /** If a page of several blocks was over a hole, it is unspecified which of them the store allocates. */
    private static FileState stored(MapStore store, Situation on, int inside) {
        long offset = store.offset();
        FileState written = on.state().written(Change.stored(offset, inside, on.index()));
        FileState after = inside == 0 ? written : written.storedThroughMapping(offset, store.length());
        boolean overHole = on.target().kind().isFile()
                && on.state().blocks().kinds(offset, inside).contains(Blocks.Kind.HOLE);
        if (!overHole) {
            return after;
        }
        return on.target().blockSize() < Buffer.PAGE
                ? after.laid(offset, inside, Buffer.PAGE, Blocks.Kind.UNCERTAIN)
                : after.laid(offset, inside, on.target().blockSize(), Blocks.Kind.DELAYED);
    }
}
