package io.untorn.model.rules;

import static io.untorn.model.oracle.VerdictAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Origin;
import io.untorn.model.contents.TooManyWorldsException;
import io.untorn.model.history.Environment;
import io.untorn.model.history.Errno;
import io.untorn.model.history.History;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Step;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.Fallocate;
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
import io.untorn.model.operation.Statx;
import io.untorn.model.operation.Subject;
import io.untorn.model.operation.Sync;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.Write;
import io.untorn.model.oracle.Histories;
import io.untorn.model.oracle.Oracle;
import io.untorn.model.oracle.Verdict;
import io.untorn.model.rule.Actual;
import io.untorn.model.state.FileState;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a power cut may leave, in histories: {@code 0} stands for zeros, {@code 1} for data of operation 1. */
final class PowerCutTest {
    private static final Target DEVICE = Histories.DEVICE;
    private static final Target EXT4 = Histories.EXT4;
    private static final Target XFS = Histories.XFS;
    private static final int BLOCK = 4096;
    private static final Optional<String> FINE = Optional.empty();
    private static final Optional<String> TORN = Optional.of("power-cut-leaves-atomic-write-whole");
    private static final Optional<String> LOST = Optional.of("power-cut-keeps-what-was-synced");
    private static final Optional<String> NEITHER = Optional.of("power-cut-leaves-old-or-new");
    private static final Optional<String> SIZE = Optional.of("size-after-power-cut");

    /** The table of what each target may hold after a crash: success without a sync. */
    @ParameterizedTest
    @EnumSource
    void anUnsyncedAtomicWriteIsOldOrNewAsAWhole(TargetKind kind) {
        Story story = on(kind).written(4 * BLOCK).synced().atomic(0, unit(kind)).cut();

        assertThat(story.read("1")).isEqualTo(FINE);
        assertThat(story.read("3")).isEqualTo(FINE);
        assertThat(story.read(0, halfOf(kind), "13")).isEqualTo(TORN);
        assertThat(story.read(0, halfOf(kind), "31")).isEqualTo(TORN);
        assertThat(story.read(0, halfOf(kind), "10")).isEqualTo(NEITHER);
    }

    @ParameterizedTest
    @EnumSource
    void ofAHoleTheOldIsZeros(TargetKind kind) {
        Story story = on(kind).grown(4 * BLOCK).synced().atomic(0, unit(kind)).cut();

        assertThat(story.read("0")).isEqualTo(FINE);
        assertThat(story.read("3")).isEqualTo(FINE);
        assertThat(story.read(0, halfOf(kind), "03")).isEqualTo(TORN);
    }

    @ParameterizedTest
    @EnumSource
    void ofUnwrittenBlocksTheOldIsZeros(TargetKind kind) {
        Story story = on(kind).done(new Fallocate(Fallocate.Mode.ZERO_RANGE, 0, 4 * BLOCK))
                .synced()
                .atomic(0, unit(kind))
                .cut();

        assertThat(story.read("0")).isEqualTo(FINE);
        assertThat(story.read("3")).isEqualTo(FINE);
        assertThat(story.read(0, halfOf(kind), "30")).isEqualTo(TORN);
    }

    static Stream<Arguments> waysToBeSafe() {
        return Stream.of(TargetKind.values()).flatMap(kind -> Stream.of(
                        new Sync(Sync.Way.FSYNC),
                        new Sync(Sync.Way.FDATASYNC),
                        new Sync(Sync.Way.SYNCFS),
                        new Remount(Remount.Way.UNMOUNT_AND_MOUNT, 0))
                .filter(way -> kind.isFile() || way.equals(new Sync(Sync.Way.FSYNC)))
                .map(way -> Arguments.of(kind, way)));
    }

