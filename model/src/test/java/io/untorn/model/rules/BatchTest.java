package io.untorn.model.rules;

import static io.untorn.model.oracle.VerdictAssert.assertThat;

import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Origin;
import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Outcome.Each;
import io.untorn.model.history.Outcome.Failed;
import io.untorn.model.history.Outcome.ReadBack;
import io.untorn.model.history.Outcome.Returned;
import io.untorn.model.history.Repeats;
import io.untorn.model.history.Step;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Batch;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.Engine;
import io.untorn.model.operation.FillSpace;
import io.untorn.model.operation.FreeSpace;
import io.untorn.model.operation.LimitFileSize;
import io.untorn.model.operation.OpenMode;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.PowerCut;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Reopen;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.RwFlags;
import io.untorn.model.operation.Split;
import io.untorn.model.operation.Sync;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.Write;
import io.untorn.model.oracle.Histories;
import io.untorn.model.oracle.Verdict;
import io.untorn.model.target.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Writes that are handed over at once: each does what it would alone, in whatever order. */
final class BatchTest {
    private static final int B = 4096;
    private static final Outcome DONE = new Returned(B);
    private static final Outcome EINVAL = new Failed(Errno.EINVAL);
    private static final Write ATOMIC = Write.atomic(0, B);
    private static final Read ALL = Read.plain(Access.DIRECT, 0, 4 * B);
    private static final Operation FULL = Write.plain(Access.DIRECT, 0, 4 * B);
    private static final Operation EMPTY = new Truncate(4 * B);

    private static Batch batch(Engine engine, Write... writes) {
        return new Batch(Stream.of(writes).map(write -> write.through(engine)).toList());
    }

    private static Batch submitted(Write... writes) {
        return batch(Engine.LIBAIO, writes);
    }

    private static Outcome each(Outcome... outcomes) {
        return new Each(List.of(outcomes));
    }

    private static Outcome shown(Contents contents) {
        return new ReadBack(contents);
    }

    private static Contents by(Contents contents, int operation, long from, long length) {
        return contents.with(from, length, new Origin.Written(operation, 0));
    }

    private static Verdict judged(Target target, Outcome outcome, Operation last, Operation... before) {
        return Histories.judge("7.3.4", target, Arrays.asList(before), last, outcome);
    }

    private static Verdict judged(Outcome outcome, Operation last, Operation... before) {
        return judged(Histories.XFS, outcome, last, before);
    }

    /** Judge steps that came to what is said, after one that made the file four blocks long. */
    private static Verdict told(Object... operationsAndOutcomes) {
        return told(Histories.XFS, operationsAndOutcomes);
    }

    private static Verdict told(Target target, Object... operationsAndOutcomes) {
        List<Step> steps = new ArrayList<>(List.of(new Step(EMPTY, 0, 0, Outcome.DONE)));
        for (int i = 0; i < operationsAndOutcomes.length; i += 2) {
            steps.add(new Step(
                    (Operation) operationsAndOutcomes[i], i + 1, i + 1, (Outcome) operationsAndOutcomes[i + 1]));
        }
        return Histories.judge("7.3.4", target, steps.subList(0, steps.size() - 1), steps.get(steps.size() - 1));
    }

    @ParameterizedTest
    @EnumSource(names = {"LIBAIO", "IO_URING"})
    void eachOfTwoThatTouchIsDoneOrRefusedAlone(Engine engine) {
        String rule = engine == Engine.LIBAIO ? "writes-of-one-io-submit" : "writes-of-one-io-uring-enter";
        Batch two = batch(engine, ATOMIC, ATOMIC.at(B));
        assertThat(judged(each(DONE, DONE), two)).conforms();
        assertThat(judged(each(DONE, DONE), two)).reached(rule);
        assertThat(judged(each(DONE, EINVAL), two)).breaks(rule);
        assertThat(judged(each(DONE, new Returned(B / 2)), two)).breaks(rule);
        assertThat(judged(each(DONE), two)).breaks(rule);
        assertThat(judged(DONE, two)).breaks(rule);
        Batch odd = batch(engine, ATOMIC, ATOMIC.at(B / 2));
        assertThat(judged(each(DONE, EINVAL), odd)).conforms();
        assertThat(judged(each(EINVAL, DONE), odd)).breaks(rule);
        assertThat(judged(each(DONE, DONE), odd)).breaks(rule);
    }

