package io.untorn.agent;

import io.untorn.agent.linux.AlignedBuffer;
import io.untorn.agent.linux.IoVectors;
import io.untorn.agent.linux.LibC;
import io.untorn.agent.linux.Uapi;
import io.untorn.agent.protocol.AgentException;
import io.untorn.model.operation.Buffer;
import java.nio.file.Path;

/**
 * Old data on a disk, where its file system will allocate first. On a disk of zeros a block that wrongly shows old data
 * looks like a hole.
 */
public final class OldData {
    /** Every byte of it. No write of a trace is full of this. */
    public static final int BYTE = 0xA5;

    /** How much there is, in MiB from the start of the disk: it is part of every snapshot. */
    public static final int MEBIBYTES = 16;

    private static final int MEBIBYTE = 1 << 20;

    private OldData() {}

    /** Write it to the disk with a node, past the page cache. */
    static void lay(Path node) {
        int disk = require(node, LibC.open(node.toString(), Uapi.O_WRONLY | Uapi.O_DIRECT | Uapi.O_CLOEXEC, 0));
        try (AlignedBuffer data = AlignedBuffer.allocate(MEBIBYTE, Buffer.PAGE);
                IoVectors segment = new IoVectors(1)) {
            data.fill(BYTE);
            segment.set(0, data.address(), data.size());
            for (long written = 0; written < (long) MEBIBYTES * MEBIBYTE; ) {
                written += require(node, LibC.pwritev2(disk, segment.address(), 1, written, 0));
            }
        } finally {
            LibC.close(disk);
        }
    }

    private static int require(Path node, long result) {
        if (result < 0) {
            throw new AgentException(node + " can't be filled: errno " + -result);
        }
        return (int) result;
    }
}
