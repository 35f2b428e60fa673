package io.untorn.conformance.wording;

import io.untorn.model.oracle.RuleCheck;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a rule was checked against, and the result: {@code 12 failed with EINVAL (required), 1 returned (notable)}. */
public final class RuleCheckWords {
    private RuleCheckWords() {}

    /** Return what each rule, by its id, was checked against, with how often. */
    public static SortedMap<String, String> byRule(Map<RuleCheck, Integer> checks) {
        SortedMap<String, Map<RuleCheck, Integer>> rules = new TreeMap<>();
        checks.forEach((one, count) ->
                rules.computeIfAbsent(one.rule(), first -> new HashMap<>()).put(one, count));
        SortedMap<String, String> words = new TreeMap<>();
        rules.forEach((rule, counts) -> words.put(rule, of(counts)));
        return words;
    }

    /** Return how many calls were repeated because they were asked to try again, by their rules. */
    public static SortedMap<String, Integer> repeated(Map<RuleCheck, Integer> checks) {
        SortedMap<String, Integer> repeated = new TreeMap<>();
        checks.forEach((check, count) -> {
            if (check.result() == RuleCheck.Result.REPEATED) {
                repeated.merge(check.rule(), count, Integer::sum);
            }
        });
        return repeated;
    }

    /** Return the notable outcomes, each with its rule, and how often each came. */
    public static SortedMap<String, Integer> notable(Map<RuleCheck, Integer> checks) {
        SortedMap<String, Integer> notable = new TreeMap<>();
        checks.forEach((check, count) -> {
            if (check.result() == RuleCheck.Result.NOTABLE) {
                notable.merge(check.rule() + ": " + against(check), count, Integer::sum);
            }
        });
        return notable;
    }

    private static String of(Map<RuleCheck, Integer> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<RuleCheck, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry::getKey, Comparator.comparing(RuleCheckWords::of)))
                .map(entry -> String.format(Locale.ROOT, "%,d ", entry.getValue()) + of(entry.getKey()))
                .collect(Collectors.joining(", "));
    }

    private static String of(RuleCheck one) {
        return against(one) + " (" + result(one) + ")";
    }

    private static String against(RuleCheck one) {
        return switch (one.against()) {
            case HISTORY -> "whole sequence";
            case RETURNED -> "returned";
            case FAILED -> "failed with " + one.errno().orElseThrow();
            case DATA -> "data";
            case EXTENTS -> "extents";
            case STATX -> "size and limits";
        };
    }

    private static String result(RuleCheck one) {
        return switch (one.result()) {
            case REQUIRED -> "required";
            case ALLOWED -> "allowed";
            case NOTABLE -> "notable";
            case REPEATED -> "repeated";
            case WORLD_RULED_OUT -> "ruled out a possible state";
            case HOLDS -> "holds";
            case BROKEN -> "broken";
        };
    }
}
