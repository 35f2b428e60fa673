package io.untorn.model.oracle;

import static io.untorn.model.oracle.VerdictAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Origin;
import io.untorn.model.history.Environment;
import io.untorn.model.history.Errno;
import io.untorn.model.history.History;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Repeats;
import io.untorn.model.history.Step;
import io.untorn.model.history.Trace;
import io.untorn.model.limits.Disk;
import io.untorn.model.limits.QueueGeometry;
import io.untorn.model.limits.QueueLimits;
import io.untorn.model.limits.ScsiProfile;
import io.untorn.model.limits.StatxAnswer;
import io.untorn.model.limits.XfsGeometry;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Split;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.Write;
import io.untorn.model.oracle.Verdict.Violation;
import io.untorn.model.rule.Actual;
import io.untorn.model.rules.Specifications;
import io.untorn.model.target.KernelVersion;
import io.untorn.model.target.Limits;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Judges histories written by hand. */
final class OracleTest {
    private static final Target DEVICE = new Target("bdev", TargetKind.BLOCK_DEVICE, 512, 512, false);
    private static final Target EXT4 = new Target("ext4", TargetKind.EXT4, 4096, 4096, false);
    private static final Target XFS = new Target("xfs", TargetKind.XFS, 4096, 4096, true);
    private static final QueueLimits QUEUE = new QueueLimits(1024, 65536, 65536, 0);
    private static final Limits DEVICE_LIMITS = new Limits(1024, 65536, 0, 1, true);
    private static final Limits FILE_LIMITS = new Limits(4096, 4096, 0, 1, true);
    private static final long MIB = 1 << 20;

    private static final Environment ON_DEVICE = found(DEVICE, "7.3.4+deb13", DEVICE_LIMITS, QUEUE, 3 * MIB);
    private static final Environment ON_EXT4 = found(EXT4, "7.3.4+deb13", FILE_LIMITS, QUEUE, 0);

    static Stream<Arguments> answersOfADevice() {
        return Stream.of(
                Arguments.of(Write.atomic(0, 1024), returned(1024), "atomic-write-returns-its-length"),
                Arguments.of(Write.atomic(65536, 65536), returned(65536), "atomic-write-returns-its-length"),
                Arguments.of(Write.atomic(0, 0), returned(0), "zero-length-returns-zero"),
                Arguments.of(Write.atomic(0, 512), failed(Errno.EINVAL), "length-within-device-limits"),
                Arguments.of(Write.atomic(0, 131072), failed(Errno.EINVAL), "length-within-device-limits"),
                Arguments.of(Write.atomic(0, 1536), failed(Errno.EINVAL), "length-power-of-two"),
                Arguments.of(Write.atomic(1024, 2048), failed(Errno.EINVAL), "offset-naturally-aligned"),
                Arguments.of(Write.atomic(1, 1024), failed(Errno.EINVAL), "offset-naturally-aligned"),
                Arguments.of(Write.atomic(0, 1024).with(Access.BUFFERED), failed(Errno.EOPNOTSUPP), "direct-io-only"),
                Arguments.of(Write.atomic(0, 1536).with(Access.BUFFERED), failed(Errno.EINVAL), "length-power-of-two"),
                Arguments.of(Write.atomic(0, 1024).with(Split.TWO), failed(Errno.EINVAL), "one-segment"),
                Arguments.of(Write.atomic(3 * MIB, 1024), failed(Errno.ENOSPC), "device-write-beyond-end"),
                Arguments.of(Write.atomic(2 * MIB, 2 << 20), failed(Errno.EINVAL), "device-atomic-write-within-end"),
                Arguments.of(
                        Write.plain(Access.DIRECT, 3 * MIB - 512, 1024),
                        returned(512),
                        "device-plain-write-cut-at-end"),
                Arguments.of(new Truncate(0), failed(Errno.EINVAL), "device-has-no-truncate"));
    }

    @ParameterizedTest
    @MethodSource("answersOfADevice")
    void theRightAnswerConformsAndNamesItsRule(Operation operation, Outcome right, String rule) {
        Verdict verdict = judge(DEVICE, ON_DEVICE, new Step(operation, 0, 1, right));

        assertThat(verdict).conforms().reached(rule, 1).judged(1);
    }

