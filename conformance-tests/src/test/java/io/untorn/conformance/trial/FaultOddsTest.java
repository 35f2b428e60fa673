package io.untorn.conformance.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.conformance.run.Simulated;
import io.untorn.model.history.Environment;
import io.untorn.model.history.Trace;
import io.untorn.model.oracle.Oracle;
import io.untorn.model.rules.Specifications;
import io.untorn.model.target.Target;
import io.untorn.simulated.SimulatedKernel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Measures the odds that a random trace shows a seeded fault: {@code -Duntorn.odds=2000} says of how many traces each. The
 * first figure is that of traces that are only drawn, the second of those of which some grow from a corpus without the fault's
 * own trace, the third of those that grow from all of the corpus, as in a run.
 */
@EnabledIfSystemProperty(named = "untorn.odds", matches = "\\d+")
final class FaultOddsTest {
    /** How often a fault showed. */
    private record Odds(FaultTable.Known known, int drawn, int grown, int asInARun) {
        String row() {
            return String.format(
                    Locale.ROOT,
                    "| %-35s | %-13s | %9s | %9s | %9s |",
                    "`" + known.fault() + "`",
                    known.target(),
                    TraceOdds.words(drawn),
                    TraceOdds.words(grown),
                    TraceOdds.words(asInARun));
        }
    }

    @Test
    void theOddsOfEachFault() {
        List<Odds> all = new ArrayList<>();
        JqwikSession.run(() -> SeededFaultTest.faults().stream()
                .filter(known -> known.operations() > 0)
                .forEach(known -> all.add(new Odds(
                        known,
                        shown(known, List.of()),
                        shown(known, corpus(known, known.fault().toString())),
                        shown(known, corpus(known, ""))))));
        System.out.printf(
                Locale.ROOT, "| fault | target | drawn | grown from others | as in a run |%n|---|---|--:|--:|--:|%n");
        all.stream().sorted(Comparator.comparingInt(Odds::drawn)).forEach(odds -> System.out.println(odds.row()));
        assertThat(all)
                .allSatisfy(odds -> assertThat(odds.asInARun()).as(odds.row()).isPositive());
    }

    /** Return the traces of the corpus for the fault's target, except one. */
    private static List<Trace> corpus(FaultTable.Known known, String except) {
        return TraceOdds.corpus(known.target(), entry -> !entry.name().equals(except));
    }

    private static int shown(FaultTable.Known known, List<Trace> seeds) {
        try (SimulatedKernel kernel = new SimulatedKernel(SeededFaultTest.machine(known.fault()))) {
            Target target = Stream.of(Simulated.DEVICE, Simulated.EXT4, Simulated.BIGALLOC, Simulated.XFS)
                    .filter(one -> one.name().equals(known.target()))
                    .findFirst()
                    .orElseThrow();
            Environment environment = kernel.prepare(target);
            Oracle oracle = new Oracle(Specifications.linux(environment.kernel(), target.kind()));
            AtomicInteger shown = new AtomicInteger();
            TraceOdds.judge(
                    kernel, target, environment, oracle, seeds, verdict -> shown.addAndGet(verdict.conforms() ? 0 : 1));
            return shown.get();
        }
    }
}
