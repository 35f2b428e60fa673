package io.untorn.agent;

import io.untorn.agent.linux.LibC;
import io.untorn.agent.linux.Uapi;
import io.untorn.agent.protocol.AgentException;
import io.untorn.model.operation.FillSpace;
import io.untorn.model.operation.FreeSpace;
import io.untorn.model.target.TargetKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Files that take the free space of a file system. RLIMIT_FSIZE must not limit them. */
final class Filler {
    private static final int OWNER_MAY_READ_AND_WRITE = 0600;
    private static final int ENOSPC = -28;
    private static final long LARGEST = 1L << 30;
    private static final long SMALLEST = 512;

    /** Bytes of a request that ext4 looks for one piece for; for a longer one it takes what is near. */
    private static final long LITTLE_BY_LITTLE = 32 << 10;

    /** Hundredths of its blocks, or more than it keeps (fs/ext4/super.c, ext4_set_resv_clusters, 6.1 to 7.3). */
    private static final int KEPT_BY_EXT4 = 3;

    /** Likewise, for transactions and for B-trees of each group (fs/xfs/xfs_mount.c, xfs_default_resblks, 6.1 to 7.3). */
    private static final int KEPT_BY_XFS = 8;

    private final Path folder;
    private final Path much;
    private final Path little;
    private final Path pieced;
    private final TargetKind kind;

    /** Create a filler of the file system that a folder is on. */
    Filler(Path folder, TargetKind kind) {
        this.folder = folder;
        much = folder.resolve("filler");
        little = folder.resolve("filler.little");
        pieced = folder.resolve("filler.pieced");
        this.kind = kind;
    }

    /** Take all free space but what is to be left. */
    void leave(FreeSpace space) {
        remove();
        switch (space) {
            case PLENTY -> {}
            case RESERVED_FOR_ROOT -> take(much, folder.toFile().getUsableSpace());
            case CHECKERBOARD -> takeAllButCheckerboard();
            case A_LITTLE -> takeAllButALittle();
            case NOTHING -> take(much, Long.MAX_VALUE);
        }
    }

    /** Give back what was taken. */
    void remove() {
        Stream.of(much, little, pieced).filter(Files::exists).forEach(Filler::remove);
    }

    private void takeAllButALittle() {
        take(little, FillSpace.LITTLE);
        take(much, Long.MAX_VALUE);
        remove(little);
    }

    /**
     * Free every second piece of a file while a little is free, because a file system needs some to free any; then take as
     * much as it keeps for itself. It keeps a number of blocks and not certain ones, and would give those that lie together
     * to the next file.
     */
    private void takeAllButCheckerboard() {
        long kept = folder.toFile().getTotalSpace() / 100 * (kind == TargetKind.XFS ? KEPT_BY_XFS : KEPT_BY_EXT4);
        int pieces = FillSpace.PIECES + (int) (kept / FillSpace.PIECE);
        take(pieced, 2L * pieces * FillSpace.PIECE);
        takeAllButALittle();
        int fd = open(pieced);
        require(pieced, LibC.ftruncate(fd, 2L * pieces * FillSpace.PIECE));
        for (int i = 0; i < pieces; i++) {
            int punching = Uapi.FALLOC_FL_PUNCH_HOLE | Uapi.FALLOC_FL_KEEP_SIZE;
            require(pieced, LibC.fallocate(fd, punching, 2L * i * FillSpace.PIECE, FillSpace.PIECE));
        }
        require(pieced, LibC.syncfs(fd));
        LibC.close(fd);
        take(little, LITTLE_BY_LITTLE, kept + FillSpace.LITTLE);
    }

    private static void take(Path file, long most) {
        take(file, LARGEST, most);
    }

    /** Allocate up to a number of bytes in pieces that get smaller where none of their size is left. */
    private static void take(Path file, long largest, long most) {
        int fd = open(file);
        long taken = 0;
        for (long next = largest; next >= SMALLEST && taken < most; ) {
            long piece = Math.min(next, most - taken);
            int result = LibC.fallocate(fd, Uapi.FALLOC_FL_KEEP_SIZE, taken, piece);
            if (result == ENOSPC) {
                next = piece / 4;
            } else {
                require(file, result);
                taken += piece;
            }
        }
        LibC.close(fd);
    }

    private static int open(Path file) {
        return require(
                file,
                LibC.open(file.toString(), Uapi.O_RDWR | Uapi.O_CREAT | Uapi.O_CLOEXEC, OWNER_MAY_READ_AND_WRITE));
    }

    /** Remove a file so that its blocks are free at once: an unlink alone frees them later. */
    private static void remove(Path file) {
        int fd = LibC.open(file.toString(), Uapi.O_RDWR | Uapi.O_CLOEXEC, 0);
        if (fd >= 0) {
            require(file, LibC.ftruncate(fd, 0));
            require(file, LibC.unlink(file.toString()));
            require(file, LibC.syncfs(fd));
            LibC.close(fd);
        }
    }

    private static int require(Path file, int result) {
        if (result < 0) {
            throw new AgentException(file + " can't take or give back free space: errno " + -result);
        }
        return result;
    }
}
