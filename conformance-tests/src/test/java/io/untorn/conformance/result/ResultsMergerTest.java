package io.untorn.conformance.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.untorn.conformance.coverage.Coverage;
import io.untorn.conformance.finding.Counterexample;
import io.untorn.conformance.report.TextReport;
import io.untorn.conformance.run.ConformanceSuite;
import io.untorn.conformance.run.Session;
import io.untorn.conformance.run.Simulated;
import io.untorn.simulated.SimulatedFault;
import io.untorn.simulated.SimulatedMachine;
import io.untorn.vm.host.UntornException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds what several runs come to together. */
final class ResultsMergerTest {
    private static final List<String> TARGETS = List.of("bdev");

    @TempDir
    Path folder;

    @Test
    void countsAreAdded() {
        Results first = run(SimulatedMachine.linux("7.3.4"), 1, Shard.WHOLE);
        Results second = run(SimulatedMachine.linux("7.3.4"), 2, Shard.WHOLE);

        Results joined = ResultsMerger.merge(List.of(first, second)).get(0);

        assertThat(joined.targetResults()).singleElement().satisfies(result -> {
            assertThat(result.tries()).isEqualTo(sum(TargetResult::tries, first, second));
            assertThat(result.operations()).isEqualTo(sum(TargetResult::operations, first, second));
            assertThat(result.reached("opened-for-writing"))
                    .isPositive()
                    .isEqualTo(sum(one -> one.reached("opened-for-writing"), first, second));
            assertThat(result.coverage().cells().stream()
                            .mapToLong(Coverage.Count::hits)
                            .sum())
                    .isEqualTo(Stream.of(first, second)
                            .flatMap(part -> part.targetResults().stream())
                            .flatMap(one -> one.coverage().cells().stream())
                            .mapToLong(Coverage.Count::hits)
                            .sum());
        });
    }

    @Test
    void shardsReachTogetherWhatNoneReachesAlone() {
        List<Results> parts = LongStream.rangeClosed(1, 12)
                .mapToObj(seed -> run(SimulatedMachine.linux("7.3.4"), seed, Shard.WHOLE))
                .toList();

        assertThat(parts.get(0).exitCode().number()).isEqualTo(3);
        assertThat(ResultsMerger.merge(parts)).singleElement().satisfies(joined -> assertThat(
                        joined.exitCode().number())
                .as(TextReport.table(joined.targetResults()))
                .isZero());
    }

    @Test
    void mergesFindingsAndCountsDuplicatesOnce() throws Exception {
        SimulatedMachine faulty = SimulatedMachine.linux("7.3.4").with(SimulatedFault.MISALIGNED_OFFSET_ACCEPTED);
        Path output = folder.resolve("all");

        List<Results> runs = IntStream.rangeClosed(1, 6)
                .mapToObj(seed -> run(faulty, seed, Shard.WHOLE))
                .toList();
        Results joined = ResultsMerger.merge(runs).get(0).into(output, Shard.WHOLE);

        assertThat(joined.exitCode().number()).isEqualTo(1);
        Counterexample found = joined.targetResults().get(0).counterexamples().stream()
                .filter(one -> one.violation().rule().id().equals("offset-naturally-aligned"))
                .findFirst()
                .orElseThrow();
        assertThat(joined.targetResults().get(0).seenAgain(found)).isPositive();
        assertThat(found.file()).isRegularFile().startsWith(output);
        assertThat(Files.readString(found.folder().resolve("report.md")))
                .contains("./untorn replay " + found.file())
                .doesNotContain("seed-1");
    }

    @Test
    void findingsAreCopiedFromWhereTheResultsAreNow() throws Exception {
        run(SimulatedMachine.linux("7.3.4").with(SimulatedFault.MISALIGNED_OFFSET_ACCEPTED), 1, Shard.WHOLE);
        Path moved = Files.move(folder.resolve("seed-1"), folder.resolve("downloaded"));
        Path output = folder.resolve("all");

        Results joined =
                ResultsMerger.merge(List.of(Results.read(moved))).get(0).into(output, Shard.WHOLE);

        assertThat(joined.targetResults().get(0).counterexamples()).isNotEmpty().allSatisfy(found -> {
            assertThat(found.file()).isRegularFile().startsWith(output);
            assertThat(Files.readString(found.folder().resolve("report.md")))
                    .contains("./untorn replay " + found.file() + " --kernel")
                    .doesNotContain("seed-1");
        });
    }

    @Test
    void theSameSequencesTwiceAreRefused() {
        Results one = run(SimulatedMachine.linux("7.3.4"), 7, Shard.WHOLE);

        assertThatThrownBy(() -> ResultsMerger.merge(List.of(one, one)))
                .isInstanceOf(UntornException.class)
                .hasMessageContaining("tried the same sequences, of seed 7");
    }

    @Test
    void aShardThatIsMissingIsNoPass() {
        Results joined = ResultsMerger.merge(List.of(
                        run(SimulatedMachine.linux("7.3.4"), 1, new Shard(1, 3)),
                        run(SimulatedMachine.linux("7.3.4"), 2, new Shard(3, 3))))
                .get(0);

        assertThat(joined.failure()).hasValueSatisfying(reason -> assertThat(reason)
                .hasMessage("of the runs on simulated these are missing: shard 2/3"));
        assertThat(joined.exitCode().number()).isEqualTo(3);
    }

    @Test
    void aRunThatEndedEarlyIsNoPass() {
        Results failed = new Results(
                settings(2), Shard.WHOLE, TARGETS, Optional.of(UntornException.machinery("QEMU is gone")), List.of());

        Results joined = ResultsMerger.merge(List.of(run(SimulatedMachine.linux("7.3.4"), 1, Shard.WHOLE), failed))
                .get(0);

        assertThat(joined.exitCode().number()).isEqualTo(3);
        assertThat(joined.failure())
                .hasValueSatisfying(reason -> assertThat(reason).hasMessage("QEMU is gone"));
    }

    @Test
    void aFolderWithoutResultsIsNamed() {
        assertThatThrownBy(() -> Results.read(folder))
                .isInstanceOf(UntornException.class)
                .hasMessage("no results.json in " + folder + ": name the --output folder of a run that ended");
    }

    @Test
    void noTwoMachinesOfShardsHaveASeedInCommon() {
        List<Long> seeds = Stream.of(new Shard(1, 3), new Shard(2, 3), new Shard(3, 3))
                .flatMap(shard -> Stream.of(1, 2, Shard.MOST_MACHINES).map(machine -> shard.seed(7, machine)))
                .toList();

        assertThat(seeds).doesNotHaveDuplicates().startsWith(7L);
        assertThatThrownBy(() -> Shard.parse("4/3"))
                .isInstanceOf(UntornException.class)
                .hasMessage("no shard '4/3'; write 1/4 to 4/4, of at most 1000");
    }

    private static long sum(ToLongFunction<TargetResult> count, Results... parts) {
        return Stream.of(parts)
                .flatMap(part -> part.targetResults().stream())
                .mapToLong(count)
                .sum();
    }

    /** Run, and read again what was kept of it. */
    private Results run(SimulatedMachine machine, long seed, Shard shard) {
        Session session = Simulated.session(machine, settings(seed));
        ConformanceSuite.run(session, TARGETS);
        session.results(shard, TARGETS).save();
        return Results.read(session.settings().output());
    }

    private Settings settings(long seed) {
        Path output = folder.resolve("seed-" + seed);
        return Simulated.session(SimulatedMachine.linux("7.3.4"), 60, output)
                .settings()
                .seeded(seed);
    }
}