    @Test
    void theBytesOfEachAreInItsPlace() {
        Batch two = submitted(ATOMIC, ATOMIC.at(2 * B));
        Contents zeros = Contents.zeros(4 * B);
        Contents first = by(zeros, 1, 0, B);
        Contents both = by(first, 1, 2 * B, B);
        assertThat(told(two, each(DONE, DONE), ALL, shown(both))).conforms();
        assertThat(told(two, each(DONE, DONE), ALL, shown(first))).breaks("data-is-what-was-written-last");
        assertThat(told(two, each(DONE, DONE), ALL, shown(by(first, 1, 2 * B, B / 2))))
                .breaks("atomic-write-all-or-none");
        assertThat(told(two, each(DONE, DONE), ALL, shown(first.with(2 * B, B, new Origin.Written(1, 2 * B)))))
                .breaks("data-at-its-place");
    }

    @Test
    void whatOneOfThemRefusedIsNotThere() {
        Batch two = submitted(ATOMIC, Write.atomic(2 * B - 512, B));
        Contents first = by(Contents.zeros(4 * B), 1, 0, B);
        assertThat(told(two, each(DONE, EINVAL), ALL, shown(first))).conforms();
        assertThat(told(two, each(DONE, EINVAL), ALL, shown(by(first, 1, 2 * B - 512, B))))
                .breaks("refused-write-changes-nothing");
    }

    @Test
    void nothingSaysWhichOfTwoThatOverlapComesLast() {
        Batch overlapping = submitted(ATOMIC, Write.atomic(0, 2 * B), Write.plain(Access.DIRECT, B, 2 * B));
        Contents all = by(Contents.zeros(4 * B), 1, 0, 3 * B);
        Outcome done = each(DONE, new Returned(2 * B), new Returned(2 * B));
        assertThat(told(overlapping, done, ALL, shown(all))).conforms();
        assertThat(told(overlapping, done, ALL, shown(by(Contents.zeros(4 * B), 1, 0, 2 * B))))
                .breaksAnyRule();
    }

    /** Where the limit for the size lies between them, or one of them makes the file longer, any order may be seen. */
    @Test
    void anAnswerOfAnyOrderIsPermitted() {
        Operation limit = new LimitFileSize(B);
        assertThat(judged(each(DONE, new Failed(Errno.EFBIG)), submitted(ATOMIC, ATOMIC.at(B)), limit))
                .conforms();
        Batch unordered = submitted(ATOMIC.at(3 * B), ATOMIC);
        for (Outcome first : List.of(DONE, new Failed(Errno.ENOSPC))) {
            for (Outcome second : List.of(DONE, new Failed(Errno.ENOSPC))) {
                assertThat(judged(each(first, second), unordered, new FillSpace(FreeSpace.A_LITTLE)))
                        .conforms();
                assertThat(judged(each(first, second), unordered))
                        .satisfies(verdict -> Assertions.assertThat(verdict.conforms())
                                .isEqualTo(first.equals(DONE) && second.equals(DONE)));
            }
        }
    }

    @Test
    void thoseThatAppendLieOneAfterTheOther() {
        Reopen appending = new Reopen(new OpenMode(false, true, false));
        Batch two = submitted(ATOMIC, ATOMIC.at(8 * B));
        Read there = Read.plain(Access.DIRECT, 0, 16 * B);
        Contents inOrder =
                Contents.zeros(2 * B).with(0, B, new Origin.Written(1, 0)).with(B, B, new Origin.Written(1, -7 * B));
        List<Step> steps = List.of(
                new Step(appending, 0, 0, Outcome.DONE),
                new Step(two, 1, 1, each(DONE, DONE)),
                new Step(there, 2, 2, shown(inOrder)));
        assertThat(Histories.judge("7.3.4", Histories.EXT4, steps.subList(0, 2), steps.get(2)))
                .conforms();
        Step one = new Step(there, 2, 2, shown(inOrder.resized(B)));
        assertThat(Histories.judge("7.3.4", Histories.EXT4, steps.subList(0, 2), one))
                .breaksAnyRule();
    }

