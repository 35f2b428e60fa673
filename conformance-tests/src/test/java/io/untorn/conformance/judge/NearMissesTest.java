package io.untorn.conformance.judge;

import static io.untorn.conformance.run.Simulated.BIGALLOC;
import static io.untorn.conformance.run.Simulated.DEVICE;
import static io.untorn.conformance.run.Simulated.EXT4;
import static io.untorn.conformance.run.Simulated.XFS;
import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.conformance.report.TextTable;
import io.untorn.model.contents.Origin;
import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Audit;
import io.untorn.model.operation.Batch;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.DropCaches;
import io.untorn.model.operation.Engine;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.Fallocate.Mode;
import io.untorn.model.operation.FillSpace;
import io.untorn.model.operation.FreeSpace;
import io.untorn.model.operation.LimitFileSize;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.RwFlags;
import io.untorn.model.operation.Subject;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.Write;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Sees that each known deviation explains what its mechanism makes, and nothing that only looks like it. */
final class NearMissesTest {
    private static final int KIB = 1024;
    private static final int NEAR_MISSES = 3;
    private static final Origin STALE = new Origin.Foreign(0xA5A5);
    private static final RwFlags APPEND = RwFlags.NONE.with(RwFlag.APPEND);
    private static final RwFlags ATOMIC_APPEND = APPEND.with(RwFlag.ATOMIC);
    private static final Buffer HALF_MISSING = new Buffer(0, 4 * KIB);
    private static final Operation SHARE = new CloneRange(Subject.FILE, 0, Subject.TWIN, 0, 4 * KIB);
    private static final Operation SCARCE = new FillSpace(FreeSpace.A_LITTLE);
    private static final Operation PLENTY = new FillSpace(FreeSpace.PLENTY);
    private static final Operation MOUNT_AGAIN = new Remount(Remount.Way.UNMOUNT_AND_MOUNT, 0);
    private static final Operation READ = Read.plain(Access.DIRECT, 0, 64 * KIB);
    private static final String IOMAP = "fs/iomap/direct-io.c";

    /**
     * A forged history.
     *
     * @param deviation the known deviation that it shows, or only looks like
     * @param words what is forged
     * @param verdict what it must be judged
     */
    private record Row(String deviation, String words, Forged history, String verdict) {
        boolean isMiss() {
            return !verdict.startsWith("known");
        }
    }

    private final List<Row> rows = new ArrayList<>();
    private String deviation = "";

    private void about(String id) {
        deviation = id;
    }

    private void shows(String words, Forged history) {
        rows.add(new Row(deviation, words, history, "known: " + deviation));
    }

    private void misses(String words, Forged history, String rule) {
        rows.add(new Row(deviation, words, history, "breaks " + rule));
    }

    @Test
    void eachDeviationExplainsOnlyItsMechanism() {
        readPastEnd();
        cutAtSizeLimit();
        iomapWarning();
        keptPages();
        delayedCopy();
        refusedMounts();
        reservedHoles();
        shortWrite();
        cutAtMissingPage();
        dontcache();
        memoryAlignment();
        appendWarnings();
        blocksBehindEnd();
        lastCluster();
        lastClusterWarnings();
        blockOfOldEnd();
        atomicAppendToOddEnd();
        refusedAtomicWrite();
        staleCopy();
        refusedPlainWrite();
        directAppendToSharingFile();
        writeCutInsideBlock();
        misalignedDirectWrite();

        List<List<String>> table = new ArrayList<>(List.of(List.of("known deviation", "forged", "judged")));
        rows.forEach(row ->
                table.add(List.of(row.deviation(), row.words(), row.history().judged())));
        System.out.println(TextTable.of(table, Set.of()));
        assertThat(rows)
                .extracting(row -> row.deviation() + ": " + row.words() + ": "
                        + row.history().judged())
                .isEqualTo(rows.stream()
                        .map(row -> row.deviation() + ": " + row.words() + ": " + row.verdict())
                        .toList());
    }

    @Test
    void eachDeviationHasAHistoryAndNearMisses() {
        eachDeviationExplainsOnlyItsMechanism();
        Map<String, List<Row>> byDeviation = rows.stream().collect(Collectors.groupingBy(Row::deviation));

        assertThat(byDeviation.keySet())
                .containsExactlyInAnyOrderElementsOf(KnownDeviation.shipped().stream()
                        .map(KnownDeviation::id)
                        .toList());
        assertThat(byDeviation).allSatisfy((id, about) -> {
            assertThat(about).as(id).anyMatch(row -> !row.isMiss());
            assertThat(about.stream().filter(Row::isMiss)).as(id).hasSizeGreaterThanOrEqualTo(NEAR_MISSES);
        });
    }

    @Test
    void whatFollowsAKnownDeviationIsJudged() {
        Operation limit = new LimitFileSize(4 * KIB);
        Forged cut = Forged.on("7.3.4", XFS, limit, Write.atomic(0, 8 * KIB), Write.plain(Access.DIRECT, 0, 512), READ)
                .returning(2, 4 * KIB);
        Origin written = new Origin.Written(1, 0);

        assertThat(cut.growing(4, 4 * KIB).finding(4, 512, 3584, written).judged())
                .isEqualTo("known: atomic-write-cut-at-size-limit");
        assertThat(cut.growing(4, 4 * KIB).finding(4, 512, 3072, written).judged())
                .isEqualTo("breaks data-is-what-was-written-last");
        assertThat(cut.growing(4, 4 * KIB)
                        .finding(4, 512, 3584, written)
                        .returning(3, 8)
                        .judged())
                .isEqualTo("breaks plain-write-returns-its-length");
    }

    @Test
    void aKnownDeviationThroughARingMayLeaveThePosition() {
        Operation limit = new LimitFileSize(4 * KIB);
        Write atPosition = Write.atomic(Write.AT_POSITION, 16 * KIB);
        Write through = atPosition.through(Engine.IO_URING);

        assertThat(Forged.on("6.16.12", XFS, limit, through, through)
                        .returning(2, 4 * KIB)
                        .returning(3, 4 * KIB)
                        .judged())
                .isEqualTo("known: atomic-write-cut-at-size-limit");
        assertThat(Forged.on("6.16.12", XFS, limit, atPosition, atPosition)
                        .returning(2, 4 * KIB)
                        .returning(3, 4 * KIB)
                        .judged())
                .isEqualTo("breaks offset-naturally-aligned");
    }

