package io.untorn.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Origin;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Step;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Audit;
import io.untorn.model.operation.MapLoad;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Write;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ZeroedRangesTest {
    private static final int PAGE = 4096;

    private final ZeroedRanges zeroed = new ZeroedRanges();

    /** A trace may name places behind the end of the device. */
    @Test
    void aRangeBehindTheEndIsNoRange() {
        ZeroedRanges ranges = new ZeroedRanges();
        ranges.add(0, 8192);

        ranges.forget(16384, 8192);

        assertThat(ranges.unknown(0, 8192)).isEmpty();
        assertThat(ranges.unknown(16384, 8192)).isEmpty();
    }

    @Test
    void atFirstNothingIsKnown() {
        assertThat(zeroed.unknown(PAGE, 3 * PAGE)).isEqualTo(Map.of((long) PAGE, 3L * PAGE));
    }

    @Test
    void onlyWholePagesOfZerosAreKnown() {
        zeroed.add(1, 3 * PAGE - 1);

        assertThat(zeroed.unknown(0, 4 * PAGE)).isEqualTo(Map.of(0L, (long) PAGE, 2L * PAGE, 4L * PAGE));
    }

    @Test
    void whatATraceMayTouchIsForgotten() {
        zeroed.add(0, 8 * PAGE);
        zeroed.forget(2 * PAGE, 3 * PAGE);
        zeroed.forget(7 * PAGE, 9 * PAGE);

        assertThat(zeroed.unknown(0, 9 * PAGE)).isEqualTo(Map.of(2L * PAGE, 3L * PAGE, 7L * PAGE, 9L * PAGE));
    }

    @Test
    void aProgramLeavesNothingKnown() {
        zeroed.add(0, PAGE);
        zeroed.clear();

        assertThat(zeroed.unknown(0, PAGE)).isEqualTo(Map.of(0L, (long) PAGE));
    }

    @Test
    void itKnowsWhatAnArrayOfPagesKnows() {
        Random random = new Random(1);
        boolean[] known = new boolean[64];
        for (int i = 0; i < 10_000; i++) {
            int from = random.nextInt(known.length);
            int to = from + 1 + random.nextInt(known.length - from);
            boolean added = random.nextBoolean();
            for (int page = from; page < to; page++) {
                known[page] = added;
            }
            if (added) {
                zeroed.add((long) from * PAGE, (long) to * PAGE);
            } else {
                zeroed.forget((long) from * PAGE, (long) to * PAGE);
            }
            boolean[] found = new boolean[known.length];
            Arrays.fill(found, true);
            zeroed.unknown(0, (long) known.length * PAGE).forEach((start, end) -> {
                for (long page = start / PAGE; page < end / PAGE; page++) {
                    found[(int) page] = false;
                }
            });
            assertThat(found).isEqualTo(known);
        }
    }

    @Test
    void theReadsAtTheEndOfATraceShowWhereZerosAre() {
        Contents half = new Contents.Builder(0)
                .append(PAGE, new Origin.Written(0, 0))
                .append(PAGE, Origin.ZERO)
                .build();
        Contents old = new Contents.Builder(4 * PAGE).append(PAGE, Origin.ZERO).build();
        zeroed.addSeenAtTheEndOf(List.of(
                step(Read.plain(Access.DIRECT, 4 * PAGE, PAGE), new Outcome.ReadBack(old)),
                step(Write.plain(Access.DIRECT, 4 * PAGE, PAGE), new Outcome.Returned(PAGE)),
                step(Read.plain(Access.BUFFERED, 8 * PAGE, PAGE), new Outcome.ReadBack(zeros(8 * PAGE))),
                step(Read.plain(Access.DIRECT, 0, 2 * PAGE), new Outcome.ReadBack(half)),
                step(new MapLoad(0, PAGE), new Outcome.ReadBack(zeros(0))),
                step(new Audit(Audit.Aspect.PINNED_PAGES), Outcome.DONE)));

        assertThat(zeroed.unknown(0, 9 * PAGE)).isEqualTo(Map.of(0L, (long) PAGE, 2L * PAGE, 9L * PAGE));
    }

    private static Contents zeros(long offset) {
        return new Contents.Builder(offset).append(PAGE, Origin.ZERO).build();
    }

    private static Step step(Operation operation, Outcome outcome) {
        return new Step(operation, 0, 0, outcome);
    }
}
