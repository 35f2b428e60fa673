package io.untorn.conformance.generate;

import io.untorn.kernelconfigs.TargetMatrix;
import io.untorn.model.history.Environment;
import io.untorn.model.limits.Disk;
import io.untorn.model.limits.QueueGeometry;
import io.untorn.model.limits.ScsiDebug;
import io.untorn.model.limits.ScsiProfile;
import io.untorn.model.limits.StatxAnswer;
import io.untorn.model.limits.XfsGeometry;
import io.untorn.model.rules.DerivedLimits;
import io.untorn.model.target.KernelVersion;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Computes the environment that a trace would find on the disk of the kit's machines, without a machine. */
public final class ComputedEnvironment {
    private static final Pattern MEBIBYTES = Pattern.compile("\\bdev_size_mb=(\\d+)");
    private static final int PAGE = 4096;
    private static final int MEMORY_ALIGNMENT = 4;

    /** What scsi_debug's queue reports: {@code max_hw_sectors_kb}, in bytes, and {@code max_segments}. */
    private static final long MAX_REQUEST = 2147483647L << 10;

    private static final int MAX_SEGMENTS = 2048;

    /** How many groups mkfs.xfs makes on such a disk. */
    private static final long XFS_GROUPS = 4;

    private ComputedEnvironment() {}

    /** Return what a kernel of a version would show. */
    public static Environment of(Target target, KernelVersion kernel) {
        String parameters = TargetMatrix.load().disk().parameters().getOrDefault("scsi_debug", "");
        long size = size(parameters);
        ScsiProfile profile = ScsiDebug.profile(parameters, kernel);
        QueueGeometry geometry = new QueueGeometry(MAX_REQUEST, MAX_SEGMENTS, profile.logicalBlockSize(), PAGE, 0);
        Disk disk = new Disk(profile, geometry, geometry.limits(profile.hardwareLimits(), kernel));
        XfsGeometry xfs = target.kind() == TargetKind.XFS
                ? new XfsGeometry(
                        target.blockSize(),
                        size / XFS_GROUPS / target.blockSize(),
                        profile.logicalBlockSize(),
                        profile.logicalBlockSize(),
                        target.reflink(),
                        false,
                        true)
                : XfsGeometry.NONE;
        Environment silent = new Environment(
                kernel.toString(),
                StatxAnswer.SILENT,
                disk,
                xfs,
                profile.logicalBlockSize(),
                MEMORY_ALIGNMENT,
                target.kind().isFile() ? 0 : size - ScsiDebug.PARTITION_START);
        return new Environment(
                silent.release(),
                DerivedLimits.of(target, silent).statx(),
                disk,
                xfs,
                silent.directAlignment(),
                silent.memoryAlignment(),
                silent.size());
    }

    private static long size(String parameters) {
        Matcher size = MEBIBYTES.matcher(parameters);
        if (!size.find()) {
            throw new IllegalStateException("the disk's parameters do not say how large it is: " + parameters);
        }
        return Long.parseLong(size.group(1)) << 20;
    }
}