    @Test
    void leftDataIsFollowedWhereItIsMovedAndCopied() {
        Write odd = Write.plain(Access.DIRECT, 0, 8704);
        Write append = Write.plain(Access.DIRECT, 0, 8 * KIB).with(APPEND);
        Operation cut = new Truncate(16 * KIB);
        Operation insert = new Fallocate(Mode.INSERT_RANGE, 4 * KIB, 4 * KIB);
        Operation collapse = new Fallocate(Mode.COLLAPSE_RANGE, 0, 4 * KIB);
        Operation copy = CloneRange.within(8 * KIB, 32 * KIB, 4 * KIB);
        String known = "known: xfs-data-after-direct-append-to-sharing-file";
        String wrong = "breaks data-is-what-was-written-last";

        assertThat(left(12 * KIB, odd, SHARE, append, cut, insert)).isEqualTo(known);
        assertThat(left(8 * KIB, odd, SHARE, append, cut, insert)).isEqualTo(wrong);
        assertThat(left(4 * KIB, odd, SHARE, append, cut, collapse)).isEqualTo(known);
        assertThat(left(8 * KIB, odd, SHARE, append, cut, collapse)).isEqualTo(wrong);
        assertThat(left(32 * KIB, odd, SHARE, append, cut, copy)).isEqualTo(known);
        assertThat(left(8 * KIB, odd, SHARE, append, cut, copy)).isEqualTo(known);
        assertThat(left(33 * KIB, odd, SHARE, append, cut, copy)).isEqualTo(wrong);
    }

    /** Return how operations on XFS are judged after which a read finds stale data at a place. */
    private static String left(long place, Operation... operations) {
        List<Operation> all = new ArrayList<>(List.of(operations));
        all.add(READ);
        return Forged.on("7.3.4", XFS, all.toArray(Operation[]::new))
                .finding(all.size(), place, 512, STALE)
                .judged();
    }

    private void readPastEnd() {
        about("xfs-direct-read-past-end-eio");
        Write first = Write.plain(Access.DIRECT, 0, 4 * KIB);
        Write atomic = Write.atomic(48 * KIB, 16 * KIB);
        Write growing = Write.plain(Access.BUFFERED, 62 * KIB, 4 * KIB);
        Read past = Read.plain(Access.DIRECT, 32 * KIB, 52 * KIB);
        String rule = "read-returns-what-is-there";
        shows(
                "EIO past the block of EOF, after an atomic write and a buffered one that grew the file",
                Forged.on("7.3.4", XFS, first, atomic, growing, past).failing(4, Errno.EIO));
        misses(
                "buffered read",
                Forged.on("7.3.4", XFS, first, atomic, growing, Read.plain(Access.BUFFERED, 32 * KIB, 52 * KIB))
                        .failing(4, Errno.EIO),
                rule);
        misses(
                "read inside the file",
                Forged.on("7.3.4", XFS, first, atomic, growing, Read.plain(Access.DIRECT, 32 * KIB, 16 * KIB))
                        .failing(4, Errno.EIO),
                rule);
        misses(
                "no atomic write before",
                Forged.on("7.3.4", XFS, first, growing, past).failing(3, Errno.EIO),
                rule);
        misses(
                "nothing grew the file through the page cache",
                Forged.on("7.3.4", XFS, first, atomic, past).failing(3, Errno.EIO),
                rule);
        misses(
                "mounted again in between",
                Forged.on("7.3.4", XFS, first, atomic, growing, MOUNT_AGAIN, past)
                        .failing(5, Errno.EIO),
                rule);
        misses("EUCLEAN", Forged.on("7.3.4", XFS, first, atomic, growing, past).failing(4, Errno.EUCLEAN), rule);
    }

    private void cutAtSizeLimit() {
        about("atomic-write-cut-at-size-limit");
        Operation limit = new LimitFileSize(4 * KIB);
        Write crossing = Write.atomic(0, 8 * KIB);
        String rule = "atomic-write-is-not-cut-at-size-limit";
        shows("cut at the limit", Forged.on("7.3.4", XFS, limit, crossing).returning(2, 4 * KIB));
        misses("the limit is ignored", Forged.on("7.3.4", XFS, limit, crossing).returning(2, 8 * KIB), rule);
        misses("cut before the limit", Forged.on("7.3.4", XFS, limit, crossing).returning(2, 2 * KIB), rule);
        misses(
                "cut, and more than that stored",
                Forged.on("7.3.4", XFS, limit, crossing, READ)
                        .returning(2, 4 * KIB)
                        .failing(3, Errno.EIO),
                "read-returns-what-is-there");
        misses(
                "cut though the limit lies behind it",
                Forged.on("7.3.4", XFS, new LimitFileSize(16 * KIB), crossing).returning(2, 4 * KIB),
                "atomic-write-over-hole");
    }

    /** Each of several writes that are handed over at once may show one, and the others are judged as ever. */
    @Test
    void aKnownDeviationMayBeThatOfOneOfSeveral() {
        Write crossing = Write.atomic(0, 8 * KIB).through(Engine.LIBAIO);
        Batch two = new Batch(List.of(crossing.at(16 * KIB).sized(4 * KIB), crossing));
        Forged batch = Forged.on("7.3.4", XFS, new LimitFileSize(4 * KIB), two);
        Outcome refused = new Outcome.Failed(Errno.EFBIG);
        Outcome cut = new Outcome.Returned(4 * KIB);

        assertThat(batch.judged()).isEqualTo("conforms");
        assertThat(batch.answeringEach(2, refused, cut).judged()).isEqualTo("known: atomic-write-cut-at-size-limit");
        assertThat(batch.answeringEach(2, refused, new Outcome.Returned(2 * KIB))
                        .judged())
                .isEqualTo("breaks writes-of-one-io-submit");
        assertThat(batch.answeringEach(2, cut, cut).judged()).isEqualTo("breaks writes-of-one-io-submit");
    }

    private void keptPages() {
        about("iomap-keeps-pages-of-missing-memory");
        Audit pages = new Audit(Audit.Aspect.PINNED_PAGES);
        Audit space = new Audit(Audit.Aspect.FREE_SPACE);
        Write legal = Write.atomic(0, 4 * KIB);
        Write missing = legal.with(new Buffer(0, 512));
        String fault = "1 pages of memory are still pinned";
        String rule = "pinned-pages-are-released";
        shows(
                "a part of the memory is missing",
                Forged.on("6.18.15", XFS, missing, pages).unclean(2, fault));
        shows(
                "on ext4, two writes later",
                Forged.on("6.18.15", EXT4, missing, legal, pages).unclean(3, fault));
        shows(
                "a part of the memory is missing, in a write to the twin",
                Forged.on("6.18.15", EXT4, missing.toTwin(), pages).unclean(2, fault));
        misses("all memory is there", Forged.on("6.18.15", XFS, legal, pages).unclean(2, fault), rule);
        misses(
                "all memory is missing",
                Forged.on("6.18.15", XFS, legal.with(new Buffer(0, 4 * KIB)), pages)
                        .unclean(2, fault),
                rule);
        misses(
                "the write comes later",
                Forged.on("6.18.15", XFS, pages, missing).unclean(1, fault),
                rule);
        misses(
                "a kernel in which it is fixed",
                Forged.on("7.3.4", XFS, missing, pages).unclean(2, fault),
                rule);
        misses(
                "space that stays in use",
                Forged.on("6.18.15", XFS, missing, space).unclean(2, "4096 bytes more are in use"),
                "space-comes-back");
    }

