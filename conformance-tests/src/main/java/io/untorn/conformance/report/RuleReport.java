package io.untorn.conformance.report;

import io.untorn.conformance.result.TargetResult;
import io.untorn.conformance.wording.RuleCheckWords;
import io.untorn.model.rule.Rule;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reports how often each rule was checked against what, as a table for each target. */
public final class RuleReport {
    private static final List<String> HEADINGS = List.of("rule", "times", "reached", "checked against");

    static final String TABLE = "rules.txt";

    private RuleReport() {}

    /**
     * Write {@code rules.txt} to a folder.
     *
     * @throws UntornException if it can't be written: a failure of machinery
     */
    public static Path save(Path folder, Collection<TargetResult> targetResults) {
        Path file = folder.resolve(TABLE);
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    file, targetResults.stream().map(RuleReport::table).collect(Collectors.joining("\n")));
        } catch (IOException e) {
            throw UntornException.machinery("can't write how often each rule was checked to " + file + ": " + e, e);
        }
        return file;
    }

    private static String reached(TargetResult result, Rule rule) {
        if (result.hiding(rule).isPresent()) {
            return "hidden";
        }
        return result.isReached(rule) ? "yes" : "never";
    }

    /** Return a line for each rule that holds on a target, in the order of the specification. */
    public static String table(TargetResult result) {
        Map<String, String> words = RuleCheckWords.byRule(result.checks());
        Set<Rule> holding = new HashSet<>(result.holding());
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        for (Rule rule : result.specification().rules()) {
            String never = holding.contains(rule) ? "" : "not reachable here";
            rows.add(List.of(
                    rule.id(),
                    String.format(Locale.ROOT, "%,d", result.reached(rule.id())),
                    holding.contains(rule) ? reached(result, rule) : "-",
                    words.getOrDefault(rule.id(), never)));
        }
        return result.target() + ", " + result.specification().name() + ", in "
                + String.format(Locale.ROOT, "%,d", result.tries()) + " sequences\n"
                + TextTable.of(rows, Set.of(1));
    }
}