    @Test
    void oneMayBeAskedToTryAgainWhereItMayMeetPages() {
        Batch two = submitted(ATOMIC, ATOMIC.at(B));
        Write cached = Write.plain(Access.BUFFERED, 0, 8);
        Outcome again = each(new Failed(Errno.EAGAIN), DONE);
        assertThat(judged(again, two, FULL, cached)).conforms();
        assertThat(judged(each(DONE, new Failed(Errno.EAGAIN)), two, FULL, cached))
                .breaksAnyRule();
        assertThat(judged(again, two, FULL)).breaksAnyRule();
        List<Step> before = List.of(new Step(FULL, 0, 0, new Returned(4 * B)));
        Step repeated = new Step(two, 1, 1, each(DONE, DONE), new Repeats(1));
        assertThat(Histories.judge("7.3.4", Histories.XFS, before, repeated)).breaksAnyRule();
        List<Step> dirtied = List.of(before.get(0), new Step(cached, 1, 1, new Returned(8)));
        assertThat(Histories.judge(
                        "7.3.4", Histories.XFS, dirtied, new Step(two, 2, 2, each(DONE, DONE), new Repeats(1))))
                .conforms();
    }

    /** Each of them is there as a whole or not at all, whatever became of the other. */
    @Test
    void aPowerCutLeavesEachWhole() {
        Batch two = submitted(ATOMIC, ATOMIC.at(B));
        Contents none = Contents.zeros(4 * B);
        for (Contents left : List.of(none, by(none, 2, 0, B), by(none, 2, B, B), by(none, 2, 0, 2 * B))) {
            assertThat(cut(two, left)).conforms();
        }
        assertThat(cut(two, by(none, 2, 0, B / 2))).breaks("power-cut-leaves-atomic-write-whole");
        assertThat(cut(two, by(none, 2, B, B / 2))).breaks("power-cut-leaves-atomic-write-whole");
        RwFlags durable = RwFlags.ATOMIC.with(RwFlag.DSYNC);
        assertThat(cut(submitted(ATOMIC, ATOMIC.at(B).with(durable)), by(none, 2, B, B)))
                .conforms();
        assertThat(cut(submitted(ATOMIC, ATOMIC.at(B).with(durable)), by(none, 2, 0, B)))
                .breaksAnyRule();
    }

    private static Verdict cut(Batch two, Contents left) {
        return told(
                Histories.EXT4,
                Sync.fsync(),
                Outcome.DONE,
                two,
                each(DONE, DONE),
                new PowerCut(),
                Outcome.DONE,
                ALL,
                shown(left));
    }

    @Test
    void onADeviceEachIsJudgedToo() {
        Batch two = submitted(ATOMIC, ATOMIC.at(3 << 20));
        assertThat(judged(Histories.DEVICE, each(DONE, new Failed(Errno.ENOSPC)), two))
                .conforms();
        assertThat(judged(Histories.DEVICE, each(DONE, DONE), two)).breaks("writes-of-one-io-submit");
    }

    static Stream<List<Write>> noBatches() {
        Write aio = ATOMIC.through(Engine.LIBAIO);
        return Stream.of(
                List.of(),
                List.of(aio),
                List.of(aio, aio, aio, aio, aio),
                List.of(aio, ATOMIC.through(Engine.IO_URING)),
                List.of(ATOMIC, ATOMIC),
                List.of(ATOMIC.through(Engine.IO_URING_FIXED), ATOMIC.through(Engine.IO_URING_FIXED)),
                List.of(aio, aio.with(Access.BUFFERED)),
                List.of(aio, aio.at(Write.AT_POSITION)),
                List.of(aio, aio.at(Write.NEGATIVE)),
                List.of(aio, aio.with(RwFlags.ATOMIC.with(RwFlag.APPEND))),
                List.of(aio, aio.with(Split.TWO)),
                List.of(aio, aio.with(new Buffer(0, 512))),
                List.of(aio, aio.with(new Buffer(4, 0))),
                List.of(aio, Write.plain(Access.DIRECT, B + 512, 512).through(Engine.LIBAIO)),
                List.of(aio, aio.sized(Batch.MAX_BYTES)));
    }

    @ParameterizedTest
    @MethodSource("noBatches")
    void otherWritesAreNoBatch(List<Write> writes) {
        Assertions.assertThatThrownBy(() -> new Batch(writes)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBatchTellsItsRequests() {
        Assertions.assertThat(submitted(ATOMIC, ATOMIC.at(B)))
                .hasToString("2 requests in one io_submit: atomic write of 4096 bytes at 0; atomic write of 4096 bytes "
                        + "at 4096");
        Assertions.assertThat(each(DONE, EINVAL)).hasToString("each returned 4096; failed with EINVAL");
    }
}