    private void blocksBehindEnd() {
        about("ext4-failed-append-leaves-blocks");
        Audit consistent = new Audit(Audit.Aspect.FILE_SYSTEM);
        Write base = Write.plain(Access.DIRECT, 0, 31 * KIB);
        Write append = Write.atomic(0, 4 * KIB).with(ATOMIC_APPEND);
        Write missing = append.with(new Buffer(0, 512));
        String small = "Inode 13, i_size is 31744, should be 36864.  Fix? no";
        String rule = "file-system-is-consistent";
        Forged behind = Forged.on("6.18.15", EXT4, base, missing, consistent).failing(2, Errno.EFAULT);
        shows("a part of the memory is missing", behind.unclean(3, "e2fsck exits with 4", small));
        misses("another size is told", behind.unclean(3, "Inode 13, i_size is 4096, should be 36864.  Fix? no"), rule);
        misses(
                "blocks further behind",
                behind.unclean(3, "Inode 13, i_size is 31744, should be 40960.  Fix? no"),
                rule);
        misses("another fault beside it", behind.unclean(3, small, "Free inodes count wrong. Fix? no"), rule);
        misses("no size is told", behind.unclean(3, "e2fsck exits with 4"), rule);
        misses(
                "all memory is missing",
                Forged.on("6.18.15", EXT4, base, append.with(new Buffer(0, 4 * KIB)), consistent)
                        .failing(2, Errno.EFAULT)
                        .unclean(3, small),
                rule);
        misses(
                "EOF between blocks",
                Forged.on("6.18.15", EXT4, Write.plain(Access.DIRECT, 0, 32 * KIB), missing, consistent)
                        .failing(2, Errno.EFAULT)
                        .unclean(3, "Inode 13, i_size is 32768, should be 36864.  Fix? no"),
                rule);
        misses(
                "a kernel in which it is fixed",
                Forged.on("7.3.4", EXT4, base, missing, consistent)
                        .failing(2, Errno.EFAULT)
                        .unclean(3, small),
                rule);
    }

    private void lastCluster() {
        about("ext4-last-cluster-not-counted");
        Audit consistent = new Audit(Audit.Aspect.FILE_SYSTEM);
        Audit free = new Audit(Audit.Aspect.FREE_SPACE);
        long last = (1L << 44) - 16 * KIB;
        Write base = Write.plain(Access.DIRECT, 0, 4 * KIB);
        Write far = Write.plain(Access.BUFFERED, last, 4 * KIB);
        String short1 = "Inode 13, i_blocks is 32, should be 64.  Fix? no";
        String rule = "file-system-is-consistent";
        Forged counted = Forged.on("7.3.4", BIGALLOC, base, far, consistent);
        shows("a cluster is not counted", counted.unclean(3, "e2fsck exits with 4", short1));
        shows(
                "the count is below zero",
                Forged.on("7.3.4", BIGALLOC, base, far, new Truncate(0), consistent)
                        .unclean(4, "Inode 13, i_blocks is 281474976710652, should be 0.  Fix? no"));
        misses("two clusters", counted.unclean(3, "Inode 13, i_blocks is 32, should be 96.  Fix? no"), rule);
        misses("a block", counted.unclean(3, "Inode 13, i_blocks is 32, should be 40.  Fix? no"), rule);
        misses("too many are counted", counted.unclean(3, "Inode 13, i_blocks is 64, should be 32.  Fix? no"), rule);
        misses("another fault beside it", counted.unclean(3, short1, "Free inodes count wrong. Fix? no"), rule);
        misses("clusters of no file", counted.unclean(3, "Block bitmap differences:  -5968"), rule);
        misses(
                "by direct I/O",
                Forged.on("7.3.4", BIGALLOC, base, Write.plain(Access.DIRECT, last, 4 * KIB), consistent)
                        .unclean(3, short1),
                rule);
        misses(
                "the cluster before",
                Forged.on("7.3.4", BIGALLOC, base, Write.plain(Access.BUFFERED, last - 4 * KIB, 4 * KIB), consistent)
                        .unclean(3, short1),
                rule);
        misses(
                "a file without blocks",
                Forged.on("7.3.4", BIGALLOC, far, consistent)
                        .unclean(2, "Inode 13, i_blocks is 0, should be 32.  Fix? no"),
                rule);
        misses(
                "without clusters",
                Forged.on("7.3.4", EXT4, base, far, consistent).unclean(3, short1),
                rule);

        Forged gone = Forged.on("7.3.4", BIGALLOC, base, far, new Truncate(0), base, free);
        String inUse = " bytes more are in use than before the file was made";
        shows("a cluster stays in use", gone.unclean(5, 16384 + inUse));
        misses("two stay in use", gone.unclean(5, 32768 + inUse), "space-comes-back");
        misses("an inode stays in use", gone.unclean(5, 16384 + inUse, "1 inodes more"), "space-comes-back");
        misses(
                "the files were removed since",
                Forged.on("7.3.4", BIGALLOC, base, far, free, base, free).unclean(5, 16384 + inUse),
                "space-comes-back");
    }

