package io.untorn.model.rules;

import io.untorn.model.history.Environment;
import io.untorn.model.limits.Disk;
import io.untorn.model.limits.Ext4Geometry;
import io.untorn.model.limits.QueueLimits;
import io.untorn.model.limits.StatxAnswer;
import io.untorn.model.limits.XfsGeometry;
import io.untorn.model.target.KernelVersion;
import io.untorn.model.target.Target;

/**
 * The limits of a target, derived by the arithmetic of {@link io.untorn.model.limits}.
 *
 * @param queue those of the request queue, from the disk's profile and the queue's geometry
 * @param statx those that statx reports of the target, from the request queue as it was observed and the file system
 */
public record DerivedLimits(QueueLimits queue, StatxAnswer statx) {
    /** Derive the limits of a target from what was found about its disk and its file system, mounted without options. */
    public static DerivedLimits of(Target target, Environment found) {
        return of(target, found, XfsGeometry.NO_OPTION);
    }

    /**
     * Derive the limits of a target that is mounted with an option.
     *
     * @param maxAtomicWrite the value of XFS's option {@code max_atomic_write}, in bytes, which the mount took;
     *     {@link XfsGeometry#NO_OPTION} without
     */
    static DerivedLimits of(Target target, Environment found, long maxAtomicWrite) {
        Disk disk = found.disk();
        KernelVersion kernel = found.kernel();
        return new DerivedLimits(
                disk.geometry().limits(disk.profile().hardwareLimits(), kernel),
                switch (target.kind()) {
                    case BLOCK_DEVICE -> StatxAnswer.ofDevice(disk.limits(), kernel);
                    case EXT4 ->
                        new Ext4Geometry(target.blockSize(), target.clusterSize()).statx(disk.limits(), kernel);
                    case XFS -> found.xfs().statx(disk.limits(), kernel, maxAtomicWrite);
                });
    }
}
