package io.untorn.model.rules;

import static io.untorn.model.history.Outcome.DONE;
import static io.untorn.model.oracle.VerdictAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.model.console.Splat;
import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Origin;
import io.untorn.model.history.Environment;
import io.untorn.model.history.Errno;
import io.untorn.model.history.Extent;
import io.untorn.model.history.History;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Step;
import io.untorn.model.history.Trace;
import io.untorn.model.limits.Disk;
import io.untorn.model.limits.QueueLimits;
import io.untorn.model.limits.StatxAnswer;
import io.untorn.model.limits.XfsGeometry;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.LimitFileSize;
import io.untorn.model.operation.MapExtents;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.RwFlags;
import io.untorn.model.operation.Split;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.Write;
import io.untorn.model.oracle.Histories;
import io.untorn.model.oracle.Oracle;
import io.untorn.model.oracle.Verdict;
import io.untorn.model.rule.Actual;
import io.untorn.model.target.Limits;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks right and wrong answers against every rule of the mail of 2023-12-04, on 1 KiB blocks and a disk of 1 to 512 KiB. */
final class RfcExt4RulesTest {
    private static final Target EXT4 = new Target("ext4-1k", TargetKind.EXT4, 1024, 1024, false);
    private static final QueueLimits DISK = disk(1024, 524288);
    private static final Environment FRESH = environment(new Limits(1024, 524288, 0, 1, true), DISK);
    private static final List<String> CONSOLE = List.of(
            "[   46.813720] ------------[ cut here ]------------",
            "[   46.814934] WARNING: CPU: 1 PID: 158 at fs/ext4/mballoc.c:2991 ext4_mb_regular_allocator+0xeca/0xf20",
            "[   46.861497] EXT4-fs warning (device sda): ext4_map_blocks_aligned:520: Returned extent couldn't satisfy "
                    + "alignment requirements");

    private static final Write MAIL = Write.atomic(0, 4096);
    private static final Step PLAIN = step(Write.plain(Access.DIRECT, 0, 4096), returned(4096));
    private static final Step MISFIT = step(new MapExtents(), mapped(extent(0, 37 << 10, 4096)));
    private static final Step FITTING = step(new MapExtents(), mapped(extent(0, 36 << 10, 4096)));
    private static final Step PUNCH = step(new Fallocate(Fallocate.Mode.PUNCH_HOLE, 0, 4096), DONE);
    private static final Step ALLOCATE = step(new Fallocate(Fallocate.Mode.ALLOCATE, 0, 4096), DONE);
    private static final Step TOOK = step(MAIL, returned(4096));

    private static final Outcome ALL = returned(4096);
    private static final Outcome SHORT = returned(1024);
    private static final Outcome EINVAL = failed(Errno.EINVAL);
    private static final Outcome EIO = failed(Errno.EIO);
    private static final Outcome EAGAIN = failed(Errno.EAGAIN);
    private static final Outcome ENOSPC = failed(Errno.ENOSPC);

