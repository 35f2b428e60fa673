package io.untorn.cli;

import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Specification;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The differences between two specifications of one kind of target.
 *
 * @param gone the rules that only the first has, in its order
 * @param added the rules that only the second has, in its order
 * @param changed the rules that both have but that differ, in the order of the second
 */
record SpecificationChanges(List<Rule> gone, List<Rule> added, List<Change> changed) {
    private static final String NOTHING = "(nothing)";

    /** The differences of one rule. */
    record Change(Rule rule, List<Difference> differences) {}

    /** One difference. */
    record Difference(String what, String before, String after) {}

    /** Compare two specifications, matching rules by id. */
    static SpecificationChanges between(Specification before, Specification after) {
        Map<String, Rule> old = byId(before);
        Map<String, Rule> young = byId(after);
        List<String> oldOrder = shared(before, young);
        List<String> youngOrder = shared(after, old);
        Set<String> inPlace = longestCommonOrder(oldOrder, youngOrder);
        List<Change> changed = new ArrayList<>();
        for (String id : youngOrder) {
            List<Difference> differences = new ArrayList<>(differences(old.get(id), young.get(id)));
            if (!inPlace.contains(id)) {
                differences.add(new Difference(
                        "place", "after " + beforeIt(oldOrder, id), "after " + beforeIt(youngOrder, id)));
            }
            if (!differences.isEmpty()) {
                changed.add(new Change(young.get(id), differences));
            }
        }
        return new SpecificationChanges(
                before.rules().stream()
                        .filter(rule -> !young.containsKey(rule.id()))
                        .toList(),
                after.rules().stream()
                        .filter(rule -> !old.containsKey(rule.id()))
                        .toList(),
                changed);
    }

    boolean isEmpty() {
        return gone.isEmpty() && added.isEmpty() && changed.isEmpty();
    }

    private static Map<String, Rule> byId(Specification specification) {
        return specification.rules().stream().collect(Collectors.toMap(Rule::id, Function.identity()));
    }

    private static List<String> shared(Specification specification, Map<String, Rule> others) {
        return specification.rules().stream()
                .map(Rule::id)
                .filter(others::containsKey)
                .toList();
    }

    private static String beforeIt(List<String> order, String id) {
        int place = order.indexOf(id);
        return place == 0 ? NOTHING : order.get(place - 1);
    }

    private static List<Difference> differences(Rule before, Rule after) {
        List<Difference> differences = new ArrayList<>();
        compare(differences, "sentence", before, after, Rule::sentence);
        compare(differences, "required", before, after, rule -> RuleText.required(rule)
                .orElse(""));
        compare(differences, "marks", before, after, rule -> String.join(", ", RuleText.marks(rule)));
        compare(differences, "holds", before, after, rule -> rule.scope()
                .support()
                .toString());
        compare(differences, "source", before, after, rule -> rule.source().toString());
        return differences;
    }

    private static void compare(
            List<Difference> differences, String what, Rule before, Rule after, Function<Rule, String> words) {
        String old = words.apply(before);
        String young = words.apply(after);
        if (!Objects.equals(old, young)) {
            differences.add(new Difference(what, old.isEmpty() ? NOTHING : old, young.isEmpty() ? NOTHING : young));
        }
    }

    /** Return a largest set of ids that have the same order in both; the others moved. */
    private static Set<String> longestCommonOrder(List<String> one, List<String> other) {
        int[][] longest = new int[one.size() + 1][other.size() + 1];
        for (int i = one.size() - 1; i >= 0; i--) {
            for (int j = other.size() - 1; j >= 0; j--) {
                longest[i][j] = one.get(i).equals(other.get(j))
                        ? longest[i + 1][j + 1] + 1
                        : Math.max(longest[i + 1][j], longest[i][j + 1]);
            }
        }
        Set<String> common = new HashSet<>();
        for (int i = 0, j = 0; i < one.size() && j < other.size(); ) {
            if (one.get(i).equals(other.get(j))) {
                common.add(one.get(i));
                i++;
                j++;
            } else if (longest[i + 1][j] >= longest[i][j + 1]) {
                i++;
            } else {
                j++;
            }
        }
        return Collections.unmodifiableSet(common);
    }
}