    private void lastClusterWarnings() {
        Write base = Write.plain(Access.DIRECT, 0, 4 * KIB);
        Write far = Write.plain(Access.BUFFERED, (1L << 44) - 16 * KIB, 4 * KIB);
        Write near = Write.plain(Access.BUFFERED, 16 * KIB, 4 * KIB);
        String function = "ext4_da_update_reserve_space";
        String file = "fs/ext4/inode.c";
        String line = "EXT4-fs warning (device sda): " + function + ":371: " + function
                + ": ino 13, used 1 with only 0 reserved data blocks";
        String rule = "no-splat";
        Forged far61 = Forged.on("6.1.176", BIGALLOC, base, far, MOUNT_AGAIN);
        Forged near61 = Forged.on("6.1.176", BIGALLOC, base, near, MOUNT_AGAIN);
        Forged far612 = Forged.on("6.12.117", BIGALLOC, base, far, MOUNT_AGAIN);

        about("ext4-last-cluster-warned-of");
        shows("at the unmount", far61.printing(3, line));
        misses("before the write", far61.printing(1, line), rule);
        misses("another place in the file", near61.printing(3, line), rule);
        misses("another function", far61.printing(3, line.replace(function + ":371", "ext4_evict_inode:371")), rule);
        misses("a kernel that does not", far612.printing(3, line), rule);

        about("ext4-last-cluster-warn-on");
        shows("at the unmount", far61.warning(3, file, function));
        misses("before the write", far61.warning(1, file, function), rule);
        misses("another place in the file", near61.warning(3, file, function), rule);
        misses("another function", far61.warning(3, file, "ext4_evict_inode"), rule);
        misses("a kernel that does not", far612.warning(3, file, function), rule);
    }

    private void iomapWarning() {
        about("iomap-warns-of-missing-memory");
        Write legal = Write.atomic(0, 4 * KIB);
        Write missing = legal.with(new Buffer(0, 512));
        shows(
                "a part of the memory is missing",
                Forged.on("7.3.4", EXT4, missing).warning(1, IOMAP, "iomap_dio_bio_iter"));
        misses("legal write", Forged.on("7.3.4", EXT4, legal).warning(1, IOMAP, "iomap_dio_bio_iter"), "no-splat");
        misses(
                "legal write before it",
                Forged.on("7.3.4", EXT4, legal, missing).warning(1, IOMAP, "iomap_dio_bio_iter"),
                "no-splat");
        misses(
                "legal write after it",
                Forged.on("7.3.4", EXT4, missing, legal).warning(2, IOMAP, "iomap_dio_bio_iter"),
                "no-splat");
        misses(
                "plain write",
                Forged.on("7.3.4", EXT4, missing, Write.plain(Access.DIRECT, 0, 4 * KIB))
                        .warning(2, IOMAP, "iomap_dio_bio_iter"),
                "no-splat");
        misses("another function", Forged.on("7.3.4", EXT4, missing).warning(1, IOMAP, "iomap_dio_done"), "no-splat");
    }

    private void delayedCopy() {
        about("xfs-atomic-write-meets-delayed-copy");
        Write first = Write.plain(Access.DIRECT, 20 * KIB, 4 * KIB);
        Operation clone = new CloneRange(Subject.FILE, 20 * KIB, Subject.TWIN, 0, 4 * KIB);
        Write copying = Write.plain(Access.BUFFERED, 20 * KIB, 8);
        Operation cut = new Truncate(20 * KIB);
        Write atomic = Write.atomic(0, 128 * KIB);
        String rule = "atomic-write-over-hole";
        shows(
                "EIO where a buffered write has reserved copies",
                Forged.on("6.16.12", XFS, first, clone, copying, cut, atomic).failing(5, Errno.EIO));
        shows(
                "the same, of a write that crosses the limit",
                Forged.on("6.16.12", XFS, first, clone, copying, cut, new LimitFileSize(8 * KIB), atomic)
                        .failing(6, Errno.EIO));
        misses(
                "no block was shared",
                Forged.on("6.16.12", XFS, first, copying, cut, atomic).failing(4, Errno.EIO),
                rule);
        Operation back = new CloneRange(Subject.TWIN, 20 * KIB, Subject.FILE, 0, 4 * KIB);
        shows(
                "EIO where a buffered write has reserved copies, in the twin",
                Forged.on("6.16.12", XFS, first.toTwin(), back, copying.toTwin(), atomic.toTwin())
                        .failing(4, Errno.EIO));
        misses(
                "in the twin, where the file has them reserved",
                Forged.on("6.16.12", XFS, first, clone, copying, atomic.toTwin())
                        .failing(4, Errno.EIO),
                "atomic-write-over-mixed");
        misses(
                "no buffered write to what was shared",
                Forged.on("6.16.12", XFS, first, clone, cut, atomic).failing(4, Errno.EIO),
                rule);
        misses(
                "far from there",
                Forged.on("6.16.12", XFS, first, clone, copying, cut, atomic.at(256 * KIB))
                        .failing(5, Errno.EIO),
                rule);
        misses(
                "ENOSPC",
                Forged.on("6.16.12", XFS, first, clone, copying, cut, atomic).failing(5, Errno.ENOSPC),
                rule);
        misses(
                "a kernel in which it is fixed",
                Forged.on("6.18.15", XFS, first, clone, copying, cut, atomic).failing(5, Errno.EIO),
                rule);
    }

    private void reservedHoles() {
        about("xfs-atomic-write-reserves-whole-hole");
        Operation far = Write.atomic(4L << 30, 8 * KIB);
        Operation near = Write.atomic(0, 8 * KIB);
        String rule = "atomic-write-over-hole";
        shows(
                "ENOSPC with blocks for a copy far behind",
                Forged.on("7.3.4", XFS, far, near).failing(2, Errno.ENOSPC));
        misses("with none", Forged.on("7.3.4", XFS, near).failing(1, Errno.ENOSPC), rule);
        misses(
                "with some close behind",
                Forged.on("7.3.4", XFS, Write.atomic(1 << 20, 8 * KIB), near).failing(2, Errno.ENOSPC),
                rule);
        misses("with some far before", Forged.on("7.3.4", XFS, near, far).failing(2, Errno.ENOSPC), rule);
        misses(
                "of a plain write behind",
                Forged.on("7.3.4", XFS, Write.plain(Access.DIRECT, 4L << 30, 8 * KIB), near)
                        .failing(2, Errno.ENOSPC),
                rule);
        misses(
                "after they were cut off",
                Forged.on("7.3.4", XFS, far, new Truncate(0), near).failing(3, Errno.ENOSPC),
                rule);
        misses(
                "after a mount",
                Forged.on("7.3.4", XFS, far, new Remount(Remount.Way.UNMOUNT_AND_MOUNT, 0), near)
                        .failing(3, Errno.ENOSPC),
                rule);
        misses("EIO", Forged.on("7.3.4", XFS, far, near).failing(2, Errno.EIO), rule);
        misses(
                "a plain write",
                Forged.on("7.3.4", XFS, far, Write.plain(Access.DIRECT, 0, 8 * KIB))
                        .failing(2, Errno.ENOSPC),
                "plain-write-returns-its-length");
    }