    @ParameterizedTest
    @MethodSource("waysToBeSafe")
    void whatWasSyncedIsNewAndTheSizeCoversIt(TargetKind kind, Operation way) {
        Story story = on(kind).atomic(0, unit(kind));
        story = way instanceof Remount ? story.reported(way, unit(kind)) : story.done(way);
        story = story.cut();

        assertThat(story.read("1")).isEqualTo(FINE);
        assertThat(story.read("0")).isEqualTo(LOST);
        assertThat(story.read(0, halfOf(kind), "10")).isEqualTo(TORN);
        if (kind.isFile()) {
            assertThat(story.size(unit(kind))).isEqualTo(FINE);
            assertThat(story.size(0)).isEqualTo(SIZE);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SYNC_FILE_RANGE", "SYNCFS"})
    void whatPromisesNothingLeavesTheOld(Sync.Way way) {
        Story story = on(DEVICE.kind()).atomic(0, BLOCK).done(new Sync(way)).cut();

        assertThat(story.read("0")).isEqualTo(FINE);
        assertThat(on(XFS.kind())
                        .grown(BLOCK)
                        .synced()
                        .atomic(0, BLOCK)
                        .done(new Sync(Sync.Way.SYNC_FILE_RANGE))
                        .cut()
                        .read("0"))
                .isEqualTo(FINE);
    }

    @ParameterizedTest
    @EnumSource(names = {"DSYNC", "SYNC"})
    void aWriteWithDsyncIsNew(RwFlag flag) {
        for (Target target : List.of(DEVICE, EXT4, XFS)) {
            Story story = on(target.kind())
                    .wrote(Write.atomic(0, BLOCK).with(RwFlags.of(RwFlag.ATOMIC, flag)))
                    .cut();

            assertThat(story.read("1")).isEqualTo(FINE);
            assertThat(story.read("0")).isEqualTo(LOST);
            if (target.kind().isFile()) {
                assertThat(story.size(0)).isEqualTo(SIZE);
            }
        }
    }

    @Test
    void aDescriptorWithDsyncMakesEveryWriteNew() {
        Story story = on(XFS.kind())
                .done(new Reopen(new OpenMode(false, false, true)))
                .wrote(Write.plain(Access.BUFFERED, 0, BLOCK))
                .cut();

        assertThat(story.read("2")).isEqualTo(FINE);
        assertThat(story.read("0")).isEqualTo(LOST);
    }

    @Test
    void dsyncSaysNothingOfOtherPlaces() {
        Story story = on(XFS.kind())
                .grown(4 * BLOCK)
                .synced()
                .atomic(0, BLOCK)
                .wrote(Write.atomic(BLOCK, BLOCK).with(RwFlags.of(RwFlag.ATOMIC, RwFlag.DSYNC)))
                .cut();

        assertThat(story.read(0, BLOCK, "04")).isEqualTo(FINE);
        assertThat(story.read(0, BLOCK, "34")).isEqualTo(FINE);
        assertThat(story.read(0, BLOCK, "30")).isEqualTo(LOST);
    }

    @ParameterizedTest
    @ValueSource(ints = 121)
    void anErrorThatMayComeLateLeavesOldOrNewAsAWhole(int errno) {
        Story story = on(XFS.kind())
                .grown(4 * BLOCK)
                .done(new LimitFileSize(BLOCK))
                .with(Write.atomic(0, 2 * BLOCK), new Outcome.Failed(new Errno(errno)))
                .cut();

        assertThat(story.size(4 * BLOCK)).isEqualTo(FINE);
        assertThat(story.read(0, BLOCK, "00")).isEqualTo(FINE);
        assertThat(story.read(0, BLOCK, "33")).isEqualTo(FINE);
        assertThat(story.read(0, BLOCK, "03")).isEqualTo(TORN);
    }

    @Test
    void aRefusalLeavesTheOld() {
        for (Errno errno : List.of(Errno.EINVAL, Errno.EFBIG)) {
            Story story = on(XFS.kind())
                    .grown(4 * BLOCK)
                    .done(new LimitFileSize(BLOCK))
                    .with(Write.atomic(0, 2 * BLOCK), new Outcome.Failed(errno))
                    .cut();

            assertThat(story.read(0, BLOCK, "00")).isEqualTo(FINE);
            assertThat(story.read(0, BLOCK, "33")).contains("refused-write-changes-nothing");
        }
    }

    @Test
    void anExtendingWriteMayHaveItsOldSize() {
        Story story = on(EXT4.kind()).atomic(0, BLOCK).cut();

        assertThat(story.size(0)).isEqualTo(FINE);
        assertThat(story.size(BLOCK)).isEqualTo(FINE);
        assertThat(story.size(2 * BLOCK)).isEqualTo(SIZE);
        assertThat(story.read("")).isEqualTo(FINE);
        assertThat(story.reported(new Statx(), 0).read("1")).isPresent();
        assertThat(story.reported(new Statx(), BLOCK).read("0")).isEqualTo(FINE);
    }

    @Test
    void aTruncationMayBeUndone() {
        Story story = on(XFS.kind())
                .written(4 * BLOCK)
                .synced()
                .done(new Truncate(BLOCK))
                .done(new Truncate(2 * BLOCK))
                .cut();

        for (long blocks : List.of(1L, 2L, 4L)) {
            assertThat(story.size(blocks * BLOCK)).isEqualTo(FINE);
        }
        assertThat(story.size(3 * BLOCK)).isEqualTo(SIZE);
        assertThat(story.reported(new Statx(), 4 * BLOCK).read(0, BLOCK, "1111"))
                .isEqualTo(FINE);
        assertThat(story.reported(new Statx(), 2 * BLOCK).read(0, BLOCK, "10")).isEqualTo(FINE);
        assertThat(story.reported(new Statx(), 2 * BLOCK).read(0, BLOCK, "01")).isEqualTo(LOST);
    }

    @Test
    void eachOfTwoAtomicWritesSurvivesWholeOrNotAtAll() {
        Story story = on(XFS.kind())
                .grown(BLOCK * 4)
                .synced()
                .atomic(0, 4 * BLOCK)
                .atomic(BLOCK, BLOCK)
                .cut();

        for (String allowed : List.of("0000", "3333", "0400", "3433")) {
            assertThat(story.read(0, BLOCK, allowed)).as(allowed).isEqualTo(FINE);
        }
        for (String mixed : List.of("3000", "0003", "3403", "0433", "0303", "3330")) {
            assertThat(story.read(0, BLOCK, mixed)).as(mixed).isEqualTo(TORN);
        }
        assertThat(story.read(0, BLOCK / 2, "33433333")).isEqualTo(TORN);
    }

    @Test
    void aPlainWriteMayTearAnywhere() {
        Story story =
                on(DEVICE.kind()).wrote(Write.plain(Access.DIRECT, 0, BLOCK)).cut();

        assertThat(story.read(0, 512, "01100101")).isEqualTo(FINE);
        assertThat(story.read(0, 512, "01100108")).isEqualTo(NEITHER);
    }

    @Test
    void aPlainWriteOverAnAtomicOneHidesWhatBecameOfIt() {
        Story story = on(DEVICE.kind())
                .atomic(0, 2 * BLOCK)
                .wrote(Write.plain(Access.DIRECT, 0, BLOCK))
                .cut();

        assertThat(story.read(0, BLOCK, "20")).isEqualTo(FINE);
        assertThat(story.read(0, BLOCK, "21")).isEqualTo(FINE);
        assertThat(story.read(0, BLOCK, "11")).isEqualTo(FINE);
        assertThat(story.read(0, BLOCK / 2, "1200")).isEqualTo(TORN);
        assertThat(story.read(0, BLOCK / 2, "2011")).isEqualTo(TORN);
    }

    @Test
    void whatWasReadOnceIsCertain() {
        Story story = on(DEVICE.kind()).atomic(0, 2 * BLOCK).cut();
        Story seen = story.looked(0, BLOCK, "1");

        assertThat(seen.read(BLOCK, BLOCK, "1")).isEqualTo(FINE);
        assertThat(seen.read(BLOCK, BLOCK, "0")).isEqualTo(TORN);
        assertThat(seen.read(0, BLOCK, "0")).isPresent();
        assertThat(story.looked(0, BLOCK, "0").read(BLOCK, BLOCK, "1")).isEqualTo(TORN);
        assertThat(story.with(new MapLoad(0, BLOCK), data(0, BLOCK, "0")).read(BLOCK, BLOCK, "1"))
                .isEqualTo(TORN);
    }

    @Test
    void aPartOfAReadMakesCertainToo() {
        Read nowait = new Read(RwFlags.of(RwFlag.NOWAIT), Access.DIRECT, Subject.FILE, 0, 2 * BLOCK);
        Story story = on(DEVICE.kind()).atomic(0, 2 * BLOCK).cut().with(nowait, data(0, BLOCK, "1"));

        assertThat(story.read(BLOCK, BLOCK, "0")).isEqualTo(TORN);
        assertThat(story.read(BLOCK, BLOCK, "1")).isEqualTo(FINE);
    }

    @Test
    void whatComesAfterTheCutReplacesTheDoubt() {
        Story story =
                on(XFS.kind()).grown(4 * BLOCK).synced().atomic(0, 4 * BLOCK).cut();

        assertThat(story.atomic(0, BLOCK).read(0, BLOCK, "5000")).isEqualTo(FINE);
        assertThat(story.atomic(0, BLOCK).read(0, BLOCK, "3000")).contains("data-is-what-was-written-last");
        assertThat(story.done(new Fallocate(Fallocate.Mode.PUNCH_HOLE, 0, BLOCK))
                        .read(0, BLOCK, "0333"))
                .isEqualTo(FINE);
        assertThat(story.done(new Truncate(BLOCK)).done(new Truncate(2 * BLOCK)).read(0, BLOCK, "30"))
                .isEqualTo(FINE);
        assertThat(story.done(CloneRange.within(0, 4 * BLOCK, BLOCK)).read(BLOCK, BLOCK, "000"))
                .isEqualTo(FINE);
    }

    @Test
    void aCollapsedRangeMovesItsDoubt() {
        Story story = on(XFS.kind())
                .grown(4 * BLOCK)
                .synced()
                .atomic(2 * BLOCK, 2 * BLOCK)
                .cut()
                .done(new Fallocate(Fallocate.Mode.COLLAPSE_RANGE, 0, BLOCK));

        assertThat(story.read(BLOCK, BLOCK, "00")).isEqualTo(FINE);
        assertThat(story.with(Read.plain(Access.DIRECT, BLOCK, BLOCK), moved(BLOCK, BLOCK, 2, -BLOCK))
                        .read(2 * BLOCK, BLOCK, "0"))
                .isEqualTo(TORN);
    }

    @Test
    void aSecondCutDoubtsOnlyWhatCameSince() {
        Story story = on(DEVICE.kind()).atomic(0, 2 * BLOCK).cut();

        assertThat(story.looked(0, BLOCK, "1").cut().read(0, BLOCK, "11")).isEqualTo(FINE);
        assertThat(story.looked(0, BLOCK, "1").cut().read(0, BLOCK, "10")).isEqualTo(TORN);
        Story overwritten = story.looked(0, BLOCK, "1").atomic(0, BLOCK).cut();
        assertThat(overwritten.read(0, BLOCK, "41")).isEqualTo(FINE);
        assertThat(overwritten.read(0, BLOCK, "11")).isEqualTo(FINE);
        assertThat(overwritten.read(0, BLOCK, "01")).isPresent();
        Story unseen = story.atomic(0, BLOCK).cut();
        for (String allowed : List.of("00", "11", "30", "31")) {
            assertThat(unseen.read(0, BLOCK, allowed)).as(allowed).isEqualTo(FINE);
        }
        assertThat(unseen.read(0, BLOCK, "01")).isEqualTo(TORN);
        assertThat(unseen.read(0, BLOCK / 2, "3000")).isEqualTo(TORN);
    }

    @Test
    void aReadBetweenCutsHoldsUnderWhatIsWrittenThen() {
        Story story = on(DEVICE.kind())
                .atomic(0, BLOCK)
                .cut()
                .looked(0, BLOCK, "1")
                .wrote(Write.plain(Access.DIRECT, 0, BLOCK))
                .cut();

        assertThat(story.read("4")).isEqualTo(FINE);
        assertThat(story.read("1")).isEqualTo(FINE);
        assertThat(story.read("0")).isEqualTo(NEITHER);
    }

    @Test
    void theTwinIsSafeAfterSyncfsAlone() {
        CloneRange clone = new CloneRange(Subject.FILE, 0, Subject.TWIN, 0, BLOCK);
        Read ofTwin = new Read(RwFlags.NONE, Access.BUFFERED, Subject.TWIN, 0, BLOCK);
        Story story = on(XFS.kind()).written(BLOCK).synced().done(clone);

        assertThat(story.synced().cut().broken(ofTwin, data(0, BLOCK, ""))).isEqualTo(FINE);
        assertThat(story.synced().cut().broken(ofTwin, data(0, BLOCK, "1"))).isEqualTo(FINE);
        assertThat(story.done(new Sync(Sync.Way.SYNCFS)).cut().broken(ofTwin, data(0, BLOCK, "")))
                .isPresent();
    }

    @Test
    void descriptorsAreOpenedAgain() {
        Story story = on(DEVICE.kind())
                .wrote(Write.plain(Access.DIRECT, Write.AT_POSITION, BLOCK))
                .synced()
                .cut()
                .wrote(Write.plain(Access.DIRECT, Write.AT_POSITION, BLOCK));

        assertThat(story.read(0, BLOCK, "40")).isEqualTo(FINE);
    }

    @Test
    void theBlameSaysWhichBytesShowWhat() {
        Verdict verdict = on(DEVICE.kind())
                .atomic(0, BLOCK)
                .cut()
                .judged(Read.plain(Access.DIRECT, 0, BLOCK), data(0, BLOCK / 2, "10"));

        assertThat(verdict.violation()).hasValueSatisfying(violation -> {
            assertThat(violation.actual())
                    .isEqualTo(new Actual.HalfLeft(
                            0,
                            new Contents.Run(0, 2048, new Origin.Written(0, 0)),
                            new Contents.Run(2048, 2048, Origin.ZERO)));
        });
        assertThat(verdict).reached("power-cut-leaves-atomic-write-whole");
    }

    @Test
    void readsReachThePowerCutRulesTheyCouldBreak() {
        Story story = on(DEVICE.kind()).atomic(0, BLOCK);
        Read read = Read.plain(Access.DIRECT, 0, BLOCK);

        assertThat(story.cut().judged(read, data(0, BLOCK, "1"))).reached(TORN.get(), LOST.get(), NEITHER.get());
        assertThat(story.synced().cut().judged(read, data(0, BLOCK, "1")))
                .reachedNone(TORN.get())
                .reached(LOST.get());
        assertThat(story.judged(read, data(0, BLOCK, "1"))).reachedNone(TORN.get(), LOST.get(), NEITHER.get());
    }

    @Test
    void moreSizesThanCanBeFollowedAreAClearError() {
        Story story = on(XFS.kind());
        for (int i = 1; i <= FileState.MAX_WORLDS; i++) {
            story = story.done(new Truncate(8L * i));
        }
        Story cut = story.cut();

        assertThatThrownBy(() -> cut.size(0))
                .isInstanceOf(TooManyWorldsException.class)
                .hasMessageContaining("1025 sizes");
    }

    private static Story on(TargetKind kind) {
        return new Story(
                switch (kind) {
                    case BLOCK_DEVICE -> DEVICE;
                    case EXT4 -> EXT4;
                    case XFS -> XFS;
                },
                List.of());
    }

    private static int unit(TargetKind kind) {
        return kind == TargetKind.EXT4 ? BLOCK : 2 * BLOCK;
    }

    private static int halfOf(TargetKind kind) {
        return unit(kind) / 2;
    }

    /** Return pieces of some bytes each; a digit is the operation, from 1, that wrote one, 0 is zeros. */
    private static Outcome.ReadBack data(long offset, int piece, String digits) {
        Contents.Builder contents = new Contents.Builder(offset);
        digits.chars()
                .map(Character::getNumericValue)
                .forEach(digit -> contents.append(piece, digit == 0 ? Origin.ZERO : new Origin.Written(digit - 1, 0)));
        return new Outcome.ReadBack(contents.build());
    }

    private static Outcome.ReadBack moved(long offset, int length, int operation, long by) {
        return new Outcome.ReadBack(new Contents.Builder(offset)
                .append(length, new Origin.Written(operation, by))
                .build());
    }

    /** A history that grows. */
    private record Story(Target target, List<Step> steps) {
        Story with(Operation operation, Outcome outcome) {
            List<Step> more = new ArrayList<>(steps);
            more.add(new Step(operation, steps.size(), steps.size(), outcome));
            return new Story(target, more);
        }

        Story done(Operation operation) {
            boolean refused = !target.kind().isFile() && operation instanceof Truncate;
            return with(operation, refused ? new Outcome.Failed(Errno.EINVAL) : Outcome.DONE);
        }

        Story reported(Operation operation, long size) {
            return with(operation, new Outcome.Told(size, environment().limits()));
        }

        Story wrote(Write write) {
            return with(write, new Outcome.Returned(write.length()));
        }

        Story atomic(long offset, int length) {
            return wrote(Write.atomic(offset, length));
        }

        Story written(int length) {
            return wrote(Write.plain(Access.DIRECT, 0, length));
        }

        Story grown(long size) {
            return done(new Truncate(size));
        }

        Story synced() {
            return done(Sync.fsync());
        }

        Story cut() {
            return done(new PowerCut());
        }

        Story looked(long offset, int piece, String digits) {
            return with(Read.plain(Access.DIRECT, offset, piece * digits.length()), data(offset, piece, digits));
        }

        /** Return the rule that a read of the first block breaks, all of one writer. */
        Optional<String> read(String digit) {
            return broken(Read.plain(Access.DIRECT, 0, BLOCK), data(0, BLOCK, digit));
        }

        Optional<String> read(long offset, int piece, String digits) {
            return broken(Read.plain(Access.DIRECT, offset, piece * digits.length()), data(offset, piece, digits));
        }

        Optional<String> size(long size) {
            return broken(new Statx(), new Outcome.Told(size, environment().limits()));
        }

        Optional<String> broken(Operation operation, Outcome outcome) {
            Verdict verdict = judged(operation, outcome);
            verdict.violation()
                    .ifPresent(violation -> assertThat(violation.step()).contains(steps.size()));
            return Histories.broken(verdict);
        }

        Verdict judged(Operation operation, Outcome outcome) {
            Story all = with(operation, outcome);
            return new Oracle(Specifications.linux(environment().kernel(), target.kind()))
                    .judge(new History(
                            new Trace(
                                    target,
                                    IntStream.range(0, all.steps.size())
                                            .mapToObj(i -> all.steps.get(i).operation())
                                            .toList()),
                            environment(),
                            all.steps,
                            List.of(),
                            List.of()));
        }

        private Environment environment() {
            return Histories.environment("7.3.4", target);
        }
    }
}
