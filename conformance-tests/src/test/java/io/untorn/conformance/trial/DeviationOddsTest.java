package io.untorn.conformance.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.conformance.corpus.Corpus;
import io.untorn.conformance.generate.TraceArbitraries;
import io.untorn.conformance.generate.partition.Partition;
import io.untorn.conformance.judge.Judge;
import io.untorn.conformance.judge.KnownDeviation;
import io.untorn.conformance.run.Simulated;
import io.untorn.model.contents.TooManyWorldsException;
import io.untorn.model.history.Environment;
import io.untorn.model.history.Trace;
import io.untorn.model.oracle.Oracle;
import io.untorn.model.target.Target;
import io.untorn.simulated.SimulatedKernel;
import io.untorn.simulated.SimulatedMachine;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Measures the odds that a random trace meets the state in which a known deviation shows: {@code -Duntorn.odds=2000} says of
 * how many traces each. The first figure is that of traces that are only drawn, the second of those of which some grow from
 * the corpus without what is known of deviations, the third of those that grow from all of it, as in a run.
 */
@EnabledIfSystemProperty(named = "untorn.odds", matches = "\\d+")
final class DeviationOddsTest {
    private static final int TRACES = Integer.getInteger("untorn.odds", 0);
    private static final List<String> RELEASES = List.of("6.16.12", "6.18.15", "7.3.4");
    private static final List<Target> TARGETS =
            List.of(Simulated.DEVICE, Simulated.EXT4, Simulated.BIGALLOC, Simulated.XFS);

    /** Where a deviation may show. */
    private record Place(String deviation, String release, String target) {}

    private record Odds(Place place, int drawn, int grown, int asInARun) {
        String row() {
            return String.format(
                    Locale.ROOT,
                    "| %-46s | %-7s | %-13s | %9s | %9s | %9s |",
                    "`" + place.deviation() + "`",
                    place.release(),
                    place.target(),
                    of(drawn),
                    of(grown),
                    of(asInARun));
        }

        private static String of(int met) {
            return met == 0 ? "none" : String.format(Locale.ROOT, "1 in %.0f", (double) TRACES / met);
        }
    }

    @Test
    void theOddsOfEachDeviation() {
        Map<Place, Odds> all = new TreeMap<>(Comparator.comparing(Place::deviation)
                .thenComparing(Place::release)
                .thenComparing(Place::target));
        JqwikSession.run(() -> RELEASES.forEach(release -> TARGETS.forEach(target -> {
            Map<String, Integer> drawn = met(release, target, List.of());
            Map<String, Integer> grown = met(release, target, corpus(target, false));
            Map<String, Integer> asInARun = met(release, target, corpus(target, true));
            asInARun.forEach((id, times) -> all.put(
                    new Place(id, release, target.name()),
                    new Odds(
                            new Place(id, release, target.name()),
                            drawn.getOrDefault(id, 0),
                            grown.getOrDefault(id, 0),
                            times)));
        })));
        System.out.printf(
                Locale.ROOT,
                "| known deviation | kernel | target | drawn | grown from others | as in a run |%n|---|---|---|--:|--:|--:|%n");
        all.values().forEach(odds -> System.out.println(odds.row()));
        assertThat(all.keySet())
                .extracting(Place::deviation)
                .containsAll(KnownDeviation.shipped().stream()
                        .map(KnownDeviation::id)
                        .toList());
    }

    /** Return the traces of the corpus for a target, with or without those of findings. */
    private static List<Trace> corpus(Target target, boolean findings) {
        return Corpus.shipped().entries().stream()
                .filter(entry -> findings || !entry.source().startsWith("findings/"))
                .map(Corpus.Entry::trace)
                .filter(trace -> trace.target().name().equals(target.name()))
                .toList();
    }

    /** Return in how many traces each deviation could show. */
    private static Map<String, Integer> met(String release, Target target, List<Trace> seeds) {
        try (SimulatedKernel kernel = new SimulatedKernel(SimulatedMachine.linux(release))) {
            Environment environment = kernel.prepare(target);
            Oracle oracle = Judge.oracle(Judge.specification(Optional.empty(), target, environment));
            RandomGenerator<Trace> traces = TraceArbitraries.of(
                            Partition.OF_ATOMIC_WRITES, target, environment, kernel.facilities(), seeds)
                    .generator(1000);
            Random random = new Random(7);
            Map<String, Integer> met = new TreeMap<>();
            for (int i = 0; i < TRACES; i++) {
                try {
                    oracle.judge(kernel.run(traces.next(random).value().withReadBack()))
                            .met()
                            .forEach((id, times) -> {
                                if (times > 0) {
                                    met.merge(id, 1, Integer::sum);
                                }
                            });
                } catch (TooManyWorldsException e) {
                    // It says nothing, as in a run.
                }
            }
            return met;
        }
    }
}
