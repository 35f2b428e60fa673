package io.untorn.vm;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.agent.protocol.Marking;
import io.untorn.model.history.Environment;
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
import io.untorn.model.operation.Statx;
import io.untorn.model.target.Limits;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ComplaintPolicyTest {
    private static final HangTimeout TIMEOUT = new HangTimeout(Duration.ofMinutes(1));
    private static final String WARNING =
            "[    1.0] WARNING: CPU: 0 PID: 1 at fs/iomap/direct-io.c:1 iomap_dio_bio_iter+0x1/0x2";
    private static final String ANOTHER =
            "[    2.0] WARNING: CPU: 0 PID: 1 at fs/ext4/file.c:1 ext4_dio_write_iter+0x1/0x2";

    private final ComplaintPolicy policy = new ComplaintPolicy();

    @Test
    void marksRunsAfterANewComplaintOnly() {
        assertThat(policy.marking()).isEqualTo(Marking.END);
        policy.complained(answered(WARNING));
        assertThat(policy.marking()).isEqualTo(Marking.OPERATIONS);
        assertThat(marked()).isEqualTo(20);

        policy.complained(answered(WARNING));
        assertThat(policy.marking()).isEqualTo(Marking.END);

        policy.complained(answered(ANOTHER));
        assertThat(policy.marking()).isEqualTo(Marking.OPERATIONS);
    }

    @Test
    void marksRunsAfterEachThatWasNotAnswered() {
        policy.complained(unanswered());
        assertThat(marked()).isEqualTo(200);
        policy.complained(unanswered());
        assertThat(marked()).isEqualTo(200);
    }

    @Test
    void onlyTheNextRunAfterAHangHasTheTimeoutOfACandidate() {
        policy.expectHang();
        assertThat(policy.beginRun(TIMEOUT)).as("no hang was seen yet").hasSeconds(60);

        policy.complained(unanswered());
        policy.expectHang();
        assertThat(policy.beginRun(TIMEOUT)).hasSeconds(5);
        assertThat(policy.beginRun(TIMEOUT)).hasSeconds(20);
    }

    private int marked() {
        return (int) IntStream.range(0, 1000)
                .takeWhile(run -> policy.marking() == Marking.OPERATIONS)
                .peek(run -> policy.beginRun(TIMEOUT))
                .count();
    }

    private static History answered(String line) {
        return history(List.of(new Step(new Statx(), 0, 0, new Outcome.Returned(0))), List.of(line));
    }

    private static History unanswered() {
        return history(List.of(), List.of());
    }

    private static History history(List<Step> steps, List<String> console) {
        Target target = new Target("ext4", TargetKind.EXT4, 4096, 4096, false);
        Environment environment = new Environment(
                "7.3.4",
                new StatxAnswer(new Limits(4096, 4096, 0, 1, true), true, true),
                new Disk(
                        new ScsiProfile(128, 2, 2, 128, 128, 512, 512, 0),
                        new QueueGeometry(1 << 19, 2048, 512, 4096, 0),
                        new QueueLimits(1024, 65536, 65536, 0)),
                XfsGeometry.NONE,
                512,
                4,
                0);
        return new History(new Trace(target, List.of(new Statx())), environment, steps, List.of(), console);
    }
}
