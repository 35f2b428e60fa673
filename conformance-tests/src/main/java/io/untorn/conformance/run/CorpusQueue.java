package io.untorn.conformance.run;

import io.untorn.model.history.Trace;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import org.jspecify.annotations.Nullable;

/** Hands out the traces of a corpus before others, and knows which is which. */
final class CorpusQueue {
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
    RandomGenerator<Trace> before(RandomGenerator<Trace> others) {
        return random -> {
            handedOut = left.poll();
            return Optional.ofNullable(handedOut).map(Shrinkable::unshrinkable).orElseGet(() -> others.next(random));
        };
    }

    /** Tell whether a trace is the one of the corpus that was handed out last, and not a random one since. */
    boolean isFrom(Trace trace) {
        return trace.equals(handedOut);
    }
}
