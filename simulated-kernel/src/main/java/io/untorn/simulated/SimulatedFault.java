package io.untorn.simulated;

/** A deviation to seed, one at a time. */
public enum SimulatedFault {
    NONE("Nothing deviates."),

    MISALIGNED_OFFSET_ACCEPTED("The offset of an atomic write need not be a multiple of its length."),
    ODD_LENGTH_ACCEPTED("The length of an atomic write need not be a power of two."),
    BELOW_MIN_ACCEPTED("An atomic write may be shorter than unit_min."),
    ABOVE_MAX_ACCEPTED("An atomic write may be longer than unit_max."),
    TWO_SEGMENTS_ACCEPTED("An atomic write may have more than one segment."),
    EMPTY_SEGMENT_ACCEPTED("An empty segment of an atomic write does not count."),
    BUFFERED_ACCEPTED("An atomic write needs no O_DIRECT, and goes to the page cache."),
    BUFFERED_REFUSED_FIRST("A buffered atomic write fails with EOPNOTSUPP before its form is looked at."),
    UNKNOWN_FLAG_IGNORED("A flag that the kernel does not know is ignored."),
    UNSUPPORTED_ACCEPTED("An atomic write to a file that can't take any is done as a plain one."),
    ATOMIC_READ_ACCEPTED("A read with RWF_ATOMIC is done."),
    READ_ONLY_ACCEPTED("A write through a descriptor opened for reading is done."),
    ZERO_LENGTH_REFUSED("An atomic write of no bytes fails with EINVAL."),
    MISALIGNED_MEMORY_ACCEPTED("The memory of an atomic write need not be aligned."),
    MISSING_MEMORY_AS_ZEROS("Where a part of an atomic write's memory is missing, zeros are written."),
    CUT_AT_SIZE_LIMIT("An atomic write that crosses RLIMIT_FSIZE is cut there."),
    CUT_AT_DEVICE_END("An atomic write that crosses the end of the device is cut there."),
    APPEND_MISPLACED("An atomic write ignores O_APPEND and RWF_APPEND."),
    POSITION_NOT_MOVED("An atomic write at the position leaves the position where it was."),

    REFUSED_MOVES_POSITION(
            "A write through io_uring at the position that is refused moves the position by its length."),
    RING_FORGETS_ATOMIC("An atomic write through io_uring is done as a plain one."),
    REGISTERED_BUFFER_ACCEPTED("An atomic write from a registered buffer of io_uring is done."),
    RING_POLLS_UNASKED("RWF_HIPRI is taken through a ring that was not made for polling."),
    LIBAIO_TEARS("Of an atomic write through libaio inside the target only the first half is stored."),
    LIBAIO_TAKES_POSITION("libaio takes the offset -1 for the position."),
    EMPTY_ASYNCHRONOUS_WRITE_ACCEPTED("ext4 takes an atomic write of no bytes through io_uring or libaio."),

    BATCH_TEARS_LAST("Of the last of several writes that are handed over at once, if atomic, only half is stored."),
    BATCH_SWAPS_ANSWERS("Each of several writes that are handed over at once answers what another did."),

    SHORT_WRITE("Of an atomic write only the first half is written, and its length returned."),
    TORN_WRITE("Of an atomic write inside the target only the first half is stored; its whole length is returned."),
    TORN_NOW_AND_THEN("In every third trace an atomic write inside the target is torn; in the others none is."),
    LOST_WRITE("An atomic write inside the target is not stored."),
    MISPLACED_WRITE("An atomic write is stored one length further on, where that lies inside the target."),
    NEIGHBOUR_ZEROED("The sector after an atomic write becomes zeros."),
    REFUSED_BUT_WRITTEN("An atomic write inside the target that is refused is stored all the same."),
    SIZE_NOT_UPDATED("An atomic write past EOF leaves its size as it was."),
    UNWRITTEN_NOT_CONVERTED("Unwritten blocks stay so after an atomic write, and read as zeros."),
    ASKS_AGAIN_FOR_EVER("An atomic write of more than a block to a file fails with EAGAIN, however often."),
    MIXED_RANGE_REFUSED("ext4 refuses an atomic write on a mixed range with EINVAL."),
    OFFSET_CUT_TO_32_BITS("An atomic write past 4 GiB goes to the place of which 32 bits are left."),
    LATER_EXTENTS_LOST("Of an atomic write to more than 16 extents XFS stores what lies in the first 16."),
    LATER_PIECES_LOST("Of an atomic write for which a full XFS has no blocks in one piece the first piece is stored."),
    SOURCE_OF_CLONE_HARMED("An atomic write goes in place to blocks that another range of the file shares."),
    TWIN_OF_CLONE_HARMED("An atomic write goes in place to blocks that the twin shares."),
    FILE_HARMED_THROUGH_TWIN("An atomic write to the twin goes in place to blocks that the file shares."),
    STALE_CACHE("A direct write leaves old data in the page cache."),
    HELD_MAPPING_STALE("A mapping that is kept does not see direct writes."),
    HELD_MAPPING_DETACHED("What is stored in a mapping that is kept is lost after a direct write."),
    STALE_AFTER_PUNCH("Punching a hole leaves whole blocks as they were."),
    COLLAPSE_MISPLACED("Collapsing a range moves what follows it a block too little."),

