package io.untorn.model.rules;

import static io.untorn.model.oracle.VerdictAssert.assertThat;

import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Outcome.Failed;
import io.untorn.model.history.Outcome.Returned;
import io.untorn.model.history.Repeats;
import io.untorn.model.history.Step;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.LimitFileSize;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.Write;
import io.untorn.model.oracle.Histories;
import io.untorn.model.oracle.Verdict;
import io.untorn.model.target.Target;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories of kernels that keep their promises in form alone. */
final class ForgedHistoriesTest {
    private static final int B = 4096;
    private static final Target XFS = Histories.XFS;
    private static final Outcome EAGAIN = new Failed(Errno.EAGAIN);

    @ParameterizedTest
    @ValueSource(strings = {"6.16.12", "6.18.15", "7.3.4"})
    void aKernelThatPutsOffEveryWriteOfSeveralBlocksBreaksARule(String release) {
        Write single = Write.atomic(0, B);
        Write several = Write.atomic(4 * B, 4 * B);
        List<Step> before = List.of(new Step(single, 0, 1, new Returned(B)));
        Step putOff = new Step(several, 4, 5, EAGAIN, new Repeats(6));

        assertThat(Histories.judge(release, XFS, before, putOff)).breaks("atomic-write-over-hole");
        assertThat(Histories.judge(release, XFS, List.of(), new Step(several, 4, 5, EAGAIN)))
                .breaks("atomic-write-over-hole");
    }

    @Test
    void aKernelThatIgnoresTheSizeLimitBreaksItsRules() {
        Operation limit = new LimitFileSize(2048);
        Outcome whole = new Returned(B);

        for (Target target : List.of(Histories.EXT4, XFS)) {
            assertThat(judged(target, List.of(limit), Write.atomic(0, B), whole))
                    .breaks("atomic-write-is-not-cut-at-size-limit");
            assertThat(judged(target, List.of(limit), Write.atomic(0, B), new Returned(2048)))
                    .breaks("atomic-write-is-not-cut-at-size-limit");
            assertThat(judged(target, List.of(limit), Write.atomic(B, B), whole))
                    .breaks("atomic-write-behind-size-limit");
            assertThat(judged(target, List.of(limit), Write.plain(Access.DIRECT, 0, B), whole))
                    .breaks("plain-write-cut-at-size-limit");
            assertThat(judged(target, List.of(limit), Write.plain(Access.BUFFERED, B, B), whole))
                    .breaks("plain-write-behind-size-limit");
            assertThat(judged(target, List.of(limit), new Truncate(B), Outcome.DONE))
                    .breaks("truncate-within-size-limit");
        }
    }

    private static Verdict judged(Target target, List<Operation> before, Operation last, Outcome outcome) {
        return Histories.judge("7.3.4", target, before, last, outcome);
    }
}
