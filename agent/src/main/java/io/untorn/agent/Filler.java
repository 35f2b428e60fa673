package io.untorn.agent;

import io.untorn.agent.linux.LibC;
import io.untorn.agent.linux.Uapi;
import io.untorn.agent.protocol.AgentException;
import io.untorn.model.operation.FillSpace;
import io.untorn.model.operation.FreeSpace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Files that take the free space of a file system. They are allocated and stay empty, so that
 * RLIMIT_FSIZE does not matter.
 */
final class Filler {
    private static final int OWNER_MAY_READ_AND_WRITE = 0600;
    private static final int ENOSPC = -28;
    private static final long LARGEST = 1L << 30;
    private static final long SMALLEST = 512;

    private final Path much;
    private final Path little;

    /** Create a filler of the file system that a folder is on. */
    Filler(Path folder) {
        much = folder.resolve("filler");
        little = folder.resolve("filler.little");
    }

    /** Take all free space but what is to be left. */
    void leave(FreeSpace space) {
        remove();
        if (space == FreeSpace.PLENTY) {
            return;
        }
        if (space == FreeSpace.A_LITTLE) {
            take(little, FillSpace.LITTLE, FillSpace.LITTLE);
        }
        take(much, LARGEST, Long.MAX_VALUE);
        remove(little);
    }

    /** Give back what was taken. */
    void remove() {
        Stream.of(much, little).filter(Files::exists).forEach(Filler::remove);
    }

    /** Allocate up to a number of bytes in pieces that get smaller where none of their size is left. */
    private static void take(Path file, long piece, long most) {
        int fd = require(
                file,
                LibC.open(file.toString(), Uapi.O_RDWR | Uapi.O_CREAT | Uapi.O_CLOEXEC, OWNER_MAY_READ_AND_WRITE));
        long taken = 0;
        for (long next = piece; next >= SMALLEST && taken < most; ) {
            int result = LibC.fallocate(fd, Uapi.FALLOC_FL_KEEP_SIZE, taken, next);
            if (result == ENOSPC) {
                next /= 4;
            } else {
                require(file, result);
                taken += next;
            }
        }
        LibC.close(fd);
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
