package io.untorn.simulated;

import io.untorn.model.limits.Disk;
import io.untorn.model.limits.QueueGeometry;
import io.untorn.model.limits.QueueLimits;
import io.untorn.model.limits.ScsiProfile;
import io.untorn.model.limits.XfsGeometry;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.target.KernelVersion;
import io.untorn.model.target.Limits;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;

/** What one kernel release knows and supports. */
final class KernelFeatures {
    /** An XFS with groups of 80 MiB and blocks of 4 KiB. */
    static final XfsGeometry XFS = new XfsGeometry(4096, 20480, 512, 512, true, false, true);

    /** What the log of that XFS holds of one write, in bytes. */
    private static final long XFS_MAX = 1 << 20;

    /** The blocks of an atomic write that a group of that XFS holds, and of one that each group begins with. */
    private static final long XFS_BLOCKS = 16384;

    private static final long XFS_ALIGNED_BLOCKS = 4096;

    private static final int MAX_SEGMENTS = 2048;

    private final SimulatedMachine machine;
    private final KernelVersion version;

    KernelFeatures(SimulatedMachine machine) {
        this.machine = machine;
        version = KernelVersion.parse(machine.release());
    }

    boolean isAtLeast(int major, int minor) {
        return version.isAtLeast(new KernelVersion(major, minor));
    }

    boolean knowsAtomicWrites() {
        return machine.isRfc() || isAtLeast(6, 11);
    }

    boolean knows(RwFlag flag) {
        return switch (flag) {
            case HIPRI, DSYNC, SYNC, NOWAIT, APPEND -> true;
            case NOAPPEND -> isAtLeast(6, 9);
            case ATOMIC -> knowsAtomicWrites();
            case DONTCACHE -> isAtLeast(6, 14);
            case NOSIGNAL -> isAtLeast(6, 18);
            case UNKNOWN -> false;
        };
    }

    boolean takesDontCache(TargetKind target) {
        return switch (target) {
            case BLOCK_DEVICE -> isAtLeast(7, 3);
            case EXT4 -> isAtLeast(6, 17);
            case XFS -> true;
        };
    }

    /** Tell whether a mount of a target may have the option {@code max_atomic_write}. */
    boolean knowsMaxAtomicWrite(Target target) {
        return target.kind() == TargetKind.XFS && isAtLeast(6, 16);
    }

    /** Return the largest {@code max_atomic_write} that XFS takes, in bytes. */
    long mostAtomicWrite(int block) {
        return block * (isAtomicByDisk(block, queue()) ? XFS_ALIGNED_BLOCKS : XFS_BLOCKS);
    }

    /** Tell whether statx of a target answers the question for limits at all, if only with none. */
    boolean answersStatx(TargetKind target) {
        return target.isFile() && isAtLeast(6, 13);
    }

    /** Return what sysfs reports of the disk. */
    Disk disk() {
        QueueLimits promised = machine.disk();
        long longest = promised.unitMax() / SimulatedDisk.SECTOR;
        long shortest = promised.unitMin() / SimulatedDisk.SECTOR;
        return new Disk(
                new ScsiProfile(
                        longest, shortest, shortest, longest, longest, SimulatedDisk.SECTOR, SimulatedDisk.SECTOR, 0),
                new QueueGeometry(1 << 20, MAX_SEGMENTS, SimulatedDisk.SECTOR, 4096, 0),
                queue());
    }

    /** Return what the request queue reports. */
    QueueLimits queue() {
        return knowsAtomicWrites() ? machine.disk() : QueueLimits.NONE;
    }

    /**
     * Return the limits of a file or device.
     *
     * @param maxAtomicWrite the mount option, 0 for none
     */
    Limits limits(Target target, long maxAtomicWrite) {
        QueueLimits disk = queue();
        return switch (target.kind()) {
            case BLOCK_DEVICE -> reported(disk.unitMin(), disk.unitMax(), 0);
            case EXT4 -> ext4(target, disk);
            case XFS -> xfs(target.blockSize(), disk, maxAtomicWrite);
        };
    }

    private Limits ext4(Target target, QueueLimits disk) {
        boolean supported = disk.supported() && (machine.isRfc() || isAtLeast(6, 13));
        int unit = isAtLeast(6, 16) ? target.allocationUnit() : target.blockSize();
        long max = machine.isRfc() ? disk.unitMax() : Math.min(unit, disk.unitMax());
        return supported ? reported(Math.max(target.blockSize(), disk.unitMin()), max, 0) : Limits.NONE;
    }

    private Limits xfs(int block, QueueLimits disk, long maxAtomicWrite) {
        boolean byDisk = isAtomicByDisk(block, disk);
        if (!isAtLeast(6, 16)) {
            return byDisk && isAtLeast(6, 13) ? reported(block, block, 0) : Limits.NONE;
        }
        long max = maxAtomicWrite == 0 ? XFS_MAX : maxAtomicWrite;
        return reported(block, max, max > block && byDisk ? Math.min(max, disk.unitMax()) : 0);
    }

    private static boolean isAtomicByDisk(int block, QueueLimits disk) {
        return disk.supported() && disk.unitMin() <= block && block <= disk.unitMax();
    }

    private static Limits reported(long min, long max, long optimal) {
        return min == 0 || min > max ? Limits.NONE : new Limits(min, max, optimal, 1, true);
    }
}
