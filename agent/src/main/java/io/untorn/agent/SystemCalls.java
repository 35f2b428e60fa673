package io.untorn.agent;

import io.untorn.agent.linux.Answer;
import io.untorn.agent.linux.SpaceUsed;
import io.untorn.agent.linux.StatxResult;
import io.untorn.agent.protocol.Reply;
import io.untorn.model.operation.Batch;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.Statx.Via;
import io.untorn.model.operation.Write;

/** The system calls, and what else is asked of the kernel, that a fault can be seeded at. Numbers are results, or errnos negated. */
interface SystemCalls {
    /** Write what lies at an address, with the flags and in the segments that the operation says. */
    long write(int fd, long data, Write write);

    /**
     * Hand over several writes at once, and wait for all.
     *
     * @param data where what each is to write lies
     * @return the result of each
     */
    long[] writeAtOnce(int fd, long[] data, Batch batch);

    /** Read to an address. */
    long read(int fd, long data, Read read);

    /** Map a range shared, for loads and stores, and its pages at once. Return the address or an errno negated. */
    long map(int fd, long offset, long length);

    /** Ask about an open target, or what a symbolic link or a directory has to do with it. */
    Answer<StatxResult> statx(OpenTarget target, Via via);

    /** Mount the file system of a target again; a device is opened again. Return 0 or an errno negated. */
    int mount(OpenTarget target, Remount remount);

    /** Return how many pages of memory are pinned for direct I/O. */
    long pinnedPages();

    /** Return what is in use of the file system of a target; nothing where it is on none of the agent's. */
    SpaceUsed spaceUsed(PreparedTarget target);

    /** Check the file system of a target, which is not mounted. */
    Reply.ProgramEnded check(PreparedTarget target);
}
