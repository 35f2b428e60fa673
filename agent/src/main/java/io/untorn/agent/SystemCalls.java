package io.untorn.agent;

import io.untorn.agent.linux.AlignedBuffer;
import io.untorn.agent.linux.Answer;
import io.untorn.agent.linux.StatxResult;
import io.untorn.model.Operation.Write;

/** The system calls that operations come down to. Numbers are results, or errnos negated. */
interface SystemCalls {
    /** Write the start of a buffer, in as many segments as the operation says. */
    long write(int fd, AlignedBuffer data, Write write);

    /** Read into the start of a buffer. */
    long read(int fd, AlignedBuffer data, int length, long offset);

    long truncate(int fd, long size);

    long fsync(int fd);

    long allocate(int fd, long offset, long length);

    long punchHole(int fd, long offset, long length);

    long cloneRange(int fd, long source, long destination, long length);

    Answer<StatxResult> statx(int fd);
}