    TWIN_MAPPED_AS_ZEROS("A mapping of the twin shows zeros."),
    HALF_STORED_WITHOUT_SPACE("Of an atomic write that finds no space the first half is stored."),
    GROWN_WITHOUT_SPACE("A write that finds no space leaves the file as long as it would have made it."),
    RESERVED_FROM_ROOT("ext4 gives root none of the blocks that are reserved for root."),
    IMMUTABLE_IGNORED("An atomic write to an immutable file is done."),
    NOAPPEND_ACCEPTED("RWF_NOAPPEND lets a write go anywhere in an append-only file."),
    DIRTY_DROPPED("Dropping the caches drops what is not written back too."),

    TORN_BY_POWER_CUT("An atomic write reaches the disk as a plain command."),
    DSYNC_NOT_DURABLE("A write with RWF_DSYNC, RWF_SYNC or O_DSYNC returns before it is durable."),
    FSYNC_NOT_DURABLE("fsync returns before what was written is durable."),

    STATX_MIN_HALVED("statx reports half of unit_min."),
    STATX_MAX_DOUBLED("statx reports twice unit_max."),
    STATX_OPTIMAL_INVENTED("statx reports too large a unit_max_opt."),
    STATX_SEGMENTS_INVENTED("statx reports one segment too many."),
    STATX_ATTRIBUTE_MISSING("statx reports limits without the attribute."),
    STATX_SIZE_ROUNDED("statx reports the size rounded up to whole blocks."),
    STATX_OF_PATH_SILENT("statx of a path reports no limits."),
    STATX_OF_O_PATH_SILENT("statx of a descriptor that was opened with O_PATH reports no limits."),
    STATX_OF_FOLLOWED_LINK_SILENT("statx of a symbolic link that is followed reports no limits."),
    STATX_OF_LINK_TELLS_LIMITS("statx of a symbolic link that is not followed reports the limits of what it leads to."),
    STATX_OF_DIRECTORY_TELLS_LIMITS("statx of a directory reports the limits of a file in it."),

    MOUNT_RAISES_MIN("After a mount with max_atomic_write statx reports 16 KiB as unit_min."),
    MOUNT_ADDS_SEGMENTS("After a mount with max_atomic_write statx reports seven segments."),
    MOUNT_DROPS_ATTRIBUTE("After a mount with max_atomic_write statx reports limits without the attribute."),
    MOUNT_DROPS_LIMITS("After a mount with max_atomic_write statx reports no limits."),
    MOUNT_TAKES_ANY_NUMBER("A mount takes every max_atomic_write that is a number, and statx reports it."),
    MOUNT_TAKES_ANY_WORD("A mount takes a max_atomic_write that is no number for none."),
    MOUNT_TAKES_MORE_THAN_A_GROUP("A mount takes a max_atomic_write that no allocation group holds."),
    MOUNT_REFUSES_SUFFIXES("A mount refuses a max_atomic_write with a suffix."),
    MOUNT_KEEPS_OPTION("After a live remount with a max_atomic_write of 0 the limits stay as they are."),
    REFUSED_MOUNT_SETS_LIMITS("A live remount that is refused for its max_atomic_write sets unit_max all the same."),
    MOUNT_OPTION_TAKEN_BY_EXT4("ext4 takes max_atomic_write, and does nothing about it."),

    FREEZE_NOT_DURABLE("A file system is frozen and thawed before what was written is durable."),
    PAGES_STAY_PINNED("The pages of an atomic write whose memory is missing in part stay pinned."),
    SPACE_STAYS_IN_USE("A block of a file that was made shorter stays in use when the file is gone."),
    TRUNCATE_LEAVES_INCONSISTENCY("After a file was made shorter the checker of the file system finds a wrong count."),
    MAPPING_MISSES_ATOMIC_WRITE("A mapping shows zeros at the place of the last atomic write; reads do not."),

    ALIGNED_ALLOCATION_MISPLACED("The aligned allocator of rfc-ext4-2023 returns blocks one after an aligned place."),
    MISFIT_EXTENT_ACCEPTED(
            "The ext4 of rfc-ext4-2023 writes plainly over an extent whose place or length does not fit."),
    SMALL_HOLE_ACCEPTED("The ext4 of rfc-ext4-2023 writes plainly into a hole that is too small."),
    WARNING_OF_THE_MAIL("4 blocks at the start of an empty file are refused with the warning that the mail quotes."),

    WARNS_AT_UNIT_MAX("An atomic write of unit_max makes the kernel warn."),
    ERROR_SWALLOWED(
            "The disk refuses an atomic write of unit_min, as the kernel prints, and the write is reported as done."),
    HANGS_ON_CACHED("An atomic write over cached data never returns.");

    private final String sentence;

    SimulatedFault(String sentence) {
        this.sentence = sentence;
    }

    /** Return what the kernel does, in one sentence. */
    public String sentence() {
        return sentence;
    }
}
