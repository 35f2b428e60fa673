package io.untorn.agent;

import io.untorn.agent.linux.Answer;
import io.untorn.agent.linux.Ioctls;
import io.untorn.agent.linux.StatxResult;
import io.untorn.agent.linux.Uapi;
import io.untorn.agent.linux.struct.xfs_fsop_geom;
import io.untorn.agent.protocol.AgentException;
import io.untorn.model.history.Environment;
import io.untorn.model.limits.Disk;
import io.untorn.model.limits.StatxAnswer;
import io.untorn.model.limits.XfsGeometry;
import io.untorn.model.limits.XfsLog;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Statx.Via;
import io.untorn.model.target.Limits;
import io.untorn.model.target.TargetKind;

/**
 * Finds the environment of traces on a prepared target: the disk and the file system once, what statx reports each
 * time.
 */
final class EnvironmentProbe {
    private final PreparedTarget target;
    private final SystemCalls calls;
    private final Disk disk;
    private final XfsGeometry xfs;

    /** Look at the disk and the file system of a target. */
    EnvironmentProbe(PreparedTarget target, SystemCalls calls) {
        this.target = target;
        this.calls = calls;
        disk = target.disk().disk();
        try (OpenTarget open = new OpenTarget(target)) {
            xfs = target.target().kind() == TargetKind.XFS ? xfs(open) : XfsGeometry.NONE;
        }
    }

    /** Return what a trace finds that begins now. */
    Environment environment(OpenTarget open) {
        if (!(calls.statx(open, Via.DESCRIPTOR) instanceof Answer.Given<StatxResult> given)) {
            throw new AgentException("statx of " + target + " failed");
        }
        StatxResult reported = given.value();
        boolean reportsAlignment = reported.dioOffsetAlign() != 0;
        int block = disk.geometry().logicalBlockSize();
        return new Environment(
                System.getProperty("os.version"),
                new StatxAnswer(
                        limits(reported),
                        (reported.mask() & Uapi.STATX_WRITE_ATOMIC) != 0,
                        (reported.attributesMask() & Uapi.STATX_ATTR_WRITE_ATOMIC) != 0),
                disk,
                xfs,
                reportsAlignment ? reported.dioOffsetAlign() : block,
                reportsAlignment ? reported.dioMemAlign() : block,
                open.size(reported));
    }

    /** Return the limits out of what statx reported. */
    static Limits limits(StatxResult reported) {
        return new Limits(
                Integer.toUnsignedLong(reported.atomicWriteUnitMin()),
                Integer.toUnsignedLong(reported.atomicWriteUnitMax()),
                Integer.toUnsignedLong(reported.atomicWriteUnitMaxOpt()),
                Integer.toUnsignedLong(reported.atomicWriteSegmentsMax()),
                (reported.attributes() & Uapi.STATX_ATTR_WRITE_ATOMIC) != 0);
    }

    private XfsGeometry xfs(OpenTarget open) {
        Answer<xfs_fsop_geom> answer = Ioctls.xfsGeometry(open.descriptor(Access.DIRECT));
        if (!(answer instanceof Answer.Given<xfs_fsop_geom> given)) {
            throw new AgentException("XFS_IOC_FSGEOMETRY of " + target + " failed");
        }
        xfs_fsop_geom reported = given.value();
        return new XfsGeometry(
                reported.blocksize,
                Integer.toUnsignedLong(reported.agblocks),
                reported.sectsize,
                reported.inodesize,
                (reported.flags & Uapi.XFS_FSOP_GEOM_FLAGS_REFLINK) != 0,
                (reported.flags & Uapi.XFS_FSOP_GEOM_FLAGS_RMAPBT) != 0,
                (reported.flags & Uapi.XFS_FSOP_GEOM_FLAGS_NREXT64) != 0,
                new XfsLog(Integer.toUnsignedLong(reported.logblocks), reported.logsunit));
    }
}
