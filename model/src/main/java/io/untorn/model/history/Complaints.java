package io.untorn.model.history;

import io.untorn.model.console.Splat;
import io.untorn.model.console.SplatKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The complaints on the console of a history, without the lines that only repeat what an operation returned.
 *
 * <p>A disk that refuses a request makes the operation fail with EREMOTEIO, and the block layer prints a line: the rules judge
 * the answer. The same line in an operation that succeeds is a complaint, since an error was swallowed.
 */
public final class Complaints {
    private Complaints() {}

    /**
     * Return the complaints, in order. In which operation a line came is known only if the agent marked the operations. If
     * not, as many lines of a kind are taken for repetitions as operations failed with its error.
     */
    public static List<Splat> of(History history) {
        List<Splat> complaints = new ArrayList<>();
        Map<SplatKind, Integer> repeated = new HashMap<>();
        for (Splat splat : Splat.in(history.console())) {
            boolean repeats = splat.operation().isPresent()
                    ? splat.operation().get() < history.steps().size()
                            && repeats(
                                    splat.kind(),
                                    history.steps().get(splat.operation().get()))
                    : repeated.merge(splat.kind(), 1, Integer::sum) <= answers(splat.kind(), history);
            if (!repeats) {
                complaints.add(splat);
            }
        }
        return complaints;
    }

    private static long answers(SplatKind kind, History history) {
        return history.steps().stream()
                .flatMap(Complaints::outcomes)
                .filter(outcome -> repeats(kind, outcome))
                .count();
    }

    private static boolean repeats(SplatKind kind, Step step) {
        return outcomes(step).anyMatch(outcome -> repeats(kind, outcome));
    }

    private static Stream<Outcome> outcomes(Step step) {
        return step.outcome() instanceof Outcome.Each each ? each.requests().stream() : Stream.of(step.outcome());
    }

    private static boolean repeats(SplatKind kind, Outcome outcome) {
        return outcome instanceof Outcome.Failed failed
                && kind.repeated().contains(failed.errno().number());
    }
}
