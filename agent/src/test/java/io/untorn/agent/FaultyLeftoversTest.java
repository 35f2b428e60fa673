package io.untorn.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.agent.linux.Answer;
import io.untorn.agent.linux.SpaceUsed;
import io.untorn.agent.linux.StatxResult;
import io.untorn.agent.protocol.Mount;
import io.untorn.agent.protocol.Reply;
import io.untorn.agent.protocol.SystemCallFault;
import io.untorn.model.operation.Batch;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.Statx.Via;
import io.untorn.model.operation.Write;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FaultyLeftoversTest {
    private static final Write WHOLE = Write.atomic(0, 4096);
    private static final Write PARTLY_MISSING = Write.atomic(0, 8192).with(new Buffer(0, 4096));

    @TempDir
    private Path folder;

    private PreparedTarget prepared(Path disk) {
        return new PreparedTarget(
                new Target("test", TargetKind.EXT4, 4096, 4096, false),
                new DiskFolder(folder),
                folder.resolve("file").toString(),
                Optional.of(new Mount("ext4", disk.toString(), folder.toString())),
                List.of("checker"));
    }

    @Test
    void aPageStaysPinnedForEachWriteWhoseMemoryIsMissingInPart() {
        FaultyLeftovers kept = new FaultyLeftovers(new Kernel(folder), SystemCallFault.PAGES_STAY_PINNED);
        FaultyLeftovers none = new FaultyLeftovers(new Kernel(folder), SystemCallFault.SPACE_STAYS_IN_USE);
        for (Write write : List.of(WHOLE, PARTLY_MISSING)) {
            kept.note(write);
            none.note(write);
        }

        assertThat(kept.pinnedPages()).isEqualTo(8);
        assertThat(none.pinnedPages()).isEqualTo(7);
    }

    @Test
    void aBlockStaysInUseForEachAtomicWrite() {
        FaultyLeftovers kept = new FaultyLeftovers(new Kernel(folder), SystemCallFault.SPACE_STAYS_IN_USE);
        kept.note(WHOLE);

        assertThat(kept.spaceUsed(prepared(folder))).isEqualTo(new SpaceUsed(4096 + 4096, 11));
    }

    @Test
    void theSuperblockIsSpoiledWhileItIsChecked() throws IOException {
        Path disk = folder.resolve("disk");
        byte[] zeros = new byte[8192];
        Files.write(disk, zeros);
        FaultyLeftovers spoiling = new FaultyLeftovers(new Kernel(disk), SystemCallFault.SUPERBLOCK_SPOILED);

        assertThat(spoiling.check(prepared(disk)).exitCode())
                .as("bytes that a checker finds spoiled")
                .isEqualTo(2);
        assertThat(Files.readAllBytes(disk)).isEqualTo(zeros);
        assertThat(new FaultyLeftovers(new Kernel(disk), SystemCallFault.NONE)
                        .check(prepared(disk))
                        .exitCode())
                .isZero();
    }

    /** A kernel on which 7 pages are pinned and a block is in use; its checker counts the bytes of a disk that are not 0. */
    private record Kernel(Path disk) implements SystemCalls {
        @Override
        public long write(int fd, long data, Write write) {
            throw new AssertionError("asked of no test");
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
            return 7;
        }

        @Override
        public SpaceUsed spaceUsed(PreparedTarget target) {
            return new SpaceUsed(4096, 11);
        }

        @Override
        public Reply.ProgramEnded check(PreparedTarget target) {
            try {
                int spoiled = 0;
                for (byte one : Files.readAllBytes(disk)) {
                    spoiled += one == 0 ? 0 : 1;
                }
                return new Reply.ProgramEnded(spoiled, "");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
