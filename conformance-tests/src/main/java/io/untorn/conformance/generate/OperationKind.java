package io.untorn.conformance.generate;

import io.untorn.conformance.generate.partition.Testbed;
import io.untorn.model.target.Facility;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The operations that are generated, and how often each is, in proportion to the others: on a file, and on a device. */
enum OperationKind {
    ATOMIC_WRITE(775, 775),
    PLAIN_WRITE_DIRECT(80, 80),
    PLAIN_WRITE_BUFFERED(80, 80),
    PLAIN_WRITE_DIRECT_MISALIGNED(20, 20),
    PLAIN_WRITE_BUFFERED_EMPTY(20, 20),
    PLAIN_WRITE_FLAGGED(60, 60),
    PLAIN_WRITE_AT_POSITION(15, 15),
    TELL_POSITION(4, 4),
    /** Through a ring and others, done and refused, with a look at the position after each. */
    WRITE_AND_TELL_POSITION(5, 5),
    READ_DIRECT(60, 60),
    READ_BUFFERED(50, 50),
    READ_DIRECT_MISALIGNED(10, 10),
    READ_FLAGGED(20, 20),
    MAP_LOAD(10, 10),
    MAP_STORE(20, 20),
    HOLD_MAPPING(4, 4),
    RELEASE_MAPPING(2, 2),
    /** With loads, stores and writes, while it is kept. */
    USE_HELD_MAPPING(8, 8),
    TRUNCATE(60, 10),
    SYNC(20, 20),
    STATX(20, 20),
    /** By each way to ask. */
    STATX_EVERY_WAY(6, 6),
    MAP_EXTENTS(10, 10),
    REOPEN(25, 25),
    FALLOCATE(70, 15),
    /** In a file that is long enough for that. */
    COLLAPSE_RANGE(4, 0),
    LIMIT_FILE_SIZE(20, 5),
    UNLIMIT_FILE_SIZE(9, 9),
    FILL_SPACE(3, 2),
    DROP_CACHES(3, 3),
    HINT_EXTENT_SIZE(12, 6),
    CHANGE_ATTRIBUTE(6, 2),
    /** With operations that such a file refuses. */
    MAKE_APPEND_ONLY(8, 1),
    /** With operations that such a file refuses. */
    MAKE_IMMUTABLE(9, 1),
    /** By inserting a range. */
    GROW_BEYOND_SIZE_LIMIT(4, 1),
    /** By operations that need blocks, into a hole. */
    STORE_WITHOUT_SPACE(5, 1),
    /** By direct I/O, in whole blocks, if EOF is inside a block. */
    APPEND_TO_ODD_END(5, 0),
    /** By what changes whole blocks, if EOF is inside one; then by what goes to the page of that block. */
    CHANGE_BLOCK_OF_END(5, 0),
    /** By an atomic write near to a page that is to be written back, over shared blocks where there are any. */
    MEET_DELAYED_COPY(6, 0),
    REMOUNT(3, 2),
    /** Without an unmount, by option values that are taken or refused. */
    TRY_MOUNT_OPTIONS(4, 0),
    /** Without a check of the file system, which takes long: a run adds it to some traces. */
    AUDIT(1, 4),
    POWER_CUT(20, 20, Facility.POWER_CUT),
    /** Several writes in one io_submit. */
    BATCH_BY_LIBAIO(5, 5, Facility.LIBAIO),
    /** Several writes in one io_uring_enter. */
    BATCH_BY_RING(5, 5, Facility.IO_URING),
    TWIN_WRITE(8, 0),
    /** After a clone between the two files, or inside the one, with writes to both. */
    WRITE_SHARED(6, 0),
    CLONE_RANGE(50, 5),
    /** By each operation that could make a file too large for its file system. */
    GROW_TO_LARGEST_FILE(2, 0),
    /** Many pieces at equal distances. */
    LAYOUT(2, 1);

    private final int onFile;
    private final int onDevice;
    private final @Nullable Facility needed;

    OperationKind(int onFile, int onDevice) {
        this(onFile, onDevice, null);
    }

    OperationKind(int onFile, int onDevice, @Nullable Facility needed) {
        this.onFile = onFile;
        this.onDevice = onDevice;
        this.needed = needed;
    }

    /** Return how often this is generated on a target, in proportion to the others; 0 if the kernel can't do it. */
    int weight(Testbed testbed) {
        boolean possible =
                Optional.ofNullable(needed).map(testbed.facilities()::contains).orElse(true);
        return !possible ? 0 : testbed.target().kind().isFile() ? onFile : onDevice;
    }
}
