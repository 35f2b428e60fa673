package io.untorn.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.agent.linux.Answer;
import io.untorn.agent.linux.SpaceUsed;
import io.untorn.agent.linux.StatxResult;
import io.untorn.agent.protocol.Reply;
import io.untorn.model.history.Outcome;
import io.untorn.model.operation.Audit.Aspect;
import io.untorn.model.operation.Batch;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.Statx.Via;
import io.untorn.model.operation.Write;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AuditorTest {
    @TempDir
    private Path folder;

    private final Kernel kernel = new Kernel();

    private PreparedTarget prepared() {
        return new PreparedTarget(
                new Target("test", TargetKind.EXT4, 4096, 4096, false),
                new DiskFolder(folder),
                folder.resolve("file").toString(),
                Optional.empty(),
                List.of("checker"));
    }

    private Outcome audit(Auditor auditor, Aspect aspect) {
        try (OpenTarget target = new OpenTarget(prepared())) {
            return auditor.audit(target, aspect);
        }
    }

    @Test
    void aPageThatStaysPinnedIsToldOnce() {
        Auditor auditor = new Auditor(kernel, prepared());
        kernel.pinned = 3;

        assertThat(audit(auditor, Aspect.PINNED_PAGES))
                .isEqualTo(new Outcome.Unclean(List.of("3 pages of memory are still pinned")));
        assertThat(audit(auditor, Aspect.PINNED_PAGES)).isEqualTo(Outcome.DONE);
    }

    @Test
    void aPageThatWasPinnedBeforeAndIsNoMoreIsNone() {
        kernel.pinned = 3;
        Auditor auditor = new Auditor(kernel, prepared());
        kernel.pinned = 0;

        assertThat(audit(auditor, Aspect.PINNED_PAGES)).isEqualTo(Outcome.DONE);
        kernel.pinned = 1;
        assertThat(audit(auditor, Aspect.PINNED_PAGES))
                .isEqualTo(new Outcome.Unclean(List.of("1 pages of memory are still pinned")));
    }

    @Test
    void aPageThatIsReleasedALittleLaterIsNone() {
        Auditor auditor = new Auditor(kernel, prepared());
        kernel.soon.addAll(List.of(2L, 1L));

        assertThat(audit(auditor, Aspect.PINNED_PAGES)).isEqualTo(Outcome.DONE);
    }

    @ParameterizedTest
    @EnumSource(
            value = Aspect.class,
            names = {"FILE_SYSTEM", "FREE_SPACE"})
    void whereTheAgentMountedNothingThereIsNothingToLookAt(Aspect aspect) {
        Auditor auditor = new Auditor(kernel, prepared());
        kernel.used = new SpaceUsed(4096, 1);
        kernel.ended = new Reply.ProgramEnded(4, "wrong");

        assertThat(audit(auditor, aspect)).isEqualTo(Outcome.DONE);
    }

    @Test
    void whatStaysInUseIsTold() {
        SpaceUsed before = new SpaceUsed(8192, 11);

        assertThat(Auditor.faults(before, before)).isEmpty();
        assertThat(Auditor.faults(before, new SpaceUsed(12288, 10)))
                .containsExactly(
                        "4096 bytes more are in use than before the file was made",
                        "-1 inodes more are in use than before the file was made");
    }

    /** A kernel with nothing left behind, if it is not told otherwise. */
    private static final class Kernel implements SystemCalls {
        private final Deque<Long> soon = new ArrayDeque<>();
        private long pinned;
        private SpaceUsed used = new SpaceUsed(0, 0);
        private Reply.ProgramEnded ended = new Reply.ProgramEnded(0, "");

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
            return soon.isEmpty() ? pinned : soon.remove();
        }

        @Override
        public SpaceUsed spaceUsed(PreparedTarget target) {
            return used;
        }

        @Override
        public Reply.ProgramEnded check(PreparedTarget target) {
            return ended;
        }
    }
}
