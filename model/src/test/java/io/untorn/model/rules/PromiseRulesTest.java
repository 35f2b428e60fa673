package io.untorn.model.rules;

import static io.untorn.model.oracle.VerdictAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Origin;
import io.untorn.model.history.Environment;
import io.untorn.model.history.Errno;
import io.untorn.model.history.History;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Step;
import io.untorn.model.history.Trace;
import io.untorn.model.limits.StatxAnswer;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.LimitFileSize;
import io.untorn.model.operation.OpenMode;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Reopen;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.RwFlags;
import io.untorn.model.operation.Split;
import io.untorn.model.operation.Statx;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.Write;
import io.untorn.model.oracle.Histories;
import io.untorn.model.oracle.Oracle;
import io.untorn.model.oracle.Verdict;
import io.untorn.model.target.Limits;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the documented promise against right and wrong answers on every kind of target. */
final class PromiseRulesTest {
    private static final Write BLOCK = Write.atomic(0, 4096);
    private static final Outcome ALL = new Outcome.Returned(4096);
    private static final Outcome EINVAL = new Outcome.Failed(Errno.EINVAL);
    private static final Outcome EIO = new Outcome.Failed(Errno.EIO);

    static Stream<Arguments> illegal() {
        return Stream.of(
                        row("promise-impossible-write-refused", BLOCK.at(Write.NEGATIVE)),
                        row("promise-impossible-write-refused", BLOCK.with(Split.TOO_MANY)),
                        row(
                                "promise-impossible-write-refused",
                                BLOCK,
                                step(new Reopen(new OpenMode(true, false, false)), Outcome.DONE)),
                        row("promise-unknown-flag-refused", BLOCK.with(RwFlags.ATOMIC.with(RwFlag.UNKNOWN))),
                        row("promise-atomic-is-direct", BLOCK.with(Access.BUFFERED)),
                        row("promise-atomic-is-one-segment", BLOCK.with(Split.TWO)),
                        row("promise-atomic-is-one-segment", BLOCK.with(Split.EMPTY_LAST)),
                        row("promise-atomic-length-power-of-two", BLOCK.sized(4608)),
                        row("promise-atomic-length-within-limits", BLOCK.sized(512)),
                        row("promise-atomic-length-within-limits", BLOCK.sized(2 << 20)),
                        row("promise-atomic-offset-aligned", BLOCK.at(512)),
                        row("promise-atomic-data-must-be-there", BLOCK.with(new Buffer(0, 512))))
                .flatMap(row -> Stream.of(TargetKind.values()).map(kind -> on(kind, row)));
    }

