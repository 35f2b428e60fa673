package io.untorn.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.agent.linux.Answer;
import io.untorn.agent.linux.SpaceUsed;
import io.untorn.agent.linux.StatxResult;
import io.untorn.agent.protocol.Reply;
import io.untorn.agent.protocol.SystemCallFault;
import io.untorn.model.history.Errno;
import io.untorn.model.history.Repeats;
import io.untorn.model.operation.Batch;
import io.untorn.model.operation.Engine;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.RwFlags;
import io.untorn.model.operation.Statx.Via;
import io.untorn.model.operation.Write;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A write that may wait is repeated after EAGAIN, within a bound, and that is told. */
final class PatientCallsTest {
    private static final int EAGAIN = -Errno.EAGAIN.number();
    private static final Write WRITE = Write.atomic(0, 4096);

    @Test
    void aWriteIsRepeatedUntilItIsAnsweredOtherwise() {
        AsksAgain kernel = new AsksAgain(3);
        PatientCalls calls = new PatientCalls(kernel);

        assertThat(calls.write(0, 0, WRITE)).isEqualTo(4096);
        assertThat(calls.takeRepeats()).isEqualTo(new Repeats(3));
        assertThat(calls.takeRepeats()).isEqualTo(Repeats.NONE);
    }

    @Test
    void theRepeatsHaveABound() {
        AsksAgain kernel = new AsksAgain(Integer.MAX_VALUE);
        PatientCalls calls = new PatientCalls(kernel);
        long begun = System.nanoTime();

        assertThat(calls.write(0, 0, WRITE)).isEqualTo(EAGAIN);
        assertThat(calls.takeRepeats()).isEqualTo(new Repeats(6));
        assertThat(kernel.calls).isEqualTo(7);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(60));
    }

    @Test
    void aWriteThatMustNotWaitIsMadeOnce() {
        AsksAgain kernel = new AsksAgain(1);
        PatientCalls calls = new PatientCalls(kernel);

        assertThat(calls.write(0, 0, WRITE.with(RwFlags.of(RwFlag.ATOMIC, RwFlag.NOWAIT))))
                .isEqualTo(EAGAIN);
        assertThat(calls.takeRepeats()).isEqualTo(Repeats.NONE);
    }

    @Test
    void anAnswerIsTakenAtOnce() {
        AsksAgain kernel = new AsksAgain(0);
        PatientCalls calls = new PatientCalls(kernel);

        assertThat(calls.write(0, 0, WRITE)).isEqualTo(4096);
        assertThat(kernel.calls).isEqualTo(1);
        assertThat(calls.takeRepeats()).isEqualTo(Repeats.NONE);
    }

    @Test
    void ofSeveralOnlyTheOneThatIsAskedToIsRepeated() {
        AsksAgain kernel = new AsksAgain(1);
        PatientCalls calls = new PatientCalls(kernel);
        Write write = WRITE.through(Engine.LIBAIO);

        assertThat(calls.writeAtOnce(0, new long[2], new Batch(List.of(write, write.at(4096)))))
                .containsExactly(4096, 4096);
        assertThat(kernel.calls).isEqualTo(3);
        assertThat(calls.takeRepeats()).isEqualTo(new Repeats(1));
    }

    @Test
    void theSeededFaultOutlastsThem() {
        AsksAgain kernel = new AsksAgain(0);
        PatientCalls calls = new PatientCalls(new FaultyCalls(kernel, SystemCallFault.ATOMIC_ASKS_AGAIN_FOR_EVER));

        assertThat(calls.write(0, 0, WRITE)).isEqualTo(EAGAIN);
        assertThat(kernel.calls).as("calls that reach the kernel").isZero();
        assertThat(calls.write(0, 0, Write.atomic(0, 2048))).isEqualTo(2048);
    }

    /** A kernel that asks to try again some times. */
    private static final class AsksAgain implements SystemCalls {
        private final int times;
        private int calls;

        AsksAgain(int times) {
            this.times = times;
        }

        @Override
        public long write(int fd, long data, Write write) {
            return calls++ < times ? EAGAIN : write.length();
        }

        @Override
        public long[] writeAtOnce(int fd, long[] data, Batch batch) {
            return batch.requests().stream()
                    .mapToLong(request -> write(fd, data[0], request))
                    .toArray();
        }

        @Override
        public long read(int fd, long data, Read read) {
            return EAGAIN;
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
