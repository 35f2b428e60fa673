package io.untorn.conformance.report;

import io.untorn.conformance.coverage.Coverage;
import io.untorn.conformance.finding.Counterexample;
import io.untorn.conformance.result.Outdated;
import io.untorn.conformance.result.Results;
import io.untorn.conformance.result.Settings;
import io.untorn.conformance.result.TargetResult;
import io.untorn.conformance.wording.RuleCheckWords;
import io.untorn.conformance.wording.ViolationWords;
import io.untorn.model.history.Environment;
import io.untorn.model.history.History;
import io.untorn.model.operation.Operation;
import io.untorn.model.oracle.Verdict;
import io.untorn.model.oracle.Verdict.Violation;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Specification;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reports the results of a run as plain text. */
public final class TextReport {
    private static final List<String> HEADINGS =
            List.of("target", "tries", "operations", "ops/s", "rules reached", "cells hit", "states", "verdict");

    private static final String NEW_LINE = "the kernel printed a line that the kit does not know";

    private TextReport() {}

    /** Return a table, a line for each target, and below it what else is worth reporting. */
    public static String table(Collection<TargetResult> targetResults) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        targetResults.forEach(result -> rows.add(row(result)));
        StringBuilder text = new StringBuilder(TextTable.of(rows, Set.of(1, 2, 3, 4, 5, 6)));
        targetResults.stream()
                .filter(result -> result.corpusSize() > 0)
                .forEach(result -> text.append(String.format(
                        Locale.ROOT,
                        "corpus on %s: %d of %d traces%n",
                        result.target(),
                        result.corpusTraces(),
                        result.corpusSize())));
        targetResults.stream()
                .filter(result -> result.unjudged() > 0)
                .forEach(result -> text.append(String.format(
                        Locale.ROOT,
                        "not judged on %s, %,d sequences: they leave more states possible than can be followed%n",
                        result.target(),
                        result.unjudged())));
        targetResults.forEach(result -> result.lacks()
                .forEach((facility, reason) -> text.append(String.format(
                        Locale.ROOT,
                        "skipped on %s, %d rules that need %s: %s%n",
                        result.target(),
                        result.skippedFor(facility).size(),
                        facility,
                        reason))));
        targetResults.forEach(result -> RuleCheckWords.notable(result.checks())
                .forEach((note, count) -> text.append(
                        String.format(Locale.ROOT, "note: %s, %,d times: %s%n", result.target(), count, note))));
        targetResults.forEach(result -> result.newLines()
                .forEach((line, count) -> text.append(String.format(
                        Locale.ROOT, "note: %s, %,d times: %s: %s%n", result.target(), count, NEW_LINE, line))));
        targetResults.forEach(result -> RuleCheckWords.repeated(result.checks())
                .forEach((rule, count) -> text.append(String.format(
                        Locale.ROOT, "repeated after EAGAIN on %s, %,d calls: %s%n", result.target(), count, rule))));
        targetResults.forEach(result -> result.deviations()
                .forEach((deviation, count) -> text.append(String.format(
                        Locale.ROOT,
                        "known deviation on %s, %,d times: %s (%s)%n",
                        result.target(),
                        count,
                        deviation.id(),
                        deviation.upstream()))));
        Outdated.of(targetResults)
                .forEach(deviation -> text.append(String.format(
                        Locale.ROOT,
                        "known deviation not seen, though its rules were reached: %s; the list may be outdated for this "
                                + "kernel%n",
                        deviation.id())));
        targetResults.forEach(result -> result.counterexamples()
                .forEach(found -> text.append(String.format(
                        Locale.ROOT,
                        "finding on %s, in %,d sequences: %s, %s%n",
                        result.target(),
                        1 + result.seenAgain(found),
                        found.violation().rule().id(),
                        found.repeated()))));
        targetResults.forEach(result -> result.search()
                .ifPresent(search -> text.append(String.format(
                        Locale.ROOT, "exhaustive search on %s: ran %s%n", result.target(), search.progress()))));
        targetResults.forEach(result -> result.hidden()
                .forEach(hidden ->
                        text.append(String.format(Locale.ROOT, "hidden on %s: %s%n", result.target(), hidden))));
        targetResults.forEach(result -> hiddenCells(result)
                .forEach((rule, count) -> text.append(
                        String.format(Locale.ROOT, "hidden on %s: %d cells, by %s%n", result.target(), count, rule))));
        targetResults.stream()
                .filter(result -> result.counterexamples().isEmpty())
                .forEach(result -> {
                    Unreached.rules(result)
                            .ifPresent(rules -> text.append(
                                    String.format(Locale.ROOT, "never reached on %s: %s%n", result.target(), rules)));
                    Unreached.cells(result)
                            .filter(cells -> result.search().isEmpty())
                            .ifPresent(cells -> text.append(
                                    String.format(Locale.ROOT, "never hit on %s: %s%n", result.target(), cells)));
                });
        return text.toString();
    }

    /** Return how many cells each rule hides. */
    private static Map<String, Long> hiddenCells(TargetResult result) {
        return result.coverage().hidden().stream()
                .collect(Collectors.groupingBy(Coverage.Count::hiddenBy, TreeMap::new, Collectors.counting()));
    }

    /** Return a table of several kernels: a line for each target, a column for each kernel. */
    public static String comparison(List<Results> kernels) {
        Set<String> targets = new LinkedHashSet<>();
        kernels.forEach(results -> targets.addAll(results.targets()));
        List<List<String>> rows = new ArrayList<>();
        List<String> headings = new ArrayList<>(List.of("target"));
        kernels.forEach(results -> headings.add(results.settings().kernel()));
        rows.add(headings);
        for (String target : targets) {
            List<String> row = new ArrayList<>(List.of(target));
            kernels.forEach(results ->
                    row.add(results.on(target).map(TextReport::verdict).orElse("not judged")));
            rows.add(row);
        }
        return TextTable.of(rows, Set.of());
    }

    private static List<String> row(TargetResult result) {
        int holding = result.holding().size();
        Coverage coverage = result.coverage();
        double seconds = Math.max(1e-9, result.elapsed().toNanos() / 1e9);
        return List.of(
                result.target().name(),
                String.format(Locale.ROOT, "%,d", result.tries()),
                String.format(Locale.ROOT, "%,d", result.operations()),
                String.format(Locale.ROOT, "%,.0f", result.operations() / seconds),
                (holding - result.unreached().size()) + " of " + holding,
                (coverage.reachable() - coverage.empty().size()) + " of " + coverage.reachable(),
                String.format(Locale.ROOT, "%,d", coverage.states()),
                verdict(result));
    }

    private static String verdict(TargetResult result) {
        if (!result.counterexamples().isEmpty()) {
            return "DOES NOT CONFORM: "
                    + result.counterexamples().stream()
                            .map(found -> found.violation().rule().id())
                            .distinct()
                            .collect(Collectors.joining(", "));
        }
        if (result.search().isPresent()) {
            if (!result.search().get().isComplete()) {
                return "not enough: sequences were not tried";
            }
        } else if (!result.unreached().isEmpty()) {
            return "not enough: rules were never reached";
        } else if (!result.coverage().empty().isEmpty()) {
            return "not enough: cells were never hit";
        }
        int known = result.deviations().size();
        return "conforms" + (known == 0 ? "" : ", " + known + " known deviation" + (known == 1 ? "" : "s"));
    }

    /** Return what was done, what the rule says, what the kernel did, and how to replay it. */
    public static String counterexample(Counterexample found, Settings settings) {
        StringBuilder text =
                violation(found.history(), found.trace().operations().size(), found.violation());
        line(text, "repeats", found.repeated());
        if (settings.effort().exhaustive().isEmpty()) {
            line(text, "seed", Long.toString(settings.seed()));
        }
        line(text, "replay", ReplayLine.of(found, settings));
        return text.toString();
    }

    /** Return the verdict on a history. */
    public static String verdict(History history, Verdict verdict, Specification specification) {
        int operations = history.trace().operations().size();
        if (verdict.violation().isPresent()) {
            StringBuilder text =
                    violation(history, operations, verdict.violation().get());
            verdict.violations().stream().skip(1).forEach(other -> {
                line(
                        text,
                        "also",
                        "breaks " + other.rule().id() + ": " + other.rule().sentence());
                other.rule().source().places().forEach(place -> line(text, "source", place));
                writeWords(text, other);
            });
            return text.toString();
        }
        StringBuilder text = new StringBuilder();
        text.append(history.trace().target())
                .append(" on ")
                .append(history.environment().release())
                .append(" conforms to ")
                .append(specification.name())
                .append("\n\n");
        line(text, "judged", verdict.judged() + " of " + operations + " operations");
        RuleCheckWords.byRule(verdict.checks()).forEach((rule, words) -> line(text, "reached", rule + ": " + words));
        RuleCheckWords.notable(verdict.checks()).forEach((note, count) -> line(text, "note", note));
        verdict.newLines().forEach(printed -> line(text, "note", NEW_LINE + ": " + printed));
        RuleCheckWords.repeated(verdict.checks())
                .forEach((rule, count) -> line(text, "repeated", rule + ": " + count + " after EAGAIN"));
        return text.toString();
    }

    /** Report a violation; operations from {@code generated} on are the reading back. */
    private static StringBuilder violation(History history, int generated, Violation violation) {
        Environment environment = history.environment();
        Rule rule = violation.rule();
        StringBuilder text = new StringBuilder();
        text.append(history.trace().target())
                .append(" on ")
                .append(environment.release())
                .append(" breaks ")
                .append(rule.id())
                .append("\n\n");
        line(text, "rule", rule.sentence());
        rule.source().places().forEach(place -> line(text, "source", place));
        line(text, "limits", StatxLine.brief(environment));
        List<Operation> operations = history.trace().operations();
        for (int i = 0; i < generated; i++) {
            boolean here = violation.step().isPresent() && violation.step().get() == i;
            line(text, i == 0 ? "trace" : "", (i + 1) + ". " + operations.get(i) + (here ? "    <-- here" : ""));
        }
        violation
                .step()
                .filter(step -> step >= generated)
                .ifPresent(step ->
                        line(text, generated == 0 ? "trace" : "", "then: " + operations.get(step) + "    <-- here"));
        writeWords(text, violation);
        history.console().forEach(printed -> line(text, "console", printed));
        return text;
    }

    private static void writeWords(StringBuilder text, Violation violation) {
        ViolationWords words = ViolationWords.of(violation);
        line(text, "expected", words.expected());
        line(text, "actual", words.actual());
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "  %-9s %s%n", name, value));
    }
}
