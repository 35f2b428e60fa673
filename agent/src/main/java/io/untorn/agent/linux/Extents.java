package io.untorn.agent.linux;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.untorn.agent.linux.struct.fiemap;
import io.untorn.agent.linux.struct.fiemap_extent;
import java.util.ArrayList;
import java.util.List;

/** Ask where on its device a file lies. The structures give the offsets, once: see {@link StatxCall}. */
public final class Extents {
    private static final fiemap HEADER = new fiemap();
    private static final int HEADER_SIZE = HEADER.size();
    private static final fiemap_extent EXTENT = new fiemap_extent();
    private static final int LOGICAL = EXTENT.offsetOf("fe_logical");
    private static final int PHYSICAL = EXTENT.offsetOf("fe_physical");
    private static final int LENGTH = EXTENT.offsetOf("fe_length");
    private static final int FLAGS = EXTENT.offsetOf("fe_flags");
    private static final int FM_START = HEADER.offsetOf("fm_start");
    private static final int FM_LENGTH = HEADER.offsetOf("fm_length");
    private static final int FM_FLAGS = HEADER.offsetOf("fm_flags");
    private static final int FM_MAPPED_EXTENTS = HEADER.offsetOf("fm_mapped_extents");
    private static final int FM_EXTENT_COUNT = HEADER.offsetOf("fm_extent_count");
    private static final int BATCH = 64;

    private Extents() {}

    /**
     * List all extents of a file, in the order of the file; holes are what lies between.
     *
     * <p>The kernel is asked in batches, so a file that changes meanwhile gives a list that was never true as a whole.
     * Where there is no fiemap, on tmpfs or on a device, the kernel refuses with {@code EOPNOTSUPP}.
     *
     * @param flags 0, or {@code FIEMAP_FLAG_SYNC} to write back first what is only in memory
     */
    public static Answer<List<FileExtent>> of(int fd, int flags) {
        return of(fd, flags, BATCH);
    }

    static Answer<List<FileExtent>> of(int fd, int flags, int batch) {
        List<FileExtent> extents = new ArrayList<>();
        try (Memory memory = new Memory(HEADER_SIZE + (long) batch * EXTENT.size())) {
            memory.clear(HEADER_SIZE);
            memory.setInt(FM_FLAGS, flags);
            memory.setInt(FM_EXTENT_COUNT, batch);
            long start = 0;
            boolean more = true;
            while (more) {
                memory.setLong(FM_START, start);
                memory.setLong(FM_LENGTH, Uapi.FIEMAP_MAX_OFFSET - start);
                int result = LibC.ioctl(fd, Uapi.FS_IOC_FIEMAP, Pointer.nativeValue(memory));
                if (result < 0) {
                    return new Answer.Refused<>(result);
                }
                more = false;
                int mapped = memory.getInt(FM_MAPPED_EXTENTS);
                for (int i = 0; i < mapped; i++) {
                    FileExtent extent = read(memory, HEADER_SIZE + (long) i * EXTENT.size());
                    extents.add(extent);
                    // An extent that does not advance would come back for ever.
                    more = extent.end() > start && !extent.has(Uapi.FIEMAP_EXTENT_LAST);
                }
                if (more) {
                    start = extents.get(extents.size() - 1).end();
                }
            }
        }
        return new Answer.Given<>(List.copyOf(extents));
    }

    private static FileExtent read(Memory memory, long place) {
        return new FileExtent(
                memory.getLong(place + LOGICAL),
                memory.getLong(place + PHYSICAL),
                memory.getLong(place + LENGTH),
                memory.getInt(place + FLAGS));
    }
}