    private void refusedMounts() {
        about("xfs-refused-mounts-take-space");
        Remount refused = new Remount(Remount.Way.UNMOUNT_AND_MOUNT, 5000);
        Write write = Write.plain(Access.DIRECT, 0, 4 * KIB);
        String rule = "plain-write-returns-its-length";
        Remount taken = new Remount(Remount.Way.UNMOUNT_AND_MOUNT, 4096);
        Remount live = new Remount(Remount.Way.LIVE, 5000);
        Forged fifteen = mounted("6.18.15", refused, 15, write);
        shows("ENOSPC after fifteen refused mounts", fifteen.failing(16, Errno.ENOSPC));
        misses("after five", mounted("6.18.15", refused, 5, write).failing(6, Errno.ENOSPC), rule);
        misses(
                "after fifteen mounts that were not refused",
                mounted("6.18.15", taken, 15, write).failing(16, Errno.ENOSPC),
                rule);
        misses(
                "after fifteen refused changes of a mount",
                mounted("6.18.15", live, 15, write).failing(16, Errno.ENOSPC),
                rule);
        misses(
                "a kernel in which it is fixed",
                mounted("7.3.4", refused, 15, write).failing(16, Errno.ENOSPC),
                rule);
        misses("EIO", fifteen.failing(16, Errno.EIO), rule);
        misses(
                "the blocks were there before",
                mounted("6.18.15", refused, 15, write, write).failing(17, Errno.ENOSPC),
                rule);
    }

    /** Run writes after so many mounts. */
    private static Forged mounted(String release, Remount mount, int times, Write... writes) {
        List<Operation> operations = new ArrayList<>(Collections.nCopies(times, mount));
        operations.addAll(List.of(writes));
        return Forged.on(release, XFS, operations.toArray(Operation[]::new));
    }

    private void shortWrite() {
        about("xfs-short-atomic-write-of-missing-memory");
        Write missing = Write.atomic(0, 8 * KIB).with(new Buffer(0, 512));
        String rule = "memory-missing-in-part";
        shows("as long as the mapped memory", Forged.on("6.18.15", XFS, missing).returning(1, 7680));
        misses("its whole length", Forged.on("6.18.15", XFS, missing).returning(1, 8 * KIB), rule);
        misses("less than is mapped", Forged.on("6.18.15", XFS, missing).returning(1, 4 * KIB), rule);
        misses(
                "legal write",
                Forged.on("6.18.15", XFS, Write.atomic(0, 8 * KIB)).returning(1, 7680),
                "atomic-write-over-hole");
        misses(
                "other data than it returned is there",
                Forged.on("6.18.15", XFS, Write.plain(Access.DIRECT, 0, 8 * KIB), missing, READ)
                        .returning(2, 7680),
                "data-is-what-was-written-last");
        misses("a kernel in which it is fixed", Forged.on("7.3.4", XFS, missing).returning(1, 7680), rule);
    }

    private void cutAtMissingPage() {
        about("device-atomic-write-cut-at-missing-page");
        Write missing = Write.atomic(0, 8 * KIB).with(HALF_MISSING);
        String rule = "memory-missing-in-part";
        shows(
                "as long as the mapped memory",
                Forged.on("7.3.4", DEVICE, missing).returning(1, 4 * KIB));
        misses("its whole length", Forged.on("7.3.4", DEVICE, missing).returning(1, 8 * KIB), rule);
        misses("less than is mapped", Forged.on("7.3.4", DEVICE, missing).returning(1, 2 * KIB), rule);
        misses(
                "what is mapped is no length that the device takes",
                Forged.on("7.3.4", DEVICE, Write.atomic(0, 8 * KIB).with(new Buffer(0, 6656)))
                        .returning(1, 1536),
                rule);
        misses(
                "legal write",
                Forged.on("7.3.4", DEVICE, Write.atomic(0, 8 * KIB)).returning(1, 4 * KIB),
                "atomic-write-returns-its-length");
    }

    private void dontcache() {
        about("device-dontcache-write-crashes");
        Write write = Write.plain(Access.DIRECT, 0, 4 * KIB).with(RwFlags.NONE.with(RwFlag.DONTCACHE));
        Write buffered = Write.plain(Access.BUFFERED, 0, 4 * KIB);
        String function = "filemap_dontcache_kick_writeback";
        String rule = "every-operation-is-answered";
        shows("RWF_DONTCACHE", Forged.on("7.3.4", DEVICE, write).stopping(1, function));
        misses(
                "no RWF_DONTCACHE",
                Forged.on("7.3.4", DEVICE, write.with(RwFlags.NONE)).stopping(1, function),
                rule);
        misses("another function", Forged.on("7.3.4", DEVICE, write).stopping(1, "blkdev_write_iter"), rule);
        misses(
                "the page cache was dirtied",
                Forged.on("7.3.4", DEVICE, buffered, write).stopping(2, function),
                rule);
        misses("a file", Forged.on("7.3.4", EXT4, write).stopping(1, function), rule);
    }

    private void memoryAlignment() {
        about("memory-alignment-not-checked");
        Write write = Write.atomic(0, KIB).with(new Buffer(1, 0));
        String rule = "memory-aligned";
        shows("memory in one page", Forged.on("6.18.15", DEVICE, write).returning(1, KIB));
        misses("short", Forged.on("6.18.15", DEVICE, write).returning(1, 512), rule);
        misses(
                "memory in three pages",
                Forged.on("6.18.15", DEVICE, write.sized(8 * KIB)).returning(1, 8 * KIB),
                rule);
        misses(
                "memory across the end of a page",
                Forged.on("6.18.15", DEVICE, write.with(new Buffer(3585, 0))).returning(1, KIB),
                rule);
        misses(
                "a kernel in which it is fixed",
                Forged.on("7.3.4", DEVICE, write).returning(1, KIB),
                rule);
    }

