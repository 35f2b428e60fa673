package io.untorn.conformance.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.conformance.judge.Judge;
import io.untorn.conformance.judge.KnownDeviation;
import io.untorn.conformance.run.Simulated;
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
import java.util.TreeMap;
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
    private static final List<String> RELEASES = List.of("6.16.12", "6.18.15", "7.3.4");
    private static final List<Target> TARGETS =
            List.of(Simulated.DEVICE, Simulated.EXT4, Simulated.BIGALLOC, Simulated.XFS);

    /** Its trace runs first and is too long for others to grow from it. */
    private static final String CORPUS_ALONE = "xfs-refused-mounts-take-space";

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
                    TraceOdds.words(drawn),
                    TraceOdds.words(grown),
                    TraceOdds.words(asInARun));
        }
    }

    @Test
    void theOddsOfEachDeviation() {
        Map<Place, Odds> all = new TreeMap<>(Comparator.comparing(Place::deviation)
                .thenComparing(Place::release)
                .thenComparing(Place::target));
        JqwikSession.run(() -> RELEASES.forEach(release -> TARGETS.forEach(target -> {
            Map<String, Integer> drawn = met(release, target, List.of());
            Map<String, Integer> grown = met(release, target, TraceOdds.corpus(target.name(), entry -> !entry.source()
                    .startsWith("findings/")));
            Map<String, Integer> asInARun = met(release, target, TraceOdds.corpus(target.name(), entry -> true));
            asInARun.forEach((id, times) -> {
                Place place = new Place(id, release, target.name());
                all.put(place, new Odds(place, drawn.getOrDefault(id, 0), grown.getOrDefault(id, 0), times));
            });
        })));
        System.out.printf(
                Locale.ROOT,
                "| known deviation | kernel | target | drawn | grown from others | as in a run |%n|---|---|---|--:|--:|--:|%n");
        all.values().forEach(odds -> System.out.println(odds.row()));
        assertThat(KnownDeviation.shipped())
                .extracting(KnownDeviation::id)
                .filteredOn(id -> all.keySet().stream()
                        .noneMatch(place -> place.deviation().equals(id)))
                .as("deviations that no random trace meets")
                .containsExactly(CORPUS_ALONE);
    }

    /** Return in how many traces each deviation could show. */
    private static Map<String, Integer> met(String release, Target target, List<Trace> seeds) {
        try (SimulatedKernel kernel = new SimulatedKernel(SimulatedMachine.linux(release))) {
            Environment environment = kernel.prepare(target);
            Oracle oracle = Judge.oracle(Judge.specification(Optional.empty(), target, environment));
            Map<String, Integer> met = new TreeMap<>();
            TraceOdds.judge(kernel, target, environment, oracle, seeds, verdict -> verdict.met()
                    .forEach((id, times) -> {
                        if (times > 0) {
                            met.merge(id, 1, Integer::sum);
                        }
                    }));
            return met;
        }
    }
}
