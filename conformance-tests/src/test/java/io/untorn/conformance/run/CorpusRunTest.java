package io.untorn.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.conformance.corpus.Corpus;
import io.untorn.conformance.generate.partition.Partition;
import io.untorn.conformance.report.TextReport;
import io.untorn.conformance.result.Settings;
import io.untorn.conformance.result.TargetResult;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Statx;
import io.untorn.model.operation.Write;
import io.untorn.simulated.SimulatedFault;
import io.untorn.simulated.SimulatedKernel;
import io.untorn.simulated.SimulatedMachine;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run begins with the traces of the corpus, and counts them apart. */
final class CorpusRunTest {
    private static final int TRIES = 3;

    @TempDir
    Path output;

    private static Corpus corpus(List<List<Operation>> traces) {
        return new Corpus(traces.stream()
                .map(operations ->
                        new Corpus.Entry("one", "a test", "It conforms.", new Trace(Simulated.DEVICE, operations)))
                .toList());
    }

    private TargetResult run(SimulatedMachine machine, Corpus corpus, int findings) {
        Settings settings = Simulated.settings(TRIES, findings, output);
        Session session = new Session(
                settings, new SilentListener(), Partition.OF_ATOMIC_WRITES, corpus, () -> new SimulatedKernel(machine));
        ConformanceSuite.run(session, List.of("bdev"));
        return session.targetResults().iterator().next();
    }

    private static final Corpus THREE = corpus(
            List.of(List.of(new Statx()), List.of(new Statx(), Write.atomic(0, 1024)), List.of(Write.atomic(0, 2048))));

    @Test
    void itsTracesRunFirstAndCountForNothingElse() {
        TargetResult alone = run(SimulatedMachine.linux("7.3.4"), Corpus.EMPTY, 1);
        TargetResult result = run(SimulatedMachine.linux("7.3.4"), THREE, 1);

        assertThat(result.corpusTraces()).isEqualTo(3);
        assertThat(result.corpusSize()).isEqualTo(3);
        assertThat(result.tries()).isEqualTo(alone.tries());
        assertThat(TextReport.table(List.of(result))).contains("corpus on bdev: 3 of 3 traces\n");
        assertThat(TextReport.table(List.of(alone))).doesNotContain("corpus");
        assertThat(run(SimulatedMachine.linux("7.3.4"), THREE, 1).counts().corpusSize())
                .isEqualTo(3);
    }

    @Test
    void whatItShowsIsAFindingMadeShorter() {
        TargetResult result = run(SimulatedMachine.linux("7.3.4").with(SimulatedFault.ERROR_SWALLOWED), THREE, 1);

        assertThat(result.counterexamples()).singleElement().satisfies(found -> {
            assertThat(found.violation().rule().id()).isEqualTo("no-splat");
            assertThat(found.trace().operations()).containsExactly(Write.atomic(0, 1024));
        });
        assertThat(result.corpusTraces())
                .as("the second shows it, and one finding ends the run")
                .isEqualTo(2);
        assertThat(result.tries()).as("the limits, and no random trace").isEqualTo(1);
    }

    @Test
    void afterAFindingItGoesOnWhereItWas() {
        TargetResult result = run(SimulatedMachine.linux("7.3.4").with(SimulatedFault.ERROR_SWALLOWED), THREE, 2);
        assertThat(result.corpusTraces()).isEqualTo(3);
        assertThat(result.tries()).isGreaterThanOrEqualTo(TRIES);
    }

    /** What the kit ships takes a few seconds at most. */
    @Test
    void theOneThatIsShippedIsShort() {
        assertThat(Stream.of(Simulated.DEVICE, Simulated.EXT4, Simulated.BIGALLOC, Simulated.XFS)
                        .map(target -> Corpus.shipped().on(target, Set.of()).size()))
                .allSatisfy(size -> assertThat(size).isBetween(1, 100));
    }
}
