package io.untorn.conformance.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.untorn.conformance.generate.partition.NeverHit;
import io.untorn.conformance.generate.partition.Partition;
import io.untorn.conformance.generate.partition.Testbed;
import io.untorn.conformance.report.CoverageReport;
import io.untorn.conformance.report.TextReport;
import io.untorn.conformance.result.TargetResult;
import io.untorn.conformance.run.ConformanceSuite;
import io.untorn.conformance.run.Session;
import io.untorn.conformance.run.Simulated;
import io.untorn.model.rules.Specifications;
import io.untorn.model.target.Facility;
import io.untorn.simulated.SimulatedKernel;
import io.untorn.simulated.SimulatedMachine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at what is counted as hit, and how it is reported. */
final class CoverageTest {
    private static final Set<Facility> ENGINES = Set.of(Facility.IO_URING, Facility.LIBAIO);

    @TempDir
    Path output;

    @Test
    void aCellNeverGeneratedIsReportedAndFailsTheRun() {
        SimulatedMachine machine = SimulatedMachine.linux("7.3.4");
        Session session =
                Simulated.session(new SimulatedKernel(machine), NeverHit.without("segments", "many"), 1000, 1, output);
        ConformanceSuite.Result suite = ConformanceSuite.run(session, List.of("bdev"));

        assertThat(session.targetResults()).singleElement().satisfies(result -> {
            assertThat(result.unreached()).isEmpty();
            assertThat(result.coverage().empty())
                    .extracting(Coverage.Count::toString)
                    .containsExactly("segments: many");
        });
        assertThat(suite.failures()).singleElement().satisfies(failure -> assertThat(failure)
                .hasMessageContaining("never tried")
                .hasMessageEndingWith(": segments: many"));
        assertThat(TextReport.table(session.targetResults()))
                .contains("not enough: cells were never hit")
                .contains("never hit on bdev: segments: many");
        assertThat(CoverageReport.table(session.targetResults())).containsPattern("  many +never\n");
    }

    @Test
    void noFaultShowsInHiddenCells() {
        Session session = Simulated.session(SimulatedMachine.linux("7.3.4"), 500, output);
        ConformanceSuite.run(session, List.of("ext4"));

        TargetResult result = session.targetResults().iterator().next();
        assertThat(result.coverage().hidden())
                .filteredOn(count -> !count.dimension().contains("×"))
                .isNotEmpty()
                .allSatisfy(count -> {
                    assertThat(count.hits())
                            .as("%s, a fault shows there", count)
                            .isZero();
                    assertThat(count.isEmpty()).as("%s, wanted", count).isFalse();
                });
        assertThat(CoverageReport.table(session.targetResults())).containsPattern("  hole-written-hole +hidden\n");
        assertThat(TextReport.table(session.targetResults()))
                .containsPattern("hidden on ext4: \\d+ cells, by length-within-file-limits\n")
                .contains("hidden on ext4: direct-append-to-odd-end, by plain-append-goes-to-end or ");
    }

    @Test
    void aRunCutShortReportsACountTheFileAndTheNearest() {
        Session session = Simulated.session(SimulatedMachine.linux("7.3.4"), 20, output);
        ConformanceSuite.Result suite = ConformanceSuite.run(session, List.of("xfs"));

        TargetResult result = session.targetResults().iterator().next();
        assertThat(result.coverage().empty()).hasSizeGreaterThan(50);
        assertThat(result.coverage().nearest())
                .containsExactlyInAnyOrderElementsOf(result.coverage().empty());
        String table = TextReport.table(session.targetResults());
        assertThat(table.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(250));
        assertThat(table)
                .containsPattern("never reached on xfs: \\d+ of \\d+ rules, those that rules.txt lists with 0 times\n")
                .containsPattern(
                        "never hit on xfs: " + result.coverage().empty().size()
                                + " of \\d+ cells, those that coverage.txt marks as never; nearest: [^;\n]+; [^;\n]+; [^;\n]+\n");
        assertThat(suite.failures()).singleElement().satisfies(failure -> assertThat(failure.getMessage())
                .endsWith("rules, those that rules.txt lists with 0 times"));
    }

    @Test
    void aCellIsNearIfItIsDrawnOftenOrItsPartsWereHitOften() {
        Testbed testbed = new Testbed(
                Simulated.XFS, new SimulatedKernel(SimulatedMachine.linux("7.3.4")).prepare(Simulated.XFS), ENGINES);
        Coverage coverage = new Coverage(
                Partition.OF_ATOMIC_WRITES,
                testbed,
                Specifications.linux(testbed.environment().kernel(), Simulated.XFS.kind()));

        assertThat(coverage.nearest().subList(0, 3))
                .as("without a write, cells of single dimensions")
                .noneMatch(count -> count.dimension().contains("×"));
        coverage.add(new Coverage.Counts(
                Map.of(
                        "length × open: minimum × direct, read-write",
                        100,
                        "length × open: zero × direct, read-only",
                        90),
                Set.of(),
                Set.of()));
        assertThat(coverage.nearest())
                .filteredOn(count -> count.dimension().contains("×"))
                .extracting(Coverage.Count::cell)
                .startsWith("zero × direct, read-write", "minimum × direct, read-only");
    }

    @Test
    void countsAreSavedAsJsonToo() throws IOException {
        Session session = Simulated.session(SimulatedMachine.linux("7.3.4"), 100, output);
        ConformanceSuite.run(session, List.of("bdev", "xfs"));
        Path table = CoverageReport.save(output, session.targetResults());
        JsonNode saved =
                new ObjectMapper().readTree(output.resolve("coverage.json").toFile());

        assertThat(table).content().contains("length × open").containsPattern("length +bdev +xfs\n");
        assertThat(saved).hasSize(2);
        assertThat(saved.get(1).get("target").textValue()).isEqualTo("xfs");
        assertThat(saved.get(1).get("states").intValue()).isPositive();
        JsonNode first = saved.get(1).get("cells").get(0);
        assertThat(first.get("dimension").textValue()).isEqualTo("length");
        assertThat(first.get("cell").textValue()).isEqualTo("zero");
        assertThat(first.get("reachable")).isEqualTo(BooleanNode.TRUE);
        assertThat(first.get("hits").intValue()).isPositive();
    }
}