    private void appendWarnings() {
        Write odd = Write.plain(Access.BUFFERED, 0, 512);
        Write whole = Write.plain(Access.BUFFERED, 0, 4 * KIB);
        Write append = Write.atomic(0, 4 * KIB).with(ATOMIC_APPEND);
        Write missing = append.with(new Buffer(0, 512));

        about("ext4-warns-of-append-to-odd-end");
        String file = "fs/ext4/inode.c";
        String function = "ext4_iomap_begin";
        shows("EOF inside a block", Forged.on("7.3.4", EXT4, odd, append).warning(2, file, function));
        misses("EOF between blocks", Forged.on("7.3.4", EXT4, whole, append).warning(2, file, function), "no-splat");
        misses(
                "no append",
                Forged.on("7.3.4", EXT4, odd, Write.atomic(0, 4 * KIB)).warning(2, file, function),
                "no-splat");
        misses(
                "plain append",
                Forged.on(
                                "7.3.4",
                                EXT4,
                                odd,
                                Write.plain(Access.DIRECT, 0, 4 * KIB).with(APPEND))
                        .warning(2, file, function),
                "no-splat");
        misses("the write before it", Forged.on("7.3.4", EXT4, odd, append).warning(1, file, function), "no-splat");

        about("ext4-warns-of-append-from-missing-memory");
        String other = "fs/ext4/file.c";
        String writing = "ext4_file_write_iter";
        shows(
                "a part of the memory is missing",
                Forged.on("6.18.15", EXT4, odd, missing).warning(2, other, writing));
        misses("all memory is there", Forged.on("6.18.15", EXT4, odd, append).warning(2, other, writing), "no-splat");
        misses("EOF between blocks", Forged.on("6.18.15", EXT4, whole, missing).warning(2, other, writing), "no-splat");
        misses(
                "a kernel in which it is fixed",
                Forged.on("7.3.4", EXT4, odd, missing).warning(2, other, writing),
                "no-splat");
    }

    private void blockOfOldEnd() {
        Write odd = Write.plain(Access.DIRECT, 0, 4608);
        Operation zero = new Fallocate(Mode.ZERO_RANGE, 0, 16 * KIB);
        Operation inside = new Fallocate(Mode.ZERO_RANGE, 0, 4 * KIB);
        String rule = "data-is-what-was-written-last";

        about("ext4-zero-range-leaves-data");
        shows(
                "old data in the block of the old EOF",
                Forged.on("7.3.4", EXT4, odd, zero, READ).finding(3, 4 * KIB, 512, 1));
        shows(
                "a buffered write there is lost",
                Forged.on("7.3.4", EXT4, odd, zero, Write.plain(Access.BUFFERED, 4 * KIB, 8), READ)
                        .finding(4, 4 * KIB, 8, Origin.ZERO));
        Write whole = Write.plain(Access.BUFFERED, 4 * KIB, 4 * KIB);
        shows(
                "a buffered write there is lost, after a truncate inside the block",
                Forged.on("7.3.4", EXT4, odd, zero, new Truncate(4 * KIB + 8), whole, READ)
                        .finding(5, 4 * KIB, 4 * KIB, Origin.ZERO));
        misses(
                "after a truncate to the start of the block",
                Forged.on("7.3.4", EXT4, odd, zero, new Truncate(4 * KIB), whole, READ)
                        .finding(5, 4 * KIB, 4 * KIB, Origin.ZERO),
                rule);
        misses(
                "inside the file it does nothing",
                Forged.on("7.3.4", EXT4, odd, inside, READ).finding(3, 0, 4 * KIB, 1),
                rule);
        misses(
                "old data in another block",
                Forged.on("7.3.4", EXT4, odd, zero, READ).finding(3, 0, 4 * KIB, 1),
                rule);
        misses(
                "data that was never there",
                Forged.on("7.3.4", EXT4, odd, zero, READ).finding(3, 4 * KIB, 512, STALE),
                rule);
        misses(
                "EOF between blocks",
                Forged.on("7.3.4", EXT4, odd.sized(8 * KIB), zero, READ).finding(3, 4 * KIB, 512, 1),
                rule);
        misses(
                "punching a hole",
                Forged.on("7.3.4", EXT4, odd, new Fallocate(Mode.PUNCH_HOLE, 0, 16 * KIB), READ)
                        .finding(3, 4 * KIB, 512, 1),
                rule);
        misses(
                "a direct write came after it",
                Forged.on("7.3.4", EXT4, odd, zero, Write.plain(Access.DIRECT, 4 * KIB, 4 * KIB), READ)
                        .finding(4, 4 * KIB, 512, 1),
                rule);
        misses("a kernel before it", Forged.on("7.0.13", EXT4, odd, zero, READ).finding(3, 4 * KIB, 512, 1), rule);

        about("ext4-loses-data-after-append-to-odd-end");
        Write small = Write.plain(Access.BUFFERED, 0, 8);
        Write append = Write.atomic(0, 4 * KIB).with(ATOMIC_APPEND);
        Operation dropped = new DropCaches();
        shows(
                "a buffered write to the block of the old EOF is lost",
                Forged.on("7.3.4", EXT4, small, append, zero, small, dropped, READ)
                        .failing(2, Errno.EINVAL)
                        .finding(6, 0, 8, Origin.ZERO));
        misses(
                "no zeroing",
                Forged.on("7.3.4", EXT4, small, append, small, dropped, READ)
                        .failing(2, Errno.EINVAL)
                        .finding(5, 0, 8, Origin.ZERO),
                rule);
        misses(
                "zeroing that does not make the file longer",
                Forged.on(
                                "7.3.4",
                                EXT4,
                                small,
                                append,
                                new Fallocate(Mode.ZERO_RANGE_KEEP_SIZE, 0, 16 * KIB),
                                small,
                                READ)
                        .failing(2, Errno.EINVAL)
                        .finding(5, 0, 8, Origin.ZERO),
                rule);
        misses(
                "a write to the next block is lost",
                Forged.on("7.3.4", EXT4, small, append, zero, small.at(4 * KIB), READ)
                        .failing(2, Errno.EINVAL)
                        .finding(5, 4 * KIB, 8, Origin.ZERO),
                rule);
    }

    private void atomicAppendToOddEnd() {
        about("xfs-data-after-append-to-odd-end");
        Write odd = Write.plain(Access.DIRECT, 0, 4608);
        Write append = Write.atomic(0, 4 * KIB).with(ATOMIC_APPEND);
        String rule = "data-is-what-was-written-last";
        shows(
                "the head of its first block",
                Forged.on("7.3.4", XFS, odd, append, READ)
                        .storing(2, 4608, 4 * KIB)
                        .finding(3, 4 * KIB, 512, STALE));
        misses(
                "its own bytes",
                Forged.on("7.3.4", XFS, odd, append, READ)
                        .storing(2, 4608, 4 * KIB)
                        .finding(3, 5 * KIB, 512, STALE),
                "atomic-write-all-or-none");
        misses(
                "the block before",
                Forged.on("7.3.4", XFS, odd, append, READ)
                        .storing(2, 4608, 4 * KIB)
                        .finding(3, 3584, 512, STALE),
                rule);
        misses(
                "EOF between blocks",
                Forged.on("7.3.4", XFS, odd.sized(8 * KIB), append, READ).finding(3, 4 * KIB, 512, STALE),
                rule);
        misses(
                "written since",
                Forged.on("7.3.4", XFS, odd, append, Write.plain(Access.DIRECT, 4 * KIB, 8 * KIB), READ)
                        .returning(2, 4 * KIB)
                        .finding(4, 4 * KIB, 512, STALE),
                rule);
        misses(
                "later data",
                Forged.on("7.3.4", XFS, odd, append, Write.plain(Access.DIRECT, 16 * KIB, 4 * KIB), READ)
                        .storing(2, 4608, 4 * KIB)
                        .finding(4, 4 * KIB, 512, new Origin.Written(2, -12 * KIB)),
                "data-at-its-place");
        misses(
                "a buffered append",
                Forged.on(
                                "7.3.4",
                                XFS,
                                odd,
                                Write.plain(Access.BUFFERED, 0, 4 * KIB).with(APPEND),
                                READ)
                        .finding(3, 4 * KIB, 512, STALE),
                rule);
    }

