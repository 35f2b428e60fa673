package io.untorn.model;

import static io.untorn.model.Expectation.anyOf;
import static io.untorn.model.Expectation.fitting;
import static io.untorn.model.Expectation.notable;
import static io.untorn.model.Expectation.required;
import static io.untorn.model.Scope.EVERYWHERE;
import static io.untorn.model.Scope.FILES;
import static io.untorn.model.TargetKind.EXT4;
import static io.untorn.model.TargetKind.XFS;

import io.untorn.model.Expectation.Permit;
import io.untorn.model.Rule.Answer;
import java.util.List;
import java.util.Optional;

/**
 * Write through a shared mapping, mmap(2), as far as the range lies inside the target; returns the bytes stored. The store
 * is the kernel's own, a read(2) into the mapping, so that a page which can't be had gives EFAULT, or fewer bytes, where a
 * store of the process would give SIGBUS.
 */
public record MapStore(long offset, int length) implements Operation {
    static List<Rule> rules() {
        return List.of(
                Rule.answering(
                        "append-only-file-takes-no-store",
                        "An append-only file can't be mapped shared for a store: EACCES.",
                        FILES,
                        new Answer<>(
                                MapStore.class,
                                (store, on) -> on.is(Attribute.APPEND_ONLY) && store.inside(on) > 0,
                                (store, on) -> on.refusal(Errno.EACCES)),
                        "mmap(2), ERRORS, EACCES",
                        "kernel mm/mmap.c, do_mmap (6.1 to 7.3)"),
                Rule.answering(
                        "immutable-file-takes-no-store",
                        "A store in a mapping of an immutable file on ext4 finds no page: EFAULT.",
                        FILES.on(EXT4),
                        new Answer<>(
                                MapStore.class,
                                (store, on) -> on.is(Attribute.IMMUTABLE) && store.inside(on) > 0,
                                (store, on) -> on.refusal(Errno.EFAULT)),
                        "ioctl_iflags(2), FS_IMMUTABLE_FL: no changes are permitted",
                        "kernel fs/ext4/inode.c, ext4_page_mkwrite: SIGBUS (6.1 to 7.3)"),
                Rule.answering(
                                "immutable-file-may-take-store",
                                "Nobody says whether a mapping of an immutable file takes a store, through a descriptor that was "
                                        + "opened before.",
                                FILES.on(XFS),
                                new Answer<>(
                                        MapStore.class,
                                        (store, on) -> on.is(Attribute.IMMUTABLE),
                                        (store, on) -> anyOf(store.anyPart(on), on.anyRefusal())),
                                "ioctl_iflags(2), FS_IMMUTABLE_FL: no changes are permitted",
                                "kernel fs/xfs/xfs_file.c, xfs_write_fault: does not look (6.1 to 7.3)")
                        .silent(),
                Rule.answering(
                        "store-in-mapping-may-lack-space",
                        "Where space is scarce a store in a mapping of a file that has blocks which are not written ends at the "
                                + "page that finds none: fewer bytes, or EFAULT and no change. A page of the cache may be as "
                                + "large as the file, and takes all its blocks.",
                        FILES,
                        new Answer<>(
                                MapStore.class,
                                (store, on) -> on.mayLackSpace(0, on.size()),
                                (store, on) -> anyOf(
                                        store.anyPart(on), notable(new Outcome.Failed(Errno.EFAULT), on.state()))),
                        "mmap(2), SIGBUS",
                        "kernel fs/ext4/inode.c, ext4_page_mkwrite; fs/xfs/xfs_file.c, xfs_write_fault: SIGBUS (6.1 to 7.3)",
                        "kernel fs/iomap/buffered-io.c, iomap_page_mkwrite: the whole folio (6.1 to 7.3)"),
                Rule.answering(
                        "store-in-mapping-changes-target",
                        "What is stored in a mapping is in the target; its size stays.",
                        EVERYWHERE,
                        Answer.always(
                                MapStore.class,
                                (store, on) -> required(
                                        new Outcome.Returned(store.inside(on)), store.stored(on, store.inside(on)))),
                        "mmap(2), MAP_SHARED"));
    }

    public MapStore {
        Place.require(offset, length);
        Place.requireWords(offset, length);
    }

    private int inside(Situation on) {
        return on.inside(offset, length);
    }

    private Permit anyPart(Situation on) {
        return fitting(
                "any part of " + inside(on) + " bytes stored",
                outcome -> outcome instanceof Outcome.Returned returned
                                && returned.value() >= 0
                                && returned.value() <= inside(on)
                        ? Optional.of(stored(on, (int) returned.value()))
                        : Optional.empty());
    }

    /** Where a page of several blocks lay over a hole nobody says which of them the store brings about. */
    private FileState stored(Situation on, int inside) {
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
