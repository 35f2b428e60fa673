package io.untorn.conformance.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.conformance.run.Simulated;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Statx;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.Write;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class GrowthTest {
    private static final int TIMES = 500;
    private static final List<Operation> SEED =
            List.of(Write.plain(Access.DIRECT, 0, 8192), new Truncate(4096), Write.atomic(4096, 4096));
    private static final List<Operation> DRAWN =
            List.of(new Statx(), Write.plain(Access.BUFFERED, 512, 1024), new Truncate(0));

    private static List<List<Operation>> grown() {
        Growth growth =
                new Growth(List.of(new Trace(Simulated.EXT4, SEED), new Trace(Simulated.EXT4, List.of(new Statx()))));
        Random random = new Random(1);
        return IntStream.range(0, TIMES)
                .mapToObj(i -> growth.among(DRAWN, random))
                .toList();
    }

    private static boolean holds(List<Operation> all, List<Operation> part) {
        return Collections.indexOfSubList(all, part) >= 0;
    }

    /** Tell whether all operations of a part are there, in order, whatever is between them. */
    private static boolean holdsScattered(List<Operation> all, List<Operation> part) {
        List<Operation> left = new ArrayList<>(part);
        for (Operation operation : all) {
            if (!left.isEmpty() && operation.equals(left.get(0))) {
                left.remove(0);
            }
        }
        return left.isEmpty();
    }

    @Test
    void nothingThatWasDrawnIsLost() {
        assertThat(grown()).allMatch(all -> holdsScattered(all, DRAWN), "holds what was drawn, in order");
    }

    @Test
    void aSeedIsKeptChangedAndInterrupted() {
        List<List<Operation>> all = grown();
        assertThat(all).anyMatch(operations -> holds(operations, SEED), "holds the whole seed");
        assertThat(all)
                .anyMatch(
                        operations -> !holds(operations, SEED) && holdsScattered(operations, SEED),
                        "holds the seed with others between");
        assertThat(all)
                .anyMatch(
                        operations -> !holdsScattered(operations, SEED)
                                && operations.contains(SEED.get(0))
                                && operations.contains(SEED.get(2))
                                && operations.size() == DRAWN.size() + SEED.size(),
                        "holds the seed with another in the place of one");
    }

    @Test
    void theSameRandomNumbersGrowTheSame() {
        assertThat(grown()).isEqualTo(grown());
    }
}