    @ParameterizedTest
    @MethodSource("answersOfADevice")
    void anyOtherAnswerBreaksThatRule(Operation operation, Outcome right, String rule) {
        Stream.of(returned(1), returned(1 << 20), failed(Errno.EIO), failed(Errno.EPERM))
                .filter(wrong -> !wrong.equals(right))
                .forEach(wrong -> assertThat(judge(DEVICE, ON_DEVICE, new Step(operation, 0, 1, wrong))
                                .violation())
                        .hasValueSatisfying(violation -> {
                            assertThat(violation.rule().id()).isEqualTo(rule);
                            assertThat(violation.actual())
                                    .isInstanceOfSatisfying(
                                            Actual.Answered.class, answered -> assertThat(answered.outcome())
                                                    .isEqualTo(wrong));
                        }));
    }

    @Test
    void kernelsBefore611RefuseTheFlag() {
        Environment old = found(DEVICE, "6.1.0-56-cloud-amd64", Limits.NONE, QueueLimits.NONE, MIB);

        assertThat(judge(DEVICE, old, new Step(Write.atomic(0, 1024), 0, 1, failed(Errno.EOPNOTSUPP))))
                .reached("flag-unknown-before-6.11");
        assertThat(judge(DEVICE, old, new Step(Write.atomic(0, 1024), 0, 1, returned(1024))))
                .breaksAnyRule();
    }

    @Test
    void linux612TakesAtomicWritesOnDevicesAlone() {
        Environment device = found(DEVICE, "6.12.117", DEVICE_LIMITS, QUEUE, MIB);
        Environment file = found(EXT4, "6.12.117", Limits.NONE, QUEUE, 0);

        assertThat(judge(DEVICE, device, new Step(Write.atomic(0, 1024), 0, 1, returned(1024))))
                .conforms();
        assertThat(judge(EXT4, file, new Step(Write.atomic(0, 4096), 0, 1, failed(Errno.EOPNOTSUPP))))
                .reached("file-must-support-atomic");
    }

    @Test
    void aTornWriteIsCalledTorn() {
        Contents half = Contents.zeros(4096).with(0, 2048, new Origin.Written(0, 0));

        assertThat(afterWriteOf4096(new Outcome.ReadBack(half))).breaks("atomic-write-all-or-none");
    }

    @Test
    void aLostWriteIsNotCalledTorn() {
        assertThat(afterWriteOf4096(new Outcome.ReadBack(Contents.zeros(4096))))
                .breaks("data-is-what-was-written-last");
    }

    @Test
    void dataInTheWrongPlaceIsCalledMisplaced() {
        Contents moved = Contents.zeros(4096).with(0, 4096, new Origin.Written(0, -512));

        assertThat(afterWriteOf4096(new Outcome.ReadBack(moved))).breaks("data-at-its-place");
    }

    @Test
    void dataOfARefusedWriteIsBlamedOnTheRefusal() {
        Verdict verdict = judge(
                DEVICE,
                ON_DEVICE,
                new Step(Write.atomic(1024, 2048), 0, 1, failed(Errno.EINVAL)),
                new Step(
                        Read.plain(Access.DIRECT, 0, 4096),
                        1,
                        2,
                        new Outcome.ReadBack(Contents.zeros(4096).with(1024, 2048, new Origin.Written(0, 0)))));

        assertThat(verdict).breaks("refused-write-changes-nothing");
    }

    @Test
    void whereTwoOutcomesArePermittedTheOneSeenDecides() {
        Write odd = Write.plain(Access.DIRECT, 8, 64);
        Contents stored = Contents.zeros(512).with(8, 64, new Origin.Written(0, 0));
        Read look = Read.plain(Access.BUFFERED, 0, 512);

        assertThat(judge(
                        DEVICE,
                        ON_DEVICE,
                        new Step(odd, 0, 1, failed(Errno.EINVAL)),
                        new Step(look, 1, 2, new Outcome.ReadBack(Contents.zeros(512)))))
                .conforms();
        assertThat(judge(
                        DEVICE,
                        ON_DEVICE,
                        new Step(odd, 0, 1, returned(64)),
                        new Step(look, 1, 2, new Outcome.ReadBack(stored))))
                .conforms();
        assertThat(judge(
                        DEVICE,
                        ON_DEVICE,
                        new Step(odd, 0, 1, failed(Errno.EINVAL)),
                        new Step(look, 1, 2, new Outcome.ReadBack(stored))))
                .breaksAnyRule();
    }

