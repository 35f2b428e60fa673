package io.untorn.simulated;

import io.untorn.model.limits.QueueLimits;

/**
 * What is simulated: a kernel release on a disk, with at most one fault.
 *
 * @param release as {@code uname -r} prints it
 * @param disk the sizes of atomic writes that the disk takes, in bytes
 * @param diskSize bytes, a multiple of 4096, up to 8 GiB
 * @param space how the free space of a new file system lies
 * @param fault how the kernel deviates
 */
public record SimulatedMachine(String release, QueueLimits disk, long diskSize, Space space, SimulatedFault fault) {
    /** The release of the kernel whose ext4 a mail of 2023-12-04 explains. */
    public static final String RFC_RELEASE = "6.7.0-rc1-rfc";

    private static final long DISK_SIZE = 321 << 20;
    private static final long MAX_DISK_SIZE = 8L << 30;

    /** One in this many traces shows a fault that shows now and then. */
    private static final int RARELY = 3;

    public SimulatedMachine {
        if (diskSize % 4096 != 0 || diskSize < 1 << 20 || diskSize > MAX_DISK_SIZE) {
            throw new IllegalArgumentException("a disk has 1 MiB to 8 GiB in whole pages, not " + diskSize + " bytes");
        }
    }

    /** Return mainline Linux of a release on a disk that takes atomic writes of 1 to 64 KiB. */
    public static SimulatedMachine linux(String release) {
        return new SimulatedMachine(
                release, new QueueLimits(1024, 65536, 65536, 0), DISK_SIZE, Space.FRAGMENTED, SimulatedFault.NONE);
    }

    /**
     * Return the kernel whose ext4 a mail of 2023-12-04 explains, on a disk that takes atomic writes of 1 to 512 KiB.
     */
    public static SimulatedMachine rfc() {
        return new SimulatedMachine(
                RFC_RELEASE,
                new QueueLimits(1024, 524288, 524288, 0),
                DISK_SIZE,
                Space.FRAGMENTED,
                SimulatedFault.NONE);
    }

    /** Return this machine with a fault. */
    public SimulatedMachine with(SimulatedFault other) {
        return new SimulatedMachine(release, disk, diskSize, space, other);
    }

    /** Return this machine with another disk. */
    public SimulatedMachine with(QueueLimits other) {
        return new SimulatedMachine(release, other, diskSize, space, fault);
    }

    /** Return this machine with a disk of another size, in bytes. */
    public SimulatedMachine withDiskSize(long bytes) {
        return new SimulatedMachine(release, disk, bytes, space, fault);
    }

    /** Return this machine with other free space. */
    public SimulatedMachine with(Space other) {
        return new SimulatedMachine(release, disk, diskSize, other, fault);
    }

    /** Return the machine as it is while a trace runs, the first, the second and so on. */
    SimulatedMachine in(int run) {
        return has(SimulatedFault.TORN_NOW_AND_THEN) && run % RARELY == 0 ? with(SimulatedFault.TORN_WRITE) : this;
    }

    boolean has(SimulatedFault other) {
        return fault == other;
    }

    boolean isRfc() {
        return release.equals(RFC_RELEASE);
    }
}
