package io.untorn.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.untorn.agent.linux.GuardedMemory;
import io.untorn.agent.linux.LibC;
import io.untorn.agent.linux.Uapi;
import io.untorn.agent.protocol.MissingFacility;
import io.untorn.model.history.Errno;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.Engine;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.RwFlags;
import io.untorn.model.operation.Split;
import io.untorn.model.operation.Write;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Writes through each engine of this machine's own kernel. */
class EnginesTest {
    @TempDir
    private Path folder;

    private final GuardedMemory memory = GuardedMemory.allocate(16 * Buffer.PAGE);
    private final KernelCalls kernel = new KernelCalls(memory);
    private int fd;

    @BeforeEach
    void open() {
        fd = LibC.open(folder.resolve("file").toString(), Uapi.O_RDWR | Uapi.O_CREAT, 0600);
        for (int i = 0; i < memory.size(); i++) {
            memory.bytes().put(i, (byte) (i % 251));
        }
    }

    @AfterEach
    void close() {
        LibC.close(fd);
        kernel.close();
        memory.close();
    }

    private long write(Write write, Engine engine) {
        assumeThat(kernel.lacks()).extracting(MissingFacility::facility).doesNotContain(engine.facility());
        return kernel.write(fd, memory.address() + 3, write.through(engine));
    }

    @ParameterizedTest
    @EnumSource
    void theDataArrives(Engine engine) throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(write(Write.plain(Access.BUFFERED, 8L * i, 1000), engine))
                    .isEqualTo(1000);
        }

        byte[] written = Files.readAllBytes(folder.resolve("file"));
        assertThat(written).hasSize(1032);
        assertThat(written[32]).isEqualTo((byte) 3);
        assertThat(written[1031]).isEqualTo((byte) ((3 + 999) % 251));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "IO_URING_FIXED")
    void soDoSegments(Engine engine) throws Exception {
        assertThat(write(Write.plain(Access.BUFFERED, 0, 2000).with(Split.TWO), engine))
                .isEqualTo(2000);
        assertThat(Files.readAllBytes(folder.resolve("file"))[1999]).isEqualTo((byte) ((3 + 1999) % 251));
        assertThat(write(Write.plain(Access.BUFFERED, 0, 2000).with(Split.TOO_MANY), engine))
                .isEqualTo(-Errno.EINVAL.number());
    }

    @ParameterizedTest
    @EnumSource
    void anErrnoComesBackAndTheNextWriteIsDone(Engine engine) {
        Write write = Write.plain(Access.BUFFERED, 0, 1000);
        for (int i = 0; i < 5; i++) {
            assertThat(write(write.with(RwFlags.of(RwFlag.UNKNOWN)), engine)).isEqualTo(-Errno.EOPNOTSUPP.number());
            assertThat(write(write.at(Write.NEGATIVE), engine)).isEqualTo(-Errno.EINVAL.number());
            assertThat(write(write, engine)).isEqualTo(1000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void memoryThatIsNotThereIsAnErrnoToo(Engine engine) {
        assumeThat(kernel.lacks()).extracting(MissingFacility::facility).doesNotContain(engine.facility());

        assertThat(kernel.write(
                        fd,
                        memory.address() + memory.size(),
                        Write.plain(Access.BUFFERED, 0, 1000).through(engine)))
                .isEqualTo(-Errno.EFAULT.number());
    }
}
