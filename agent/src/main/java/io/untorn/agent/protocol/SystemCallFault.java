package io.untorn.agent.protocol;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A fault that can be seeded at the system calls, to see that the kit finds it. */
public enum SystemCallFault {
    /** The kernel's own answers. */
    NONE,
    /** An atomic write of a power of two whose offset is no multiple of its length is reported as done. */
    MISALIGNED_REPORTED_DONE,
    /** An atomic write without O_DIRECT is carried out as a plain one. */
    BUFFERED_ACCEPTED,
    /** An atomic write in two segments is carried out as a plain one. */
    SEGMENTS_ACCEPTED,
    /** An atomic write through io_uring is carried out as a plain one. */
    RING_FORGETS_ATOMIC,
    /** The second half of an atomic write through libaio is not carried out. */
    LIBAIO_TEARS,
    /** Of several writes that are handed over at once the second half of the last is not carried out, if it is atomic, of 8 KiB or more. */
    BATCH_TEARS_LAST,
    /** An atomic write past the first 16 KiB is reported as done and not carried out. */
    WRITE_LOST,
    /** The second half of an atomic write of 4 KiB or more is not carried out. */
    WRITE_TORN,
    /** An atomic write past 4 GiB is carried out at the place of which 32 bits are left. */
    OFFSET_CUT_TO_32_BITS,
    /** Of an atomic write to more than 16 extents only what lies in the first 16 is carried out. */
    LATER_EXTENTS_LOST,
    /** A write that is refused is carried out all the same. */
    REFUSED_BUT_WRITTEN,
    /** An atomic write ignores O_APPEND and RWF_APPEND. */
    APPEND_MISPLACED,
    /** An atomic write that is refused with EINVAL is reported to fail with EIO. */
    EINVAL_TOLD_AS_EIO,
    /** An atomic write of 4 KiB or more fails with EAGAIN, however often it is repeated. */
    ATOMIC_ASKS_AGAIN_FOR_EVER,
    /** An atomic write of up to 64 KiB that crosses the end of a device is carried out as far as the device goes. */
    CUT_AT_DEVICE_END,
    /** A direct read of two sectors or more shows the first of them twice. */
    SECTOR_READ_TWICE,
    /** A mapping that is kept shows what the target held when it was mapped, and what is stored through it is lost. */
    HELD_MAPPING_STALE,
    /** A write through io_uring at the position that is refused moves the position by its length. */
    REFUSED_MOVES_POSITION,
    /** statx reports twice the largest atomic write. */
    STATX_MAX_DOUBLED,
    /** A disk refuses an atomic write of 4 KiB or more, as the kernel prints, and the write is reported as done. */
    ERROR_SWALLOWED,
    /** statx of a path reports no limits. */
    STATX_OF_PATH_SILENT,
    /** statx of a descriptor that was opened with O_PATH reports no limits. */
    STATX_OF_O_PATH_SILENT,
    /** statx of a symbolic link that is followed reports no limits. */
    STATX_OF_FOLLOWED_LINK_SILENT,
    /** statx of a symbolic link that is not followed reports the limits of what it leads to. */
    STATX_OF_LINK_TELLS_LIMITS,
    /** statx of a directory reports the limits of a file in it. */
    STATX_OF_DIRECTORY_TELLS_LIMITS,
    /** After a mount with max_atomic_write statx reports 16 KiB as the smallest atomic write. */
    MOUNT_RAISES_MIN,
    /** After a mount with max_atomic_write statx reports seven segments. */
    MOUNT_ADDS_SEGMENTS,
    /** After a mount with max_atomic_write statx reports limits without the attribute. */
    MOUNT_DROPS_ATTRIBUTE,
    /** A mount takes every max_atomic_write, and statx reports it. */
    MOUNT_TAKES_ANY_SIZE,
    /** The pages of an atomic write whose memory is missing in part stay pinned. */
    PAGES_STAY_PINNED,
    /** A block of each atomic write stays in use when its file is gone. */
    SPACE_STAYS_IN_USE,
    /** The superblock of the file system is spoiled when it is checked. */
    SUPERBLOCK_SPOILED,
    /** An atomic write of 4 KiB or more ends in a panic. */
    KERNEL_PANICS,
    /** An atomic write of 4 KiB or more to a file never returns. */
    WRITE_HANGS,
    /** An atomic write of 4 KiB or more to a file holds the processor for 5 s. */
    KERNEL_LOCKS_UP,
    /** An atomic write of 4 KiB or more makes ext4 report an error. */
    EXT4_TELLS_ERROR;

    /** Faults that stop the kernel, or make it complain: after each the machine is unusable. */
    private static final Set<SystemCallFault> AT_THE_KERNEL =
            EnumSet.of(KERNEL_PANICS, WRITE_HANGS, KERNEL_LOCKS_UP, EXT4_TELLS_ERROR);

    /** Tell whether the kernel itself fails, and not only what a system call returns. */
    public boolean isAtTheKernel() {
        return AT_THE_KERNEL.contains(this);
    }

    /** Tell whether it can show on devices only. */
    public boolean isOfDevices() {
        return this == CUT_AT_DEVICE_END;
    }

    /** Return the name that users give: {@code misaligned-reported-done}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Return the fault with a name, if there is one. */
    public static Optional<SystemCallFault> labelled(String label) {
        return Arrays.stream(values())
                .filter(fault -> fault.label().equals(label))
                .findFirst();
    }

    /** Return all names, with commas between. */
    public static String labels() {
        return Arrays.stream(values()).map(SystemCallFault::label).collect(Collectors.joining(", "));
    }
}
