package io.untorn.model.rules;

import static io.untorn.model.oracle.VerdictAssert.assertThat;

import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Origin;
import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Outcome.Failed;
import io.untorn.model.history.Outcome.ReadBack;
import io.untorn.model.history.Outcome.Returned;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.ChangeAttribute;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.HintExtentSize;
import io.untorn.model.operation.LimitFileSize;
import io.untorn.model.operation.MapLoad;
import io.untorn.model.operation.OpenMode;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.PowerCut;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.Reopen;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.RwFlags;
import io.untorn.model.operation.Subject;
import io.untorn.model.operation.Sync;
import io.untorn.model.operation.TwinLoad;
import io.untorn.model.operation.Write;
import io.untorn.model.oracle.Histories;
import io.untorn.model.oracle.Verdict;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is written to the twin is in the twin, and what either file shares with the other stays in the other. */
final class TwinWriteTest {
    private static final int B = 4096;
    private static final Write FIRST = Write.plain(Access.DIRECT, 0, B);
    private static final Write ATOMIC = Write.atomic(0, B);

    private static Operation cloneFrom(Subject source) {
        return new CloneRange(source, 0, source.other(), 0, B);
    }

    private static Read read(Subject subject) {
        return new Read(RwFlags.NONE, Access.BUFFERED, subject, 0, B);
    }

    private static Outcome by(int operation) {
        return new ReadBack(Contents.zeros(B).with(0, B, new Origin.Written(operation, 0)));
    }

    private static Verdict judged(Outcome outcome, Operation last, Operation... before) {
        return Histories.judge("7.3.4", Histories.XFS, Arrays.asList(before), last, outcome);
    }

    @Test
    void aWriteToTheTwinIsInTheTwinAlone() {
        Operation[] written = {FIRST, cloneFrom(Subject.FILE), ATOMIC.toTwin()};
        assertThat(judged(by(0), read(Subject.FILE), written)).conforms();
        assertThat(judged(by(2), read(Subject.TWIN), written)).conforms();
        assertThat(judged(by(2), read(Subject.FILE), written)).breaksAnyRule();
        assertThat(judged(by(0), read(Subject.TWIN), written)).breaksAnyRule();
        TwinLoad mapped = new TwinLoad(new MapLoad(0, B));
        assertThat(judged(by(2), mapped, written)).conforms();
        assertThat(judged(by(2), mapped, written)).reached("mapping-shows-what-is-there");
        assertThat(judged(by(0), mapped, written)).breaksAnyRule();
    }

    @Test
    void aWriteToTheFileLeavesTheTwin() {
        Operation[] written = {FIRST.toTwin(), cloneFrom(Subject.TWIN), ATOMIC};
        assertThat(judged(by(2), read(Subject.FILE), written)).conforms();
        assertThat(judged(by(0), read(Subject.TWIN), written)).conforms();
        assertThat(judged(by(2), read(Subject.TWIN), written)).breaksAnyRule();
        assertThat(judged(by(0), read(Subject.FILE), written)).breaksAnyRule();
    }

    @Test
    void theRulesOfWritesHoldForIt() {
        Operation odd = Write.atomic(2048, B).toTwin();
        assertThat(judged(new Failed(Errno.EINVAL), odd)).reached("offset-naturally-aligned");
        assertThat(judged(new Returned(B), odd)).breaks("offset-naturally-aligned");
        assertThat(judged(new Failed(Errno.EFBIG), ATOMIC.toTwin(), new LimitFileSize(0)))
                .reached("atomic-write-behind-size-limit");
        assertThat(judged(new Returned(B / 2), ATOMIC.toTwin())).breaksAnyRule();
        Operation appending = ATOMIC.with(RwFlags.ATOMIC.with(RwFlag.APPEND)).toTwin();
        Contents both =
                Contents.zeros(2 * B).with(0, B, new Origin.Written(0, 0)).with(B, B, new Origin.Written(2, B));
        assertThat(judged(
                        new ReadBack(both),
                        new Read(RwFlags.NONE, Access.DIRECT, Subject.TWIN, 0, 4 * B),
                        FIRST.toTwin(),
                        Write.plain(Access.DIRECT, 0, 3 * B),
                        appending))
                .conforms();
    }

    @Test
    void whatTheFileIsLikeDoesNotMatterToIt() {
        for (Operation done : List.of(
                new ChangeAttribute(Attribute.IMMUTABLE),
                new HintExtentSize(65536),
                new Reopen(new OpenMode(true, false, false)))) {
            assertThat(judged(new Returned(B), ATOMIC.toTwin(), done)).conforms();
        }
        assertThat(judged(new Returned(B), ATOMIC, ATOMIC.toTwin(), new Reopen(OpenMode.READ_WRITE)))
                .conforms();
        assertThat(judged(
                        new Failed(Errno.EBADF), ATOMIC, new Reopen(new OpenMode(true, false, false)), ATOMIC.toTwin()))
                .conforms();
    }

    @Test
    void itMayBeAskedToTryAgainWherePagesOfTheTwinMayBeCached() {
        Outcome again = new Failed(Errno.EAGAIN);
        assertThat(judged(again, ATOMIC.toTwin(), FIRST.toTwin(), read(Subject.TWIN)))
                .conforms();
        assertThat(judged(
                        again,
                        ATOMIC.toTwin(),
                        Write.plain(Access.BUFFERED, 0, 8).toTwin()))
                .conforms();
        assertThat(judged(again, ATOMIC.toTwin(), FIRST.toTwin())).breaksAnyRule();
        assertThat(judged(again, ATOMIC.toTwin(), FIRST, read(Subject.FILE), FIRST.toTwin()))
                .breaksAnyRule();
        assertThat(judged(again, ATOMIC, FIRST, FIRST.toTwin(), read(Subject.TWIN)))
                .breaksAnyRule();
        assertThat(judged(
                        again,
                        ATOMIC.toTwin(),
                        FIRST.toTwin(),
                        read(Subject.TWIN),
                        new Remount(Remount.Way.UNMOUNT_AND_MOUNT, 0)))
                .breaksAnyRule();
    }

    @Test
    void aPowerCutKeepsWhatWasSynced() {
        Operation synced = ATOMIC.with(RwFlags.ATOMIC.with(RwFlag.DSYNC)).toTwin();
        Read half = new Read(RwFlags.NONE, Access.DIRECT, Subject.TWIN, 0, B);
        Contents torn =
                Contents.zeros(B).with(0, B / 2, new Origin.Written(2, 0)).with(B / 2, B / 2, new Origin.Written(0, 0));
        Operation all = new Sync(Sync.Way.SYNCFS);
        assertThat(cut(by(2), half, FIRST.toTwin(), all, synced)).conforms();
        assertThat(cut(by(0), half, FIRST.toTwin(), all, synced)).breaksAnyRule();
        assertThat(cut(by(0), half, FIRST.toTwin(), all, ATOMIC.toTwin())).conforms();
        assertThat(cut(new ReadBack(torn), half, FIRST.toTwin(), all, ATOMIC.toTwin()))
                .breaks("power-cut-leaves-atomic-write-whole");
    }

    private static Verdict cut(Outcome outcome, Read last, Operation... before) {
        Operation[] all = Arrays.copyOf(before, before.length + 1);
        all[before.length] = new PowerCut();
        return Histories.judge("7.3.4", Histories.XFS, Arrays.asList(all), last, outcome);
    }
}
