package io.untorn.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.agent.linux.Answer;
import io.untorn.agent.linux.SpaceUsed;
import io.untorn.agent.linux.StatxResult;
import io.untorn.agent.linux.Uapi;
import io.untorn.agent.protocol.Reply;
import io.untorn.agent.protocol.SystemCallFault;
import io.untorn.model.history.Errno;
import io.untorn.model.operation.Batch;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.Remount.Way;
import io.untorn.model.operation.Statx.Via;
import io.untorn.model.operation.Write;
import io.untorn.model.target.Limits;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each fault of statx and of mounts changes what it says, and nothing else. */
final class FaultyStatxTest {
    private static final Limits RIGHT = new Limits(4096, 65536, 65536, 1, true);
    private static final Remount TAKEN = new Remount(Way.LIVE, 65536);
    private static final Remount REFUSED = new Remount(Way.UNMOUNT_AND_MOUNT, 5000);

    @TempDir
    private Path folder;

    private OpenTarget target;

    @BeforeEach
    void open() {
        target = new OpenTarget(new PreparedTarget(
                new Target("test", TargetKind.XFS, 4096, 4096, true),
                new DiskFolder(folder),
                folder.resolve("file").toString(),
                Optional.empty(),
                List.of()));
    }

    @AfterEach
    void close() {
        target.close();
    }

    /** A kernel whose file takes 4 KiB to 64 KiB, whose links and directories take none, and which knows one option. */
    private static final class Kernel implements SystemCalls {
        @Override
        public long write(int fd, long data, Write write) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long[] writeAtOnce(int fd, long[] data, Batch batch) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long read(int fd, long data, Read read) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long map(int fd, long offset, long length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Answer<StatxResult> statx(OpenTarget target, Via via) {
            StatxResult none = new StatxResult(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
            return new Answer.Given<>(
                    via.leadsToTarget() ? none.with(Uapi.STATX_ATTR_WRITE_ATOMIC, 4096, 65536, 65536, 1) : none);
        }

        @Override
        public int mount(OpenTarget target, Remount remount) {
            return remount.maxAtomicWrite() == 5000 ? -Errno.EINVAL.number() : 0;
        }

        @Override
        public long pinnedPages() {
            return 0;
        }

        @Override
        public SpaceUsed spaceUsed(PreparedTarget target) {
            return new SpaceUsed(0, 0);
        }

        @Override
        public Reply.ProgramEnded check(PreparedTarget target) {
            throw new UnsupportedOperationException();
        }
    }

    private Limits reported(FaultyStatx calls, Via via) {
        return EnvironmentProbe.limits(((Answer.Given<StatxResult>) calls.statx(target, via)).value());
    }

    @ParameterizedTest
    @CsvSource({
        "STATX_OF_PATH_SILENT, PATH",
        "STATX_OF_O_PATH_SILENT, O_PATH",
        "STATX_OF_FOLLOWED_LINK_SILENT, LINK_FOLLOWED",
        "STATX_OF_LINK_TELLS_LIMITS, LINK",
        "STATX_OF_DIRECTORY_TELLS_LIMITS, DIRECTORY",
    })
    void oneWayToAskIsWrong(SystemCallFault fault, Via wrong) {
        FaultyStatx calls = new FaultyStatx(new Kernel(), fault);

        for (Via via : Via.values()) {
            boolean told = via.leadsToTarget() != (via == wrong);
            assertThat(reported(calls, via)).as(via.name()).isEqualTo(told ? RIGHT : Limits.NONE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MOUNT_RAISES_MIN, 16384, 1, true",
        "MOUNT_ADDS_SEGMENTS, 4096, 7, true",
        "MOUNT_DROPS_ATTRIBUTE, 4096, 1, false",
        "MOUNT_TAKES_ANY_SIZE, 4096, 1, true",
    })
    void limitsAreWrongAfterAMountWithAnOption(SystemCallFault fault, long min, long segments, boolean attribute) {
        FaultyStatx calls = new FaultyStatx(new Kernel(), fault);

        assertThat(reported(calls, Via.DESCRIPTOR)).isEqualTo(RIGHT);
        assertThat(calls.mount(target, TAKEN)).isZero();
        assertThat(reported(calls, Via.DESCRIPTOR)).isEqualTo(new Limits(min, 65536, 65536, segments, attribute));
        assertThat(calls.mount(target, new Remount(Way.LIVE, 0))).isZero();
        assertThat(reported(calls, Via.DESCRIPTOR)).isEqualTo(RIGHT);
    }

    @Test
    void anySizeIsTakenAndTold() {
        FaultyStatx calls = new FaultyStatx(new Kernel(), SystemCallFault.MOUNT_TAKES_ANY_SIZE);

        assertThat(calls.mount(target, REFUSED)).isZero();
        assertThat(reported(calls, Via.DESCRIPTOR).unitMax()).isEqualTo(5000);
    }

    @Test
    void aMountThatIsRefusedAfterAnUnmountHasNoOption() {
        FaultyStatx calls = new FaultyStatx(new Kernel(), SystemCallFault.MOUNT_RAISES_MIN);

        assertThat(calls.mount(target, TAKEN)).isZero();
        assertThat(calls.mount(target, REFUSED)).isEqualTo(-Errno.EINVAL.number());
        assertThat(reported(calls, Via.DESCRIPTOR)).isEqualTo(RIGHT);
    }
}
