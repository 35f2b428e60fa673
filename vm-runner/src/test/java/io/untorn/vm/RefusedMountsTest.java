package io.untorn.vm;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.model.history.Environment;
import io.untorn.model.history.Errno;
import io.untorn.model.history.History;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Step;
import io.untorn.model.history.Trace;
import io.untorn.model.limits.Disk;
import io.untorn.model.limits.QueueGeometry;
import io.untorn.model.limits.QueueLimits;
import io.untorn.model.limits.ScsiProfile;
import io.untorn.model.limits.StatxAnswer;
import io.untorn.model.limits.XfsGeometry;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Remount;
import io.untorn.model.target.Limits;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RefusedMountsTest {
    private static final Target XFS = new Target("xfs", TargetKind.XFS, 4096, 4096, true);
    private static final Target EXT4 = new Target("ext4", TargetKind.EXT4, 4096, 4096, false);
    private static final Outcome REFUSED = new Outcome.Failed(Errno.EINVAL);
    private static final Remount MOUNT = new Remount(Remount.Way.UNMOUNT_AND_MOUNT, 5000);

    private final RefusedMounts mounts = new RefusedMounts();

    @Test
    void fourRefusalsWearAFileSystemOut() {
        History two = history("6.16.12", XFS, MOUNT, REFUSED);

        assertThat(mounts.wearOut(two)).isFalse();
        assertThat(mounts.wearOut(two)).isTrue();
        assertThat(mounts.wearOut(two)).isFalse();
    }

    @Test
    void otherMountsDoNot() {
        for (int i = 0; i < 4; i++) {
            assertThat(mounts.wearOut(history("6.16.12", XFS, MOUNT, Outcome.DONE)))
                    .isFalse();
            assertThat(mounts.wearOut(history("6.16.12", XFS, new Remount(Remount.Way.LIVE, 5000), REFUSED)))
                    .isFalse();
            assertThat(mounts.wearOut(history("7.3.4", XFS, MOUNT, REFUSED))).isFalse();
            assertThat(mounts.wearOut(history("6.16.12", EXT4, MOUNT, REFUSED))).isFalse();
        }
    }

    private static History history(String release, Target target, Operation operation, Outcome outcome) {
        Environment environment = new Environment(
                release,
                new StatxAnswer(new Limits(4096, 4096, 0, 1, true), true, true),
                new Disk(
                        new ScsiProfile(128, 2, 2, 128, 128, 512, 512, 0),
                        new QueueGeometry(1 << 19, 2048, 512, 4096, 0),
                        new QueueLimits(1024, 65536, 65536, 0)),
                XfsGeometry.NONE,
                512,
                4,
                0);
        List<Step> steps = List.of(new Step(operation, 0, 1, outcome), new Step(operation, 1, 2, outcome));
        return new History(new Trace(target, List.of(operation, operation)), environment, steps, List.of(), List.of());
    }
}