    @ParameterizedTest
    @MethodSource("illegal")
    void anIllegalWriteIsRefusedWithAnyError(TargetKind kind, String rule, Write write, List<Step> before) {
        for (Outcome refusal : List.of(EINVAL, EIO, new Outcome.Failed(Errno.EUCLEAN))) {
            assertThat(judge(kind, before, step(write, refusal))).conforms().reached(rule, 1);
        }
        for (long value : List.of(0L, 512L, (long) write.length())) {
            assertThat(judge(kind, before, step(write, new Outcome.Returned(value))))
                    .breaks(rule);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAtomicWriteThatDoesNotFitIsNeverCut(TargetKind kind) {
        List<Step> before = kind.isFile() ? List.of(step(new LimitFileSize(2048), Outcome.DONE)) : List.of();
        Write write = kind.isFile() ? BLOCK : Write.atomic(3 << 20, 4096);

        assertThat(judge(kind, before, step(write, new Outcome.Failed(Errno.EFBIG))))
                .conforms();
        assertThat(judge(kind, before, step(write, new Outcome.Returned(2048)))).breaks("promise-atomic-must-fit");
    }

    @ParameterizedTest
    @EnumSource
    void aLegalWriteIsWholeOrFails(TargetKind kind) {
        for (Outcome answer : List.of(ALL, EINVAL, EIO)) {
            assertThat(judge(kind, List.of(), step(BLOCK, answer)))
                    .conforms()
                    .reached("promise-atomic-all-or-error", 1);
        }
        for (long value : List.of(0L, 512L, 8192L)) {
            assertThat(judge(kind, List.of(), step(BLOCK, new Outcome.Returned(value))))
                    .breaks("promise-atomic-all-or-error");
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterEioAllIsThereOrNothing(TargetKind kind) {
        for (long there : List.of(0L, 4096L)) {
            assertThat(judge(kind, written(kind), step(BLOCK, EIO), read(kind, there)))
                    .conforms();
        }
        assertThat(judge(kind, written(kind), step(BLOCK, EIO), read(kind, 512)))
                .breaksAnyRule();
        assertThat(judge(kind, written(kind), step(BLOCK, EINVAL), read(kind, 4096)))
                .breaks("refused-write-changes-nothing");
        assertThat(judge(kind, written(kind), step(BLOCK, ALL), read(kind, 512)))
                .breaks("atomic-write-all-or-none");
    }

    @ParameterizedTest
    @EnumSource
    void aPlainWriteHasStoredWhatItSays(TargetKind kind) {
        Write plain = Write.plain(Access.DIRECT, 0, 4096);
        for (long stored : List.of(0L, 512L, 4096L)) {
            assertThat(judge(kind, written(kind), step(plain, new Outcome.Returned(stored)), read(kind, stored)))
                    .conforms();
            assertThat(judge(kind, written(kind), step(plain, new Outcome.Returned(stored)), read(kind, 1024)))
                    .breaksAnyRule();
        }
        assertThat(judge(kind, List.of(), step(plain, new Outcome.Returned(8192))))
                .breaks("promise-plain-write-as-far-as-it-says");
    }

    @ParameterizedTest
    @EnumSource
    void aWriteOfNothingChangesNothing(TargetKind kind) {
        assertThat(judge(kind, List.of(), step(BLOCK.sized(0), EINVAL))).conforms();
        assertThat(judge(kind, List.of(), step(BLOCK.sized(0), Outcome.DONE))).conforms();
        assertThat(judge(kind, List.of(), step(BLOCK.sized(0), ALL))).breaks("promise-no-bytes-change-nothing");
    }

    @Test
    void anAppendingWriteGoesToTheEndOrIsRefused() {
        Write append = Write.atomic(512, 4096).with(RwFlags.ATOMIC.with(RwFlag.APPEND));

        for (Outcome answer : List.of(ALL, EINVAL)) {
            assertThat(judge(TargetKind.EXT4, List.of(), step(append, answer))).conforms();
        }
        assertThat(judge(
                        TargetKind.EXT4,
                        List.of(),
                        step(append, ALL),
                        step(new Statx(), new Outcome.Told(4608, new Limits(4096, 4096, 0, 1, true)))))
                .breaks("statx-tells-size-and-limits");
    }

    @ParameterizedTest
    @EnumSource
    void limitsAreInOrder(TargetKind kind) {
        Target target = Histories.of(kind);
        Environment fresh = Histories.environment("7.3.4", target);
        Environment odd = new Environment(
                fresh.release(),
                new StatxAnswer(new Limits(4096, 6144, 0, 1, true), true, true),
                fresh.disk(),
                fresh.xfs(),
                512,
                4,
                fresh.size());

        assertThat(judge(fresh, target)).conforms();
        assertThat(judge(odd, target).violations())
                .extracting(violation -> violation.rule().id())
                .contains("limits-in-order");
    }

    @Test
    void refusedBeforeTheFlagAndOnUnsupportedFiles() {
        assertThat(judge(Histories.environment("6.1.0", Histories.DEVICE), Histories.DEVICE, step(BLOCK, ALL)))
                .breaks("promise-unknown-flag-refused");
        assertThat(judge(Histories.environment("6.12.0", Histories.EXT4), Histories.EXT4, step(BLOCK, ALL)))
                .breaks("promise-atomic-needs-support");
    }

    private static List<Step> written(TargetKind kind) {
        return kind.isFile() ? List.of(step(new Truncate(4096), Outcome.DONE)) : List.of();
    }

    /** Return a read that finds the first bytes of what the operation before it wrote, and then zeros. */
    private static Step read(TargetKind kind, long there) {
        Origin writer = new Origin.Written(written(kind).size(), 0);
        return step(
                Read.plain(Access.DIRECT, 0, 4096),
                new Outcome.ReadBack(Contents.zeros(4096).with(0, there, writer)));
    }

    private static Verdict judge(TargetKind kind, List<Step> before, Step... steps) {
        List<Step> all = new ArrayList<>(before);
        all.addAll(List.of(steps));
        return judge(Histories.environment("7.3.4", Histories.of(kind)), Histories.of(kind), all.toArray(Step[]::new));
    }

    private static Verdict judge(Environment environment, Target target, Step... steps) {
        List<Operation> operations = Stream.of(steps).map(Step::operation).toList();
        return new Oracle(Specifications.promise(target.kind(), environment.kernel()))
                .judge(new History(new Trace(target, operations), environment, List.of(steps), List.of(), List.of()));
    }

    private static Arguments row(String rule, Write write, Step... before) {
        return Arguments.of(rule, write, List.of(before));
    }

    private static Arguments on(TargetKind kind, Arguments row) {
        Object[] cells = row.get();
        return Arguments.of(kind, cells[0], cells[1], cells[2]);
    }

    private static Step step(Operation operation, Outcome outcome) {
        return new Step(operation, 0, 0, outcome);
    }
}
