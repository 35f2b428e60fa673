package io.untorn.agent.linux;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.untorn.agent.linux.struct.statfs;

/**
 * What is in use of a file system.
 *
 * @param bytes that are not free
 * @param inodes that are not free
 */
public record SpaceUsed(long bytes, long inodes) {
    private static final int SIZE = new statfs().size();

    /** Ask about the file system that a path is on. */
    public static Answer<SpaceUsed> at(String path) {
        try (Memory memory = new Memory(SIZE)) {
            int result = LibC.statfs(path, Pointer.nativeValue(memory));
            if (result < 0) {
                return new Answer.Refused<>(result);
            }
            statfs found = new statfs(memory);
            found.read();
            return new Answer.Given<>(
                    new SpaceUsed((found.f_blocks - found.f_bfree) * found.f_bsize, found.f_files - found.f_ffree));
        }
    }
}