    static Stream<Row> answers() {
        return Stream.of(
                row("rfc-direct-io-only", MAIL.with(Access.BUFFERED), refused(), ALL, SHORT),
                row("rfc-length-power-of-two", MAIL.sized(3072), refused(), returned(3072)),
                row("rfc-length-at-least-a-block", MAIL.sized(512), refused(), returned(512)),
                row("rfc-length-within-disk-limits", MAIL.sized(1 << 20), refused(), returned(1 << 20)),
                row("rfc-offset-in-whole-blocks", MAIL.at(512), refused(), ALL),
                row("rfc-data-must-be-there", MAIL.with(new Buffer(0, 512)), refused(), ALL, returned(3584)),
                row("rfc-size-limit-does-not-cut", MAIL, refused(), ALL, returned(2048))
                        .after(step(new LimitFileSize(2048), DONE)),
                row("rfc-mixed-range-refused", MAIL, refused(), ALL, SHORT)
                        .after(step(Write.plain(Access.DIRECT, 0, 1024), returned(1024))),
                row("rfc-mixed-range-refused", MAIL.sized(8192), refused(), returned(8192))
                        .after(PLAIN, FITTING),
                row("rfc-misfit-extent-refused", MAIL, refused(), ALL, SHORT).after(PLAIN, MISFIT),
                row("rfc-misfit-extent-refused", MAIL, refused(), ALL)
                        .after(PLAIN, step(new MapExtents(), mapped(extent(0, 8192, 1024), extent(1024, 20480, 3072)))),
                row("rfc-misfit-extent-refused", MAIL, refused(), ALL)
                        .after(ALLOCATE, step(new MapExtents(), mapped(new Extent(0, 5120, 4096, 0x800)))),
                row("rfc-fitting-extent-taken", MAIL, right(ALL), SHORT, EINVAL, EIO, EAGAIN, ENOSPC)
                        .after(PLAIN, FITTING),
                row("rfc-fitting-extent-taken", MAIL, right(ALL), EINVAL)
                        .after(ALLOCATE, step(new MapExtents(), mapped(new Extent(0, 8192, 4096, 0x800)))),
                row("rfc-fitting-extent-taken", Write.atomic(1024, 2048), right(returned(2048)), EINVAL)
                        .after(PLAIN, step(new MapExtents(), mapped(extent(0, 9216, 4096)))),
                row("rfc-place-not-known", MAIL, right(ALL, EINVAL, EIO), SHORT).after(PLAIN),
                row("rfc-place-not-known", MAIL, right(ALL, EINVAL), SHORT)
                        .after(PLAIN, FITTING, step(Write.plain(Access.DIRECT, 8192, 1024), returned(1024))),
                row("rfc-place-not-known", MAIL, right(ALL, EINVAL), SHORT)
                        .after(PLAIN, step(new MapExtents(), mapped(extent(0, 8192, 1024), extent(1024, 9216, 3072)))),
                row("rfc-place-not-known", MAIL, right(ALL, EINVAL), SHORT)
                        .after(
                                step(Write.plain(Access.BUFFERED, 0, 4096), returned(4096)),
                                step(new MapExtents(), mapped(new Extent(0, 0, 4096, 0x6)))),
                row("rfc-misaligned-offset-on-hole", MAIL.at(1024), right(ALL, EINVAL), SHORT),
                row("rfc-request-nobody-speaks-of", MAIL.with(Split.TWO), right(ALL, EINVAL), SHORT),
                row("rfc-request-nobody-speaks-of", with(RwFlag.NOWAIT), right(ALL, EAGAIN), SHORT),
                row("rfc-request-nobody-speaks-of", with(RwFlag.APPEND), right(ALL, EINVAL), SHORT),
                row("rfc-request-nobody-speaks-of", MAIL.with(new Buffer(2, 0)), right(ALL, EINVAL), SHORT),
                row("rfc-misfit-extent-refused", MAIL.with(Split.TWO), refused(), ALL)
                        .after(PLAIN, MISFIT),
                row("rfc-memory-need-not-be-a-page", MAIL.with(new Buffer(512, 0)), right(ALL, ENOSPC), EINVAL, SHORT),
                row("rfc-hole-gets-aligned-extent", MAIL, right(ALL, ENOSPC), SHORT, EINVAL, EIO, EAGAIN),
                row("rfc-hole-gets-aligned-extent", MAIL.at(1 << 20).sized(524288), right(returned(524288)), EINVAL),
                row("rfc-hole-gets-aligned-extent", MAIL, right(ALL), EINVAL).after(PLAIN, MISFIT, PUNCH),
                row("rfc-hole-gets-aligned-extent", MAIL, right(ALL), EINVAL).after(PLAIN, step(new Truncate(0), DONE)),
                row(
                                "rfc-atomic-write-lies-aligned",
                                new MapExtents(),
                                right(mapped(extent(0, 8192, 4096))),
                                misplaced())
                        .after(TOOK),
                row(
                                "rfc-atomic-write-lies-aligned",
                                new MapExtents(),
                                right(mapped(extent(0, 8192, 4096))),
                                misplaced())
                        .after(PLAIN, TOOK),
                row(
                                "rfc-atomic-write-lies-aligned",
                                new MapExtents(),
                                right(mapped(extent(0, 8192, 1024), extent(1024, 9216, 7168))),
                                mapped(),
                                mapped(extent(0, 8192, 2048)),
                                mapped(extent(0, 8192, 1024), extent(1024, 10240, 3072)))
                        .after(TOOK),
                row("file-must-support-atomic", MAIL, right(failed(Errno.EOPNOTSUPP)), ALL)
                        .in(environment(Limits.NONE, QueueLimits.NONE)));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void rightAnswersConformAndWrongOnesBreakTheRule(Row row) {
        assertThat(row.right)
                .allSatisfy(outcome -> assertThat(row.judge(outcome)).conforms().reached(row.rule, 1));
        assertThat(row.wrong).isNotEmpty().allSatisfy(outcome -> assertThat(row.judge(outcome))
                .breaksExactly(row.rule));
    }

    @Test
    void whatTheMailLeavesOpenIsNotable() {
        assertThat(row("", MAIL, List.of(), SHORT).after(PLAIN).judge(EINVAL))
                .hasNotable("rfc-place-not-known", Errno.EINVAL);
        assertThat(row("", MAIL, List.of(), SHORT).judge(ENOSPC))
                .hasNotable("rfc-hole-gets-aligned-extent", Errno.ENOSPC);
    }

    @Test
    void theMailsOwnCaseBreaksTwoRules() {
        Verdict verdict = oracle().judge(history(FRESH, step(MAIL, EIO)).withConsole(CONSOLE));

        assertThat(verdict.violations())
                .satisfiesExactly(
                        violation -> {
                            assertThat(violation.rule().id()).isEqualTo("no-splat");
                            assertThat(violation.rule().source().toString()).contains("quoted WARNING");
                            assertThat(violation.actual())
                                    .isInstanceOfSatisfying(Actual.Complained.class, complained -> assertThat(
                                                    complained.splat().place())
                                            .contains(new Splat.Place(
                                                    Optional.of("fs/ext4/mballoc.c"), "ext4_mb_regular_allocator")));
                        },
                        violation -> {
                            assertThat(violation.rule().id()).isEqualTo("rfc-hole-gets-aligned-extent");
                            assertThat(violation.step()).hasValue(0);
                        });
    }

    @Test
    void aRefusedWriteLeavesTheDataAsItWas() {
        Outcome changed = new Outcome.ReadBack(Contents.zeros(4096).with(0, 4096, new Origin.Written(2, 0)));

        assertThat(oracle().judge(history(
                        FRESH, PLAIN, MISFIT, step(MAIL, EIO), step(Read.plain(Access.DIRECT, 0, 4096), changed))))
                .breaks("refused-write-changes-nothing");
    }

    @Test
    void ofAnAtomicWriteAllIsThereOrNothing() {
        Outcome half = new Outcome.ReadBack(Contents.zeros(4096).with(0, 2048, new Origin.Written(0, 0)));

        assertThat(oracle().judge(history(FRESH, TOOK, step(Read.plain(Access.DIRECT, 0, 4096), half))))
                .breaks("atomic-write-all-or-none");
    }

    static Stream<Environment> wrongLimits() {
        return Stream.of(
                environment(new Limits(1024, 1024, 0, 1, true), DISK),
                environment(new Limits(512, 524288, 0, 1, true), disk(512, 524288)),
                environment(new Limits(1024, 524288, 0, 1, false), DISK),
                environment(new Limits(1024, 524288, 0, 1, true), QueueLimits.NONE),
                environment(new Limits(1024, 512, 0, 1, true), disk(512, 512)),
                environment(Limits.NONE, DISK));
    }

    @ParameterizedTest
    @MethodSource("wrongLimits")
    void limitsAreBlockAndDisk(Environment environment) {
        assertThat(oracle().judge(history(FRESH))).reached("rfc-limits");
        assertThat(oracle().judge(history(environment))).breaks("rfc-limits");
    }

    private record Row(
            String rule,
            Operation operation,
            List<Outcome> right,
            List<Outcome> wrong,
            Environment environment,
            List<Step> before) {
        Row after(Step... steps) {
            return new Row(rule, operation, right, wrong, environment, List.of(steps));
        }

        Row in(Environment other) {
            return new Row(rule, operation, right, wrong, other, before);
        }

        Verdict judge(Outcome outcome) {
            List<Step> steps = new ArrayList<>(before);
            steps.add(step(operation, outcome));
            return oracle().judge(history(environment, steps.toArray(Step[]::new)));
        }
    }

    private static Row row(String rule, Operation operation, List<Outcome> right, Outcome... wrong) {
        return new Row(rule, operation, right, List.of(wrong), FRESH, List.of());
    }

    private static List<Outcome> right(Outcome... outcomes) {
        return Arrays.asList(outcomes);
    }

    private static List<Outcome> refused() {
        return right(EINVAL, EIO);
    }

    private static Write with(RwFlag flag) {
        return MAIL.with(RwFlags.ATOMIC.with(flag));
    }

    private static Environment environment(Limits limits, QueueLimits queue) {
        Environment mainline = Histories.environment("6.7.0-rc1", EXT4);
        Disk disk = new Disk(mainline.disk().profile(), mainline.disk().geometry(), queue);
        return new Environment(
                mainline.release(), new StatxAnswer(limits, true, true), disk, XfsGeometry.NONE, 512, 4, 0);
    }

    private static QueueLimits disk(long unitMin, long unitMax) {
        return new QueueLimits(unitMin, unitMax, unitMax, 0);
    }

    private static Oracle oracle() {
        return new Oracle(Specifications.rfcExt4(FRESH.kernel()));
    }

    private static History history(Environment environment, Step... steps) {
        List<Operation> operations = Stream.of(steps).map(Step::operation).toList();
        return new History(new Trace(EXT4, operations), environment, List.of(steps), List.of(), List.of());
    }

    private static Step step(Operation operation, Outcome outcome) {
        return new Step(operation, 0, 0, outcome);
    }

    private static Extent extent(long logical, long physical, long length) {
        return new Extent(logical, physical, length, 0);
    }

    private static Outcome mapped(Extent... extents) {
        return new Outcome.Mapped(List.of(extents));
    }

    private static Outcome misplaced() {
        return mapped(extent(0, 37 << 10, 4096));
    }

    private static Outcome returned(long value) {
        return new Outcome.Returned(value);
    }

    private static Outcome failed(Errno errno) {
        return new Outcome.Failed(errno);
    }
}
