package io.untorn.simulated;

import io.untorn.model.history.Errno;
import io.untorn.model.history.Extent;
import io.untorn.model.limits.ScsiDebug;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.FreeSpace;
import io.untorn.model.operation.Subject;
import java.util.List;
import java.util.Random;

/** A partition of the disk, opened by its node, under a page cache: all of the disk but what is before it. */
final class RawDevice implements Volume, PageCache.Backing {
    private static final int PAGE = 4096;

    private final SimulatedMachine machine;
    private final SimulatedDisk disk;
    private final PageCache cache = new PageCache(this, PAGE);

    RawDevice(SimulatedMachine machine, SimulatedDisk disk) {
        this.machine = machine;
        this.disk = disk;
    }

    @Override
    public byte[] load(long offset, int length) {
        byte[] bytes = new byte[length];
        disk.read(offset, bytes, 0, length);
        return bytes;
    }

    @Override
    public void store(long offset, byte[] data) {
        disk.write(offset, data);
    }

    @Override
    public long size(Subject subject) {
        return subject == Subject.FILE ? size() : 0;
    }

    /** Where the partition lies on the disk makes no difference here, so it lies at the disk's start. */
    private long size() {
        return disk.size() - ScsiDebug.PARTITION_START;
    }

    @Override
    public Volume ofTwin() {
        throw new IllegalStateException("a device has no twin");
    }

    @Override
    public byte[] read(Subject subject, boolean direct, long offset, int length) throws Refused {
        if (direct) {
            cache.writeBack(offset, offset + length);
            return load(offset, length);
        }
        return cache.read(offset, length);
    }

    @Override
    public void writeBuffered(long offset, byte[] data) {
        cache.write(offset, data);
    }

    @Override
    public void writeDirect(long offset, byte[] data) throws Refused {
        settle(offset, data.length);
        disk.write(offset, data);
    }

    @Override
    public void writeAtomic(long offset, byte[] data) throws Refused {
        settle(offset, data.length);
        if (machine.has(SimulatedFault.TORN_BY_POWER_CUT)) {
            disk.write(offset, data);
        } else {
            disk.writeAtomic(offset, data);
        }
    }

    private void settle(long offset, int length) throws Refused {
        cache.writeBack(offset, offset + length);
        if (!machine.has(SimulatedFault.STALE_CACHE)) {
            cache.drop(offset, offset + length);
        }
    }

    @Override
    public boolean mustWait(boolean atomic, long offset, int length) {
        return isCached(offset, length);
    }

    @Override
    public boolean isCached(long offset, int length) {
        return cache.holds(offset, offset + length);
    }

    @Override
    public void truncate(long size, long most) throws Refused {
        throw new Refused(Errno.EINVAL);
    }

    @Override
    public void fallocate(Fallocate fallocate, long most) throws Refused {
        Fallocate.Mode mode = fallocate.mode();
        long offset = fallocate.offset();
        int length = fallocate.length();
        boolean zeros = mode == Fallocate.Mode.PUNCH_HOLE
                || mode == Fallocate.Mode.ZERO_RANGE
                || mode == Fallocate.Mode.ZERO_RANGE_KEEP_SIZE;
        if (!zeros) {
            throw new Refused(Errno.EOPNOTSUPP);
        }
        if (length == 0 || (offset | length) % SimulatedDisk.SECTOR != 0 || offset + length > size()) {
            throw new Refused(Errno.EINVAL);
        }
        writeDirect(offset, new byte[length]);
    }

    @Override
    public void cloneRange(CloneRange clone, long most) throws Refused {
        throw new Refused(Errno.EINVAL);
    }

    @Override
    public List<Extent> extents() throws Refused {
        throw new Refused(Errno.EOPNOTSUPP);
    }

    @Override
    public void fill(FreeSpace left) {}

    @Override
    public void empty() {}

    @Override
    public boolean hasBlocks() {
        return true;
    }

    @Override
    public void dropCaches() {
        if (machine.has(SimulatedFault.DIRTY_DROPPED)) {
            cache.dropAll();
        } else {
            cache.dropClean();
        }
    }

    @Override
    public void writeBack() throws Refused {
        cache.writeBack(0, disk.size());
    }

    @Override
    public void sync() throws Refused {
        writeBack();
        disk.flush();
    }

    @Override
    public void unmount() throws Refused {
        sync();
        cache.drop(0, disk.size());
    }

    @Override
    public void cutPower(Random random) throws Refused {
        if (random.nextBoolean()) {
            writeBack();
        }
        disk.cutPower(0, random);
        cache.drop(0, disk.size());
    }

    @Override
    public void reset() {
        disk.reset();
        cache.drop(0, disk.size());
    }
}