    @Test
    void eagainIsPermittedWherePagesMayBeCachedAndNoted() {
        Step refused = new Step(Write.atomic(0, 4096), 2, 3, failed(Errno.EAGAIN));
        Step cached = new Step(Write.plain(Access.BUFFERED, 0, 8), 0, 1, new Outcome.Returned(8));

        assertThat(judge(EXT4, ON_EXT4, cached, refused))
                .conforms()
                .hasNotable("atomic-write-over-delayed", Errno.EAGAIN);
        assertThat(judge(EXT4, ON_EXT4, refused)).breaks("atomic-write-over-hole");
        assertThat(judge(DEVICE, ON_DEVICE, new Step(Write.atomic(0, 4096), 0, 1, failed(Errno.EAGAIN))))
                .breaksAnyRule();
    }

    @Test
    void aRepeatedCallIsCountedWherePagesMayBeCachedAndElseAViolation() {
        Step done = new Step(Write.atomic(0, 4096), 2, 3, new Outcome.Returned(4096), new Repeats(2));
        Step cached = new Step(Write.plain(Access.BUFFERED, 0, 8), 0, 1, new Outcome.Returned(8));
        RuleCheck repeated = new RuleCheck(
                "atomic-write-over-delayed",
                RuleCheck.Against.FAILED,
                Optional.of(Errno.EAGAIN),
                RuleCheck.Result.REPEATED);

        Verdict verdict = judge(EXT4, ON_EXT4, cached, done);
        assertThat(verdict).conforms();
        assertThat(verdict.checks()).containsEntry(repeated, 1);
        Verdict broken = judge(EXT4, ON_EXT4, done);
        assertThat(broken).breaks("atomic-write-over-hole");
        assertThat(broken.violation().orElseThrow().actual()).asString().contains("outcome=failed with EAGAIN");
    }

    @Test
    void aSplatIsAViolationWhateverTheAnswers() {
        History history = history(DEVICE, ON_DEVICE, new Step(Write.atomic(0, 1024), 0, 1, returned(1024)))
                .withConsole(List.of(
                        "[    1.0] all is well",
                        "[   46.81] WARNING: CPU: 1 PID: 158 at fs/ext4/mballoc.c:2991",
                        "[   46.82] BUG: sleeping function called from invalid context"));

        assertThat(oracle(DEVICE, ON_DEVICE).judge(history).violations())
                .satisfiesExactly(
                        violation -> {
                            assertThat(violation.rule().id()).isEqualTo("no-splat");
                            assertThat(headline(violation)).contains("mballoc.c:2991");
                        },
                        violation -> {
                            assertThat(violation.rule().id()).isEqualTo("no-splat");
                            assertThat(headline(violation)).contains("sleeping function");
                        });
    }

    /** What comes after a wrong answer may come of what made it wrong, as a warning that is known in other states. */
    @Test
    void whatIsWrongFirstComesFirst() {
        Step wrong = new Step(Write.atomic(0, 1024), 0, 1, failed(Errno.EIO));
        Step right = new Step(Write.atomic(0, 1024), 1, 2, returned(1024));
        List<String> second = List.of(
                "[    1.0] untorn: operation 2", "[    1.1] WARNING: CPU: 1 PID: 158 at fs/ext4/mballoc.c:2991");

        assertThat(oracle(DEVICE, ON_DEVICE)
                        .judge(history(DEVICE, ON_DEVICE, wrong, right).withConsole(second))
                        .violations())
                .extracting(violation -> violation.rule().id())
                .containsExactly("atomic-write-returns-its-length", "no-splat");
        assertThat(oracle(DEVICE, ON_DEVICE)
                        .judge(history(DEVICE, ON_DEVICE, right, wrong).withConsole(second))
                        .violations())
                .extracting(violation -> violation.rule().id())
                .containsExactly("no-splat", "atomic-write-returns-its-length");
    }

    /** A disk that refuses a request: the answer is judged, and the line beside it no second time. */
    @Test
    void aLineThatRepeatsAnAnswerIsOneOnlyBesideAnother() {
        String refused = "[   46.81] critical target error, dev sda, sector 8 op 0x1:(WRITE) flags 0x8808800";
        Step append = new Step(Write.atomic(0, 4096), 0, 1, failed(Errno.EREMOTEIO));
        assertThat(oracle(DEVICE, ON_DEVICE)
                        .judge(history(DEVICE, ON_DEVICE, append).withConsole(List.of(refused))))
                .breaksExactly("atomic-write-returns-its-length");

        Step written = new Step(Write.atomic(0, 4096), 0, 1, returned(4096));
        assertThat(oracle(DEVICE, ON_DEVICE)
                        .judge(history(DEVICE, ON_DEVICE, written).withConsole(List.of(refused))))
                .breaksExactly("no-splat");
    }

