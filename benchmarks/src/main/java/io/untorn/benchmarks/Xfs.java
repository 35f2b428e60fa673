package io.untorn.benchmarks;

import io.untorn.model.history.Environment;
import io.untorn.model.limits.Disk;
import io.untorn.model.limits.QueueGeometry;
import io.untorn.model.limits.QueueLimits;
import io.untorn.model.limits.ScsiProfile;
import io.untorn.model.limits.XfsGeometry;
import io.untorn.model.target.KernelVersion;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;

/** The target that is measured: XFS with blocks of 4096 bytes on a disk that takes atomic writes of 1 to 64 KiB. */
final class Xfs {
    static final int BLOCK = 4096;
    static final KernelVersion KERNEL = new KernelVersion(7, 3);
    static final Target TARGET = new Target("xfs", TargetKind.XFS, BLOCK, BLOCK, true);

    private Xfs() {}

    static Environment environment() {
        QueueLimits queue = new QueueLimits(1024, 65536, 65536, 0);
        XfsGeometry xfs = new XfsGeometry(BLOCK, 20480, 512, 512, true, false, false);
        Disk disk = new Disk(
                new ScsiProfile(128, 2, 2, 128, 128, 512, 512, 0),
                new QueueGeometry(1 << 19, 2048, 512, BLOCK, 0),
                queue);
        return new Environment("7.3.4", xfs.statx(queue, KERNEL, XfsGeometry.NO_OPTION), disk, xfs, 512, 4, 0);
    }
}