    private void refusedAtomicWrite() {
        about("xfs-data-after-refused-atomic-write");
        Write base = Write.plain(Access.DIRECT, 0, 16 * KIB);
        Operation punch = new Fallocate(Mode.PUNCH_HOLE, 4 * KIB, 8 * KIB);
        Write refused = Write.atomic(0, 16 * KIB).with(HALF_MISSING);
        Write part = Write.plain(Access.BUFFERED, 5 * KIB, KIB);
        String rule = "refused-write-changes-nothing";
        shows(
                "the rest of a block over a hole, of which a part was written",
                Forged.on("7.3.4", XFS, base, SHARE, punch, refused, part, READ).finding(6, 4 * KIB, KIB, STALE));
        shows(
                "and that may be data of the refused write",
                Forged.on("7.3.4", XFS, base, SHARE, punch, refused, part, READ).finding(6, 6 * KIB, 2 * KIB, 4));
        misses(
                "half of it is stored",
                Forged.on("7.3.4", XFS, base, SHARE, refused, READ).finding(4, 0, 8 * KIB, 3),
                rule);
        misses(
                "half of it is stored, and a part of a block was written over a hole",
                Forged.on("7.3.4", XFS, base, SHARE, punch, refused, part, READ).finding(6, 8 * KIB, 4 * KIB, 4),
                rule);
        misses(
                "nearly full, one that succeeds is half stored",
                Forged.on("7.3.4", XFS, base, SHARE, SCARCE, Write.atomic(0, 16 * KIB), READ)
                        .finding(5, 8 * KIB, 8 * KIB, 1),
                "atomic-write-all-or-none");
        misses(
                "odd memory was refused there, and a later legal write tears",
                Forged.on(
                                "7.3.4",
                                XFS,
                                base,
                                SHARE,
                                Write.atomic(0, 16 * KIB).with(new Buffer(1, 0)),
                                refused,
                                Write.atomic(0, 16 * KIB),
                                READ)
                        .finding(6, 8 * KIB, 8 * KIB, 1),
                "atomic-write-all-or-none");
        misses(
                "no block was ever shared",
                Forged.on("7.3.4", XFS, base, punch, refused, part, READ).finding(5, 4 * KIB, KIB, STALE),
                "data-is-what-was-written-last");
        misses(
                "there was data under the block",
                Forged.on(
                                "7.3.4",
                                XFS,
                                base,
                                new CloneRange(Subject.FILE, 32 * KIB, Subject.TWIN, 0, 4 * KIB),
                                refused,
                                part,
                                READ)
                        .finding(5, 4 * KIB, KIB, STALE),
                "data-is-what-was-written-last");
        misses(
                "the whole block was written",
                Forged.on(
                                "7.3.4",
                                XFS,
                                base,
                                SHARE,
                                punch,
                                refused,
                                Write.plain(Access.BUFFERED, 4 * KIB, 4 * KIB),
                                READ)
                        .finding(6, 4 * KIB, KIB, STALE),
                "data-is-what-was-written-last");
        Write grows = Write.plain(Access.DIRECT, 12 * KIB, 4 * KIB);
        Write half = Write.plain(Access.DIRECT, 0, 2 * KIB);
        shows(
                "an empty file was truncated in between",
                Forged.on("7.3.4", XFS, refused, new Truncate(0), grows, SHARE, half, READ)
                        .finding(6, 2 * KIB, 2 * KIB, 1));
        shows(
                "an empty file was made longer in between",
                Forged.on("7.3.4", XFS, refused, new Truncate(8), grows, SHARE, half, READ)
                        .finding(6, 2 * KIB, 2 * KIB, 1));
        misses(
                "a file with data was truncated in between",
                Forged.on("7.3.4", XFS, refused, grows, new Truncate(0), grows, SHARE, half, READ)
                        .finding(7, 2 * KIB, 2 * KIB, 1),
                rule);
        misses(
                "mounted again in between",
                Forged.on("7.3.4", XFS, base, SHARE, punch, refused, MOUNT_AGAIN, part, READ)
                        .finding(7, 4 * KIB, KIB, STALE),
                "data-is-what-was-written-last");
    }

    private void staleCopy() {
        about("xfs-stale-copy-after-atomic-write");
        Write base = Write.plain(Access.DIRECT, 0, 16 * KIB);
        Write atomic = Write.atomic(0, 16 * KIB);
        Write part = Write.plain(Access.BUFFERED, 33 * KIB, KIB);
        Operation read = Read.plain(Access.DIRECT, 0, 512 * KIB);
        String rule = "data-is-what-was-written-last";
        shows(
                "the rest of a block over a hole near an atomic write",
                Forged.on("6.16.12", XFS, base, SHARE, atomic, part, read).finding(5, 32 * KIB, KIB, STALE));
        misses(
                "no block was ever shared",
                Forged.on("6.16.12", XFS, base, atomic, part, read).finding(4, 32 * KIB, KIB, STALE),
                rule);
        misses(
                "far from it",
                Forged.on("6.16.12", XFS, base, SHARE, atomic, part.at(257 * KIB), read)
                        .finding(5, 256 * KIB, KIB, STALE),
                rule);
        misses(
                "the bytes of the write",
                Forged.on("6.16.12", XFS, base, SHARE, atomic, part, read).finding(5, 33 * KIB, KIB, STALE),
                rule);
        misses(
                "a kernel in which it is fixed",
                Forged.on("6.18.15", XFS, base, SHARE, atomic, part, read).finding(5, 32 * KIB, KIB, STALE),
                rule);
    }