    @Test
    void aLineThatTheKitDoesNotKnowIsToldAndBreaksNoRule() {
        History history = history(DEVICE, ON_DEVICE, new Step(Write.atomic(0, 1024), 0, 1, returned(1024)))
                .withConsole(List.of("[    1.0] quux sda: 12 of them", "[    2.0] quux sda: 13 of them"));
        Verdict verdict = oracle(DEVICE, ON_DEVICE).judge(history);

        assertThat(verdict).conforms();
        assertThat(verdict.newLines()).containsExactly("quux DEV: N of them");
    }

    private static String headline(Violation violation) {
        return ((Actual.Complained) violation.actual()).splat().headline();
    }

    @Test
    void readsReachTheDataRulesTheyCouldBreak() {
        Step read = new Step(Read.plain(Access.DIRECT, 0, 1024), 1, 2, new Outcome.ReadBack(Contents.zeros(1024)));

        assertThat(judge(DEVICE, ON_DEVICE, read))
                .reached("data-is-what-was-written-last", 1)
                .reachedNone("refused-write-changes-nothing", "data-at-its-place", "atomic-write-all-or-none");
        assertThat(judge(DEVICE, ON_DEVICE, new Step(Write.atomic(512, 1024), 0, 1, failed(Errno.EINVAL)), read))
                .reached("refused-write-changes-nothing", 1)
                .reachedNone("data-at-its-place", "atomic-write-all-or-none");
        assertThat(judge(DEVICE, ON_DEVICE, new Step(Write.atomic(1024, 1024), 0, 1, returned(1024)), read))
                .reached("data-at-its-place", 1)
                .reached("atomic-write-all-or-none", 1)
                .reachedNone("refused-write-changes-nothing");
        assertThat(judge(
                        DEVICE,
                        ON_DEVICE,
                        new Step(Write.plain(Access.DIRECT, 1024, 1024), 0, 1, returned(1024)),
                        read))
                .reached("data-at-its-place", 1)
                .reachedNone("atomic-write-all-or-none");
    }

    @Test
    void anOperationWithoutAnAnswerIsAViolation() {
        Trace trace = new Trace(DEVICE, List.of(Write.atomic(0, 1024), Write.atomic(0, 1024)));
        History history = new History(
                trace, ON_DEVICE, List.of(new Step(Write.atomic(0, 1024), 0, 1, returned(1024))), List.of(), List.of());

        assertThat(oracle(DEVICE, ON_DEVICE).judge(history)).breaks("every-operation-is-answered");
    }

    static Stream<Arguments> wrongLimits() {
        Limits twice = new Limits(1024, 131072, 0, 1, true);
        QueueLimits half = new QueueLimits(1024, 32768, 65536, 0);
        Limits xfs = new Limits(4096, 1 << 18, 1 << 16, 1, true);
        return Stream.of(
                Arguments.of(DEVICE, found(DEVICE, "7.3.4", twice, QUEUE, MIB), "statx-agrees-with-queue"),
                Arguments.of(
                        DEVICE, found(DEVICE, "7.3.4", Limits.NONE, QueueLimits.NONE, MIB), "queue-limits-follow-disk"),
                Arguments.of(DEVICE, found(DEVICE, "7.3.4", DEVICE_LIMITS, half, MIB), "queue-limits-follow-disk"),
                Arguments.of(
                        DEVICE,
                        found(DEVICE, "6.1.0", DEVICE_LIMITS, QueueLimits.NONE, MIB),
                        "no-limits-without-support"),
                Arguments.of(
                        DEVICE,
                        found(DEVICE, "7.3.4", new Limits(1024, 65536, 0, 2, true), QUEUE, MIB),
                        "statx-agrees-with-queue"),
                Arguments.of(
                        DEVICE,
                        withMasks(found(DEVICE, "7.3.4", DEVICE_LIMITS, QUEUE, MIB), true, false),
                        "statx-masks-tell-who-answers"),
                Arguments.of(
                        EXT4,
                        withMasks(found(EXT4, "7.3.4", Limits.NONE, QueueLimits.NONE, 0), false, true),
                        "statx-masks-tell-who-answers"),
                Arguments.of(
                        EXT4,
                        withMasks(found(EXT4, "6.12.1", Limits.NONE, QUEUE, 0), true, true),
                        "no-file-limits-before-6.13"),
                Arguments.of(EXT4, found(EXT4, "7.3.4", Limits.NONE, QUEUE, 0), "ext4-limits"),
                Arguments.of(EXT4, found(EXT4, "6.13.1", Limits.NONE, QUEUE, 0), "ext4-single-block-limits"),
                Arguments.of(
                        EXT4,
                        found(EXT4, "7.3.4", new Limits(4096, 8192, 8192, 2, false), QUEUE, 0),
                        "limits-in-order"),
                Arguments.of(EXT4, found(EXT4, "6.12.1", FILE_LIMITS, QUEUE, 0), "no-file-limits-before-6.13"),
                Arguments.of(XFS, found(XFS, "6.13.1", xfs, QUEUE, 0), "xfs-single-block-limits"),
                Arguments.of(
                        XFS, found(XFS, "7.3.4", new Limits(4096, 1 << 18, 1 << 17, 1, true), QUEUE, 0), "xfs-limits"),
                Arguments.of(
                        XFS, found(XFS, "7.3.4", new Limits(4096, 1 << 17, 1 << 16, 1, true), QUEUE, 0), "xfs-limits"));
    }

