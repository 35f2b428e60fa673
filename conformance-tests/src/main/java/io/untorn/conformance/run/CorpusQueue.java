package io.untorn.conformance.run;

import io.untorn.model.history.Trace;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import org.jspecify.annotations.Nullable;

/** Hands out the traces of a corpus before others, and knows which is which. */
final class CorpusQueue {
    /** The number of tries that jqwik assumes; which values it then prefers does not matter here. */
    private static final int SIZE_HINT = 1000;

    private final Queue<Trace> left;
    private @Nullable Trace handedOut;

    CorpusQueue(List<Trace> traces) {
        left = new ArrayDeque<>(traces);
    }

    /** Return how many traces are still to be handed out. */
    int size() {
        return left.size();
    }

    /** Return the traces of the corpus that are left, then others. */
    Arbitrary<Trace> before(Arbitrary<Trace> others) {
        RandomGenerator<Trace> random = others.generator(SIZE_HINT);
        return Arbitraries.fromGenerator(source -> {
            handedOut = left.poll();
            return Optional.ofNullable(handedOut).map(Shrinkable::unshrinkable).orElseGet(() -> random.next(source));
        });
    }

    /** Tell whether a trace is the one of the corpus that was handed out last, and not a random one since. */
    boolean isFrom(Trace trace) {
        return trace.equals(handedOut);
    }
}
