package io.untorn.model.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.model.history.Environment;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.RwFlags;
import io.untorn.model.operation.Split;
import io.untorn.model.operation.Sync;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Situation;
import io.untorn.model.rule.Specification;
import io.untorn.model.rules.Specifications;
import io.untorn.model.state.FileState;
import io.untorn.model.state.PageCaches;
import io.untorn.model.target.Target;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Looks at which operations tell the rule apart that decides about them, and at what hides it from the others. */
final class DistinctionTest {
    private static final String RELEASE = "7.3.4";
    private static final int MIB = 1 << 20;
    private static final int ODD = 16 << 10;

    /** A write is said to be hidden by nothing where it tells its rule apart. */
    private static final String NOTHING = "nothing";

    static Stream<Arguments> onADevice() {
        return Stream.of(
                // across the end: of a disk whose size is a multiple of all lengths, and of another
                Arguments.of(
                        3L * MIB,
                        Write.atomic(2L * MIB, 2 * MIB),
                        "device-atomic-write-within-end",
                        "device-data-in-256-pages"),
                Arguments.of(
                        3L * MIB + ODD, Write.atomic(3L * MIB, 64 << 10), "device-atomic-write-within-end", NOTHING),
                Arguments.of(
                        3L * MIB + ODD,
                        nowait(Write.atomic(2L * MIB, 2 * MIB)),
                        "device-atomic-write-within-end",
                        "device-data-in-256-pages"),
                // refused for one reason, and for two
                Arguments.of(MIB, Write.atomic(0, 4096).with(Split.TWO), "one-segment", NOTHING),
                Arguments.of(MIB, Write.atomic(0, 5120).with(Split.TWO), "one-segment", "length-power-of-two"),
                Arguments.of(MIB, Write.atomic(0, 5120).with(Access.BUFFERED), "length-power-of-two", NOTHING),
                Arguments.of(MIB, Write.atomic(0, 512), "length-within-device-limits", NOTHING),
                Arguments.of(
                        MIB, Write.atomic(256, 256), "device-length-in-logical-blocks", "length-within-device-limits"),
                Arguments.of(MIB, Write.atomic(0, 1024).with(new Buffer(1, 0)), "memory-aligned", NOTHING),
                // done
                Arguments.of(MIB, Write.atomic(0, 4096), "atomic-write-returns-its-length", NOTHING),
                Arguments.of(MIB, nowait(Write.atomic(0, 4096)), "device-nowait-may-ask-again", NOTHING),
                Arguments.of(MIB, Write.plain(Access.DIRECT, 0, 4096), "plain-write-returns-its-length", NOTHING),
                Arguments.of(
                        MIB, Write.plain(Access.DIRECT, MIB - 512, 1024), "device-plain-write-cut-at-end", NOTHING),
                Arguments.of(MIB, new Sync(Sync.Way.FSYNC), "sync-makes-durable", NOTHING));
    }

    @ParameterizedTest
    @MethodSource("onADevice")
    void anOperationTellsARuleApartUnlessTheRestPermitsTheSame(
            long size, Operation operation, String rule, String hiding) {
        Environment found = Histories.environment(RELEASE, Histories.DEVICE);
        Environment environment = new Environment(
                found.release(),
                found.statx(),
                found.disk(),
                found.xfs(),
                found.directAlignment(),
                found.memoryAlignment(),
                size);

        assertHides(Histories.DEVICE, environment, operation, rule, hiding);
    }

    static Stream<Arguments> onFiles() {
        Write append = Write.atomic(4096, 4096);
        return Stream.of(
                Arguments.of(
                        Histories.XFS,
                        append.with(append.flags().with(RwFlag.APPEND)),
                        "atomic-append-goes-to-end",
                        NOTHING),
                Arguments.of(
                        Histories.XFS,
                        append.at(0).with(append.flags().with(RwFlag.APPEND)),
                        "atomic-append-goes-to-end",
                        "atomic-write-over-hole"),
                Arguments.of(Histories.EXT4, Write.atomic(0, 4096), "atomic-write-over-hole", NOTHING),
                Arguments.of(Histories.EXT4, Write.atomic(0, 8192), "length-within-file-limits", NOTHING),
                Arguments.of(
                        Histories.EXT4,
                        Write.atomic(4096, 8192),
                        "length-within-file-limits",
                        "offset-naturally-aligned"));
    }

    @ParameterizedTest
    @MethodSource("onFiles")
    void whereDataGoesTellsARuleApartToo(Target target, Operation operation, String rule, String hiding) {
        assertHides(target, Histories.environment(RELEASE, target), operation, rule, hiding);
    }

    private static void assertHides(
            Target target, Environment environment, Operation operation, String rule, String hiding) {
        Specification specification = Specifications.linux(environment.kernel(), target.kind());
        Situation on = new Situation(target, environment, FileState.pristine(environment), PageCaches.NONE, 0);

        assertThat(specification.decide(operation, on).rule().id()).isEqualTo(rule);
        assertThat(new Distinction(specification)
                        .hiding(operation, on)
                        .map(Rule::id)
                        .orElse(NOTHING))
                .as("what hides %s from %s", rule, operation)
                .isEqualTo(hiding);
    }

    private static Write nowait(Write write) {
        return write.with(RwFlags.of(RwFlag.ATOMIC, RwFlag.NOWAIT));
    }
}