    @Test
    void rightLimitsBreakNothing() {
        Limits xfs = new Limits(4096, 1 << 18, 1 << 16, 1, true);
        Target bigalloc = new Target("ext4-bigalloc", TargetKind.EXT4, 4096, 16384, false);
        Limits cluster = new Limits(4096, 16384, 0, 1, true);

        assertThat(judge(DEVICE, ON_DEVICE)).conforms();
        assertThat(judge(EXT4, ON_EXT4)).conforms();
        assertThat(judge(bigalloc, found(bigalloc, "6.16.1", cluster, QUEUE, 0)))
                .conforms();
        assertThat(judge(XFS, found(XFS, "6.16.1", xfs, QUEUE, 0))).conforms();
        assertThat(judge(XFS, found(XFS, "6.13.1", FILE_LIMITS, QUEUE, 0))).conforms();
    }

    @ParameterizedTest
    @MethodSource("wrongLimits")
    void wrongLimitsBreakTheirRule(Target target, Environment environment, String rule) {
        assertThat(judge(target, environment)).breaks(rule);
    }

    private static Verdict afterWriteOf4096(Outcome read) {
        return judge(
                DEVICE,
                ON_DEVICE,
                new Step(Write.atomic(0, 4096), 0, 1, returned(4096)),
                new Step(Read.plain(Access.DIRECT, 0, 4096), 1, 2, read));
    }

    private static Environment found(Target target, String release, Limits limits, QueueLimits queue, long size) {
        boolean masks = limits.attribute()
                || (target.kind().isFile() && KernelVersion.parse(release).isAtLeast(new KernelVersion(6, 13)));
        Disk disk = new Disk(
                new ScsiProfile(128, 2, 2, 128, 128, 512, 512, 0),
                new QueueGeometry(1 << 19, 2048, 512, 4096, 0),
                queue);
        XfsGeometry xfs = target.kind() == TargetKind.XFS
                ? new XfsGeometry(4096, 20544, 512, 512, true, false, false)
                : XfsGeometry.NONE;
        return new Environment(release, new StatxAnswer(limits, masks, masks), disk, xfs, 512, 4, size);
    }

    private static Environment withMasks(Environment found, boolean inMask, boolean inAttributesMask) {
        return new Environment(
                found.release(),
                new StatxAnswer(found.limits(), inMask, inAttributesMask),
                found.disk(),
                found.xfs(),
                found.directAlignment(),
                found.memoryAlignment(),
                found.size());
    }

    private static Verdict judge(Target target, Environment environment, Step... steps) {
        return oracle(target, environment).judge(history(target, environment, steps));
    }

    private static Oracle oracle(Target target, Environment environment) {
        return new Oracle(Specifications.linux(environment.kernel(), target.kind()));
    }

    private static History history(Target target, Environment environment, Step... steps) {
        List<Operation> operations = new ArrayList<>();
        for (Step step : steps) {
            operations.add(step.operation());
        }
        return new History(new Trace(target, operations), environment, List.of(steps), List.of(), List.of());
    }

    private static Outcome returned(long value) {
        return new Outcome.Returned(value);
    }

    private static Outcome failed(Errno errno) {
        return new Outcome.Failed(errno);
    }
}
