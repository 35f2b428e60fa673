package io.untorn.conformance.report;

import io.untorn.conformance.coverage.Coverage;
import io.untorn.conformance.result.TargetResult;
import io.untorn.model.rule.Rule;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a run has not reached on a target, in a line: a few by name; of more the count, and the file that lists them. */
public final class Unreached {
    /** The most that are named. */
    private static final int NAMED = 3;

    private Unreached() {}

    /** Return the rules that hold and were never reached; empty if there are none. */
    public static Optional<String> rules(TargetResult result) {
        List<String> rules = result.unreached().stream().map(Rule::id).toList();
        if (rules.size() <= NAMED) {
            return named(rules.stream());
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "%d of %d rules, those that %s lists with 0 times",
                rules.size(),
                result.holding().size(),
                RuleReport.TABLE));
    }

    /** Return the cells that can be hit and never were; empty if there are none. */
    public static Optional<String> cells(TargetResult result) {
        List<Coverage.Count> cells = result.coverage().nearest();
        Optional<String> nearest = named(cells.stream().limit(NAMED).map(Coverage.Count::toString));
        if (cells.size() <= NAMED) {
            return nearest;
        }
        return nearest.map(names -> String.format(
                Locale.ROOT,
                "%d of %d cells, those that %s marks as never; nearest: %s",
                cells.size(),
                result.coverage().reachable(),
                CoverageReport.TABLE,
                names));
    }

    private static Optional<String> named(Stream<String> names) {
        return names.reduce((first, second) -> first + "; " + second);
    }
}
