package io.untorn.agent.linux;

import com.sun.jna.Pointer;
import io.untorn.agent.linux.struct.statx;

/** Ask what kind of file a descriptor stands for, and what direct and atomic writes it takes. */
public final class Statx {
    private static final int MASK =
            Uapi.STATX_BASIC_STATS | Uapi.STATX_DIOALIGN | Uapi.STATX_WRITE_ATOMIC | Uapi.STATX_DIO_READ_ALIGN;

    private Statx() {}

    /** Ask the kernel for all that {@link StatxResult} holds. */
    public static Answer<StatxResult> of(int fd) {
        statx file = new statx();
        int result = LibC.statx(fd, "", Uapi.AT_EMPTY_PATH, MASK, Pointer.nativeValue(file.getPointer()));
        if (result < 0) {
            return new Answer.Refused<>(result);
        }
        file.read();
        return new Answer.Given<>(new StatxResult(
                file.stx_mask,
                file.stx_attributes,
                file.stx_attributes_mask,
                Short.toUnsignedInt(file.stx_mode),
                file.stx_size,
                file.stx_blocks,
                file.stx_blksize,
                file.stx_dio_mem_align,
                file.stx_dio_offset_align,
                file.stx_dio_read_offset_align,
                file.stx_atomic_write_unit_min,
                file.stx_atomic_write_unit_max,
                file.stx_atomic_write_unit_max_opt,
                file.stx_atomic_write_segments_max));
    }
}
