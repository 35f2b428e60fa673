package io.untorn.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.model.Operation.Allocate;
import io.untorn.model.Operation.CloneRange;
import io.untorn.model.Operation.Fsync;
import io.untorn.model.Operation.PunchHole;
import io.untorn.model.Operation.Read;
import io.untorn.model.Operation.Statx;
import io.untorn.model.Operation.Truncate;
import io.untorn.model.Operation.Write;
import io.untorn.model.limits.Disk;
import io.untorn.model.limits.QueueGeometry;
import io.untorn.model.limits.QueueLimits;
import io.untorn.model.limits.ScsiProfile;
import io.untorn.model.limits.StatxAnswer;
import io.untorn.model.limits.XfsGeometry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SpecificationTest {
    private static final List<Operation> ONE_OF_EACH = List.of(
            Write.atomic(0, 4096),
            Write.plain(Access.BUFFERED, 0, 4096),
            new Read(Access.DIRECT, 0, 4096),
            new Truncate(0),
            new Fsync(),
            new Statx(),
            new Allocate(0, 4096),
            new PunchHole(0, 4096),
            new CloneRange(0, 4096, 4096));

    @ParameterizedTest
    @EnumSource
    void everyVersionSpeaksOfEveryOperation(TargetKind kind) {
        for (KernelVersion version : List.of(v("6.1"), v("6.11"), v("6.12"), v("6.13"), v("6.16"), v("7.3"))) {
            Situation situation = new Situation(
                    new Target("any", kind, 4096, 4096, true),
                    new Environment(
                            version + ".0",
                            StatxAnswer.SILENT,
                            new Disk(
                                    new ScsiProfile(0, 0, 0, 0, 0, 512, 512, 0),
                                    new QueueGeometry(1 << 20, 128, 512, 4096, 0),
                                    QueueLimits.NONE),
                            XfsGeometry.NONE,
                            512,
                            4,
                            1 << 20),
                    FileState.pristine(1 << 20),
                    0);
            Specification specification = Specification.linux(version, kind);
            assertThat(ONE_OF_EACH).allSatisfy(operation -> assertThat(specification
                            .decide(operation, situation)
                            .expectation()
                            .permits())
                    .isNotEmpty());
        }
    }

    @Test
    void rulesHaveNamesSentencesAndSourcesOfTheirOwn() {
        List<Rule> rules = LinuxRules.all();

        assertThat(rules).extracting(Rule::id).doesNotHaveDuplicates();
        assertThat(rules).extracting(Rule::sentence).doesNotHaveDuplicates();
        assertThat(rules).allSatisfy(rule -> {
            assertThat(rule.id()).matches("[a-z0-9]+([-.][a-z0-9]+)+");
            assertThat(rule.sentence()).endsWith(".");
        });
    }

    @ParameterizedTest
    @CsvSource({"6.12.117+deb13-cloud-amd64,6,12", "7.3.4,7,3", "6.11,6,11", "7.3-rc1,7,3"})
    void releasesAreRead(String release, int major, int minor) {
        assertThat(KernelVersion.parse(release)).isEqualTo(new KernelVersion(major, minor));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "linux", "6", ".1"})
    void whatIsNoReleaseIsRefused(String release) {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> KernelVersion.parse(release)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + release + "'");
    }

    private static KernelVersion v(String version) {
        return KernelVersion.parse(version);
    }
}