    private void refusedPlainWrite() {
        about("xfs-data-after-refused-write-to-sharing-file");
        Write base = Write.plain(Access.DIRECT, 0, 4 * KIB);
        Operation longer = new Truncate(64 * KIB);
        Write lacking = Write.plain(Access.DIRECT, 16 * KIB, 16 * KIB);
        Write part = Write.plain(Access.BUFFERED, 21 * KIB, KIB);
        String rule = "data-is-what-was-written-last";
        shows(
                "the rest of a block over a hole, of which a part was written",
                Forged.on("7.3.4", XFS, base, longer, SHARE, SCARCE, lacking, PLENTY, part, READ)
                        .failing(5, Errno.ENOSPC)
                        .finding(8, 16 * KIB, 16 * KIB, Origin.ZERO)
                        .finding(8, 20 * KIB, KIB, STALE)
                        .finding(8, 21 * KIB, KIB, 7));
        misses(
                "no block was ever shared",
                Forged.on("7.3.4", XFS, base, longer, SCARCE, lacking, PLENTY, part, READ)
                        .failing(4, Errno.ENOSPC)
                        .finding(7, 16 * KIB, 16 * KIB, Origin.ZERO)
                        .finding(7, 20 * KIB, KIB, STALE)
                        .finding(7, 21 * KIB, KIB, 6),
                rule);
        misses(
                "it was buffered",
                Forged.on("7.3.4", XFS, base, longer, SHARE, SCARCE, lacking.with(Access.BUFFERED), PLENTY, part, READ)
                        .failing(5, Errno.ENOSPC)
                        .finding(8, 16 * KIB, 16 * KIB, Origin.ZERO)
                        .finding(8, 20 * KIB, KIB, STALE)
                        .finding(8, 21 * KIB, KIB, 7),
                rule);
        misses(
                "another block",
                Forged.on("7.3.4", XFS, base, longer, SHARE, SCARCE, lacking, PLENTY, part.at(33 * KIB), READ)
                        .failing(5, Errno.ENOSPC)
                        .finding(8, 16 * KIB, 16 * KIB, Origin.ZERO)
                        .finding(8, 32 * KIB, KIB, STALE),
                rule);
        misses(
                "its own data, though no part of a block was written",
                Forged.on("7.3.4", XFS, base, longer, SHARE, SCARCE, lacking, PLENTY, READ)
                        .failing(5, Errno.ENOSPC),
                "refused-write-changes-nothing");
    }

    private void directAppendToSharingFile() {
        about("xfs-data-after-direct-append-to-sharing-file");
        Write odd = Write.plain(Access.DIRECT, 0, 8704);
        Write append = Write.plain(Access.DIRECT, 0, 4 * KIB).with(APPEND);
        String rule = "data-is-what-was-written-last";
        shows(
                "the head of its first block",
                Forged.on("7.3.4", XFS, odd, SHARE, append, READ).finding(4, 8 * KIB, 512, STALE));
        misses(
                "no block was ever shared",
                Forged.on("7.3.4", XFS, odd, append, READ).finding(3, 8 * KIB, 512, STALE),
                rule);
        misses(
                "a buffered append",
                Forged.on("7.3.4", XFS, odd, SHARE, append.with(Access.BUFFERED), READ)
                        .finding(4, 8 * KIB, 512, STALE),
                rule);
        misses(
                "it names a place inside a block",
                Forged.on("7.3.4", XFS, odd, SHARE, append.at(512), READ).finding(4, 8 * KIB, 512, STALE),
                rule);
        misses(
                "EOF between blocks",
                Forged.on("7.3.4", XFS, odd.sized(8 * KIB), SHARE, append, READ).finding(4, 8 * KIB, 512, STALE),
                rule);
        misses(
                "its own bytes",
                Forged.on("7.3.4", XFS, odd, SHARE, append, READ).finding(4, 9 * KIB, 512, STALE),
                rule);
    }

    private void writeCutInsideBlock() {
        about("xfs-data-after-write-cut-at-size-limit");
        Write base = Write.plain(Access.DIRECT, 0, 4 * KIB);
        Operation limit = new LimitFileSize(18 * KIB);
        Operation none = new LimitFileSize(LimitFileSize.UNLIMITED);
        Operation longer = new Truncate(64 * KIB);
        Write crossing = Write.plain(Access.DIRECT, 16 * KIB, 8 * KIB);
        String rule = "data-is-what-was-written-last";
        shows(
                "the rest of the block at the limit",
                Forged.on("7.3.4", XFS, base, SHARE, limit, crossing, none, longer, READ)
                        .finding(7, 18 * KIB, 2 * KIB, STALE));
        misses(
                "no block was ever shared",
                Forged.on("7.3.4", XFS, base, limit, crossing, none, longer, READ)
                        .finding(6, 18 * KIB, 2 * KIB, STALE),
                rule);
        misses(
                "it was buffered",
                Forged.on("7.3.4", XFS, base, SHARE, limit, crossing.with(Access.BUFFERED), none, longer, READ)
                        .finding(7, 18 * KIB, 2 * KIB, STALE),
                rule);
        misses(
                "the next block",
                Forged.on("7.3.4", XFS, base, SHARE, limit, crossing, none, longer, READ)
                        .finding(7, 20 * KIB, KIB, STALE),
                rule);
        misses(
                "what it stored",
                Forged.on("7.3.4", XFS, base, SHARE, limit, crossing, none, longer, READ)
                        .finding(7, 16 * KIB, KIB, STALE),
                rule);
    }

    private void misalignedDirectWrite() {
        about("data-after-refused-direct-write");
        Write misaligned = Write.plain(Access.DIRECT, 216, 680);
        String rule = "data-is-what-was-written-last";
        Operation longer = new Truncate(64 * KIB);
        shows(
                "the rest of its block",
                Forged.on("6.16.12", EXT4, longer, misaligned, READ).finding(3, 0, 216, STALE));
        misses(
                "a direct write of whole sectors",
                Forged.on("6.16.12", EXT4, longer, Write.plain(Access.DIRECT, 512, 512), READ)
                        .finding(3, 0, 216, STALE),
                rule);
        misses(
                "the next block",
                Forged.on("6.16.12", EXT4, longer, misaligned, READ).finding(3, 4 * KIB, 216, STALE),
                rule);
        misses(
                "there was data under the block",
                Forged.on("6.16.12", EXT4, Write.plain(Access.DIRECT, 0, 4 * KIB), misaligned, READ)
                        .finding(3, 0, 216, STALE),
                rule);
        misses(
                "a kernel in which it is fixed",
                Forged.on("7.3.4", EXT4, longer, misaligned, READ).finding(3, 0, 216, STALE),
                rule);
    }
}
