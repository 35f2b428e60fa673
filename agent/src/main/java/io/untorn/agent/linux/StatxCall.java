package io.untorn.agent.linux;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.untorn.agent.linux.struct.statx;

/**
 * Ask what kind of file a descriptor stands for, and what direct and atomic writes it takes.
 *
 * <p>The structure gives the offsets, once; the answers are read from plain memory. Building a {@link statx} for each
 * question would cost many times what the question does.
 */
public final class StatxCall {
    private static final int WANTED =
            Uapi.STATX_BASIC_STATS | Uapi.STATX_DIOALIGN | Uapi.STATX_WRITE_ATOMIC | Uapi.STATX_DIO_READ_ALIGN;

    private static final statx LAYOUT = new statx();
    private static final int MASK = LAYOUT.offsetOf("stx_mask");
    private static final int BLKSIZE = LAYOUT.offsetOf("stx_blksize");
    private static final int ATTRIBUTES = LAYOUT.offsetOf("stx_attributes");
    private static final int MODE = LAYOUT.offsetOf("stx_mode");
    private static final int SIZE = LAYOUT.offsetOf("stx_size");
    private static final int BLOCKS = LAYOUT.offsetOf("stx_blocks");
    private static final int ATTRIBUTES_MASK = LAYOUT.offsetOf("stx_attributes_mask");
    private static final int DIO_MEM_ALIGN = LAYOUT.offsetOf("stx_dio_mem_align");
    private static final int DIO_OFFSET_ALIGN = LAYOUT.offsetOf("stx_dio_offset_align");
    private static final int ATOMIC_WRITE_UNIT_MIN = LAYOUT.offsetOf("stx_atomic_write_unit_min");
    private static final int ATOMIC_WRITE_UNIT_MAX = LAYOUT.offsetOf("stx_atomic_write_unit_max");
    private static final int ATOMIC_WRITE_SEGMENTS_MAX = LAYOUT.offsetOf("stx_atomic_write_segments_max");
    private static final int DIO_READ_OFFSET_ALIGN = LAYOUT.offsetOf("stx_dio_read_offset_align");
    private static final int ATOMIC_WRITE_UNIT_MAX_OPT = LAYOUT.offsetOf("stx_atomic_write_unit_max_opt");

    private StatxCall() {}

    /** Ask the kernel for all that {@link StatxResult} holds. */
    public static Answer<StatxResult> of(int fd) {
        return of(fd, "", Uapi.AT_EMPTY_PATH);
    }

    /** Ask the kernel for the same of what a path leads to, a symbolic link followed. */
    public static Answer<StatxResult> at(String path) {
        return of(Uapi.AT_FDCWD, path, 0);
    }

    /** Ask the kernel for the same of what is at a path, a symbolic link not followed. */
    public static Answer<StatxResult> atLink(String path) {
        return of(Uapi.AT_FDCWD, path, Uapi.AT_SYMLINK_NOFOLLOW);
    }

    private static Answer<StatxResult> of(int directory, String path, int flags) {
        try (Memory file = new Memory(LAYOUT.size())) {
            int result = LibC.statx(directory, path, flags, WANTED, Pointer.nativeValue(file));
            if (result < 0) {
                return new Answer.Refused<>(result);
            }
            return new Answer.Given<>(new StatxResult(
                    file.getInt(MASK),
                    file.getLong(ATTRIBUTES),
                    file.getLong(ATTRIBUTES_MASK),
                    Short.toUnsignedInt(file.getShort(MODE)),
                    file.getLong(SIZE),
                    file.getLong(BLOCKS),
                    file.getInt(BLKSIZE),
                    file.getInt(DIO_MEM_ALIGN),
                    file.getInt(DIO_OFFSET_ALIGN),
                    file.getInt(DIO_READ_OFFSET_ALIGN),
                    file.getInt(ATOMIC_WRITE_UNIT_MIN),
                    file.getInt(ATOMIC_WRITE_UNIT_MAX),
                    file.getInt(ATOMIC_WRITE_UNIT_MAX_OPT),
                    file.getInt(ATOMIC_WRITE_SEGMENTS_MAX)));
        }
    }
}
