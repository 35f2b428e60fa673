package io.untorn.agent;

import io.untorn.agent.linux.AlignedBuffer;
import io.untorn.agent.linux.IoVectors;
import io.untorn.agent.linux.LibC;
import io.untorn.agent.linux.SpaceUsed;
import io.untorn.agent.linux.Uapi;
import io.untorn.agent.protocol.AgentException;
import io.untorn.agent.protocol.Reply;
import io.untorn.agent.protocol.SystemCallFault;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.Write;

/** What writes leave behind, with one fault seeded. */
final class FaultyLeftovers {
    /** ext4 has its superblock in the bytes from 1024 on, XFS in the first 512: this spoils both. */
    private static final int SUPERBLOCKS = 4096;

    private static final int IN_XFS = 144;
    private static final int IN_EXT4 = 1024 + 12;
    private static final int BLOCK = 4096;

    private final SystemCalls kernel;
    private final SystemCallFault fault;
    private long pages;
    private long blocks;

    FaultyLeftovers(SystemCalls kernel, SystemCallFault fault) {
        this.kernel = kernel;
        this.fault = fault;
    }

    /** Note a write that leaves something behind. */
    void note(Write write) {
        if (write.atomic()) {
            blocks++;
            pages += write.isPartlyMapped() ? 1 : 0;
        }
    }

    long pinnedPages() {
        return kernel.pinnedPages() + (fault == SystemCallFault.PAGES_STAY_PINNED ? pages : 0);
    }

    SpaceUsed spaceUsed(PreparedTarget target) {
        SpaceUsed used = kernel.spaceUsed(target);
        return fault == SystemCallFault.SPACE_STAYS_IN_USE
                ? new SpaceUsed(used.bytes() + BLOCK * blocks, used.inodes())
                : used;
    }

    Reply.ProgramEnded check(PreparedTarget target) {
        if (fault != SystemCallFault.SUPERBLOCK_SPOILED) {
            return kernel.check(target);
        }
        String node = target.mount().orElseThrow().device();
        int disk = require(node, LibC.open(node, Uapi.O_RDWR | Uapi.O_DIRECT | Uapi.O_CLOEXEC, 0));
        try (AlignedBuffer data = AlignedBuffer.allocate(SUPERBLOCKS, Buffer.PAGE);
                IoVectors segment = new IoVectors(1)) {
            segment.set(0, data.address(), data.size());
            require(node, LibC.preadv2(disk, segment.address(), 1, 0, 0));
            spoil(data);
            require(node, LibC.pwritev2(disk, segment.address(), 1, 0, 0));
            Reply.ProgramEnded ended = kernel.check(target);
            spoil(data);
            require(node, LibC.pwritev2(disk, segment.address(), 1, 0, 0));
            return ended;
        } finally {
            LibC.close(disk);
        }
    }

    /** Turn over some bits of the counts of free blocks; done twice, they are as before. */
    private static void spoil(AlignedBuffer data) {
        for (int at : new int[] {IN_XFS, IN_EXT4}) {
            data.bytes().put(at, (byte) (data.bytes().get(at) ^ 0x55));
        }
    }

    private static int require(String node, long result) {
        if (result < 0) {
            throw new AgentException("the superblock on " + node + " can't be spoiled: errno " + -result);
        }
        return (int) result;
    }
}
