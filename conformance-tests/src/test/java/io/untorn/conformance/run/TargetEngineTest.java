package io.untorn.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.untorn.kernelconfigs.TargetMatrix;
import io.untorn.model.target.TargetKind;
import io.untorn.simulated.SimulatedFault;
import io.untorn.simulated.SimulatedMachine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs the properties as a build does: found by the name of their class, on the targets of a matrix. */
final class TargetEngineTest {
    private static final String LIMITS = "the limits are those of the disk and the file system";
    private static final String ANSWERS = "every answer in a random sequence is one that the specification permits";
    private static final LauncherDiscoveryRequest REQUEST = LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(TargetProperties.class))
            .build();

    private static final int TARGETS = TargetMatrix.load().targets().size();

    @TempDir
    Path output;

    @Test
    void everyTargetHasATestForEachProperty() {
        assertThat(tests(TargetMatrix.load()))
                .startsWith("bdev: " + LIMITS, "bdev: " + ANSWERS, "ext4: " + LIMITS)
                .containsExactlyElementsOf(TargetMatrix.load().targets().stream()
                        .flatMap(target -> Stream.of(target.name() + ": " + LIMITS, target.name() + ": " + ANSWERS))
                        .toList());
    }

    @Test
    void anEntryInTheMatrixIsAllThatATargetNeedsToBeTested() {
        assertThat(tests(withOneMore())).contains("one-more: " + LIMITS, "one-more: " + ANSWERS);
    }

    @Test
    void buildsFindTheEngine() {
        assertThat(ServiceLoader.load(TestEngine.class))
                .filteredOn(TargetEngine.class::isInstance)
                .hasSize(1);
    }

    @Test
    void aKernelThatIsHardlyTriedPassesOnlyTheLimits() {
        TestExecutionSummary summary =
                summary(targets -> Simulated.session(SimulatedMachine.linux("7.3.4"), 1, output));

        assertThat(summary.getTestsSucceededCount()).isEqualTo(TARGETS);
        assertThat(summary.getFailures())
                .hasSize(TARGETS)
                .extracting(failure -> failure.getTestIdentifier().getDisplayName())
                .allMatch(name -> name.endsWith(ANSWERS));
        assertThat(summary.getFailures())
                .extracting(failure -> failure.getException().getMessage())
                .allMatch(message -> message.contains("were never reached"));
        assertThat(output).isDirectoryContaining("glob:**/coverage.txt").isDirectoryContaining("glob:**/rules.txt");
    }

    @Test
    void faultFailsTheTestOfItsTarget() {
        TestExecutionSummary summary = summary(targets -> Simulated.session(
                SimulatedMachine.linux("7.3.4").with(SimulatedFault.STATX_SIZE_ROUNDED), 100, output));

        assertThat(summary.getTestsStartedCount()).isEqualTo(2L * TARGETS);
        assertThat(summary.getFailures())
                .extracting(failure -> failure.getException().getMessage())
                .anyMatch(message -> message.contains("breaks statx-tells-size-and-limits"));
    }

    private static TargetMatrix withOneMore() {
        TargetMatrix shipped = TargetMatrix.load();
        List<TargetMatrix.Entry> targets = new ArrayList<>(shipped.targets());
        targets.add(new TargetMatrix.Entry(
                "one-more",
                "a file on ext4 with 1 KiB blocks",
                "",
                TargetKind.EXT4,
                1024,
                1024,
                false,
                false,
                List.of("ext4"),
                List.of("mkfs.ext4", "-b", "1024"),
                List.of("e2fsck", "-f", "-n"),
                "ext4"));
        return new TargetMatrix(shipped.disk(), targets, shipped.kconfig());
    }

    private static List<String> tests(TargetMatrix matrix) {
        TestPlan plan = launcher(new TargetEngine(matrix, targets -> {
                    throw new AssertionError("nothing runs while tests are looked for");
                }))
                .discover(REQUEST);
        return plan.getRoots().stream()
                .flatMap(root -> plan.getDescendants(root).stream())
                .filter(TestIdentifier::isTest)
                .map(TestIdentifier::getDisplayName)
                .toList();
    }

    private static TestExecutionSummary summary(Function<List<String>, Session> sessions) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        launcher(new TargetEngine(TargetMatrix.load(), sessions)).execute(REQUEST, listener);
        return listener.getSummary();
    }

    private static Launcher launcher(TargetEngine engine) {
        return LauncherFactory.create(LauncherConfig.builder()
                .enableTestEngineAutoRegistration(false)
                .addTestEngines(engine)
                .build());
    }
}
