package io.untorn.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Pointer;
import io.untorn.agent.linux.Answer;
import io.untorn.agent.linux.GuardedMemory;
import io.untorn.agent.linux.LibC;
import io.untorn.agent.linux.SpaceUsed;
import io.untorn.agent.linux.StatxResult;
import io.untorn.agent.linux.Uapi;
import io.untorn.agent.protocol.Reply;
import io.untorn.agent.protocol.SystemCallFault;
import io.untorn.model.history.Errno;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Batch;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.Engine;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.Statx.Via;
import io.untorn.model.operation.Write;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at faults that the system calls of a file in memory show. */
final class FaultyCallsTest {
    @TempDir
    Path folder;

    private final GuardedMemory memory = GuardedMemory.allocate(Operation.MAX_LENGTH + Buffer.PAGE);
    private final KernelCalls kernel = new KernelCalls(memory);

    private int opened() throws Exception {
        Path file = Files.write(folder.resolve("file"), new byte[] {1, 1, 1, 1, 1, 1, 1, 1});
        return LibC.open(file.toString(), Uapi.O_RDWR, 0);
    }

    @Test
    void aStaleMappingShowsWhatWasThere() throws Exception {
        int fd = opened();
        for (SystemCallFault fault : new SystemCallFault[] {SystemCallFault.NONE, SystemCallFault.HELD_MAPPING_STALE}) {
            SystemCalls calls = new FaultyCalls(kernel, fault);
            long address = calls.map(fd, 0, 8);
            byte before = new Pointer(address).getByte(0);
            memory.bytes().clear().put(0, (byte) (before + 1));
            calls.write(fd, memory.address(), Write.plain(Access.BUFFERED, 0, 8));

            assertThat(new Pointer(address).getByte(0) - before).isEqualTo(fault == SystemCallFault.NONE ? 1 : 0);
            LibC.munmap(address, 8);
        }
        LibC.close(fd);
    }

    @Test
    void onlyARefusedWriteThroughARingMovesThePosition() throws Exception {
        int fd = opened();
        SystemCalls refusing = new FaultyCalls(new Refusing(), SystemCallFault.REFUSED_MOVES_POSITION);
        Write write = Write.atomic(Write.AT_POSITION, 512);

        refusing.write(fd, memory.address(), write);
        assertThat(LibC.lseek(fd, 0, Uapi.SEEK_CUR)).isZero();
        refusing.write(fd, memory.address(), write.at(0).through(Engine.IO_URING));
        assertThat(LibC.lseek(fd, 0, Uapi.SEEK_CUR)).isZero();
        refusing.write(fd, memory.address(), write.through(Engine.IO_URING));
        assertThat(LibC.lseek(fd, 0, Uapi.SEEK_CUR)).isEqualTo(512);
        LibC.close(fd);
    }

    /** A kernel that refuses every write. */
    private static final class Refusing implements SystemCalls {
        @Override
        public long write(int fd, long data, Write write) {
            return -Errno.EINVAL.number();
        }

        @Override
        public long[] writeAtOnce(int fd, long[] data, Batch batch) {
            throw new AssertionError("asked of no test");
        }

        @Override
        public long read(int fd, long data, Read read) {
            throw new AssertionError("asked of no test");
        }

        @Override
        public long map(int fd, long offset, long length) {
            throw new AssertionError("asked of no test");
        }

        @Override
        public Answer<StatxResult> statx(OpenTarget target, Via via) {
            throw new AssertionError("asked of no test");
        }

        @Override
        public int mount(OpenTarget target, Remount remount) {
            throw new AssertionError("asked of no test");
        }

        @Override
        public long pinnedPages() {
            throw new AssertionError("asked of no test");
        }

        @Override
        public SpaceUsed spaceUsed(PreparedTarget target) {
            throw new AssertionError("asked of no test");
        }

        @Override
        public Reply.ProgramEnded check(PreparedTarget target) {
            throw new AssertionError("asked of no test");
        }
    }
}
