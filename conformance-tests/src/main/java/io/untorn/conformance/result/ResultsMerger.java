package io.untorn.conformance.result;

import io.untorn.vm.host.UntornException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Merges the results of runs that shared the work on a kernel. */
public final class ResultsMerger {
    private final Results first;
    private final List<Results> parts;

    private ResultsMerger(List<Results> parts) {
        this.first = parts.get(0);
        this.parts = parts;
    }

    /**
     * Merge results, kernel by kernel.
     *
     * @return one for each kernel, in the order of their first parts; it has failed if shards are missing
     * @throws UntornException if runs on one kernel don't belong together, or did the same: the caller's mistake
     */
    public static List<Results> merge(List<Results> parts) {
        Map<String, List<Results>> byKernel = new LinkedHashMap<>();
        parts.forEach(part -> byKernel.computeIfAbsent(kernel(part), first -> new ArrayList<>())
                .add(part));
        return byKernel.values().stream()
                .map(those -> new ResultsMerger(those).merged())
                .toList();
    }

    private static String kernel(Results part) {
        return part.settings().kernel()
                + part.settings().modules().map(Path::toString).orElse("");
    }

    private Results merged() {
        parts.forEach(this::requireAlike);
        requireDifferentSeeds();
        Map<String, TargetResult> targetResults = new LinkedHashMap<>();
        for (Results part : parts) {
            for (TargetResult result : part.targetResults()) {
                targetResults.merge(result.target().name(), result, this::sum);
            }
        }
        Set<String> targets = new LinkedHashSet<>();
        parts.forEach(part -> targets.addAll(part.targets()));
        Optional<UntornException> failure = parts.stream()
                .flatMap(part -> part.failure().stream())
                .findFirst()
                .or(this::missing);
        return new Results(
                first.settings(),
                Shard.WHOLE,
                List.copyOf(targets),
                failure,
                targets.stream()
                        .filter(targetResults::containsKey)
                        .map(targetResults::get)
                        .toList());
    }

    private TargetResult sum(TargetResult one, TargetResult other) {
        if (!one.environment().equals(other.environment())) {
            throw UntornException.caller("these runs don't belong together: on " + one.target() + " one found "
                    + one.environment() + ", and another " + other.environment());
        }
        return one.joined(other);
    }

    private void requireAlike(Results part) {
        Settings wanted = first.settings();
        Settings settings = part.settings();
        if (!wanted.policy().equals(settings.policy())
                || wanted.fault() != settings.fault()
                || !wanted.specification().equals(settings.specification())) {
            throw UntornException.caller("the runs in " + wanted.output() + " and " + settings.output()
                    + " don't belong together: --strict, --fixed, --spec or --seeded-fault differ");
        }
        if (part.shard().of() != first.shard().of()) {
            throw UntornException.caller("the runs in " + wanted.output() + " and " + settings.output()
                    + " don't belong together: one is shard " + first.shard() + ", the other " + part.shard());
        }
    }

    private void requireDifferentSeeds() {
        Map<Long, Results> bySeed = new HashMap<>();
        for (Results part : parts) {
            Results same = bySeed.put(part.settings().seed(), part);
            if (same != null) {
                throw UntornException.caller("the runs in " + same.settings().output() + " and "
                        + part.settings().output() + " tried the same sequences, of seed "
                        + part.settings().seed() + ": name one of them, or run them as shards (--shard 1/2, 2/2)");
            }
        }
    }

    private Optional<UntornException> missing() {
        Set<Integer> there = new HashSet<>();
        parts.forEach(part -> there.add(part.shard().number()));
        String missing = IntStream.rangeClosed(1, first.shard().of())
                .filter(number -> !there.contains(number))
                .mapToObj(number -> number + "/" + first.shard().of())
                .collect(Collectors.joining(", "));
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(UntornException.machinery(
                        "of the runs on " + first.settings().kernel() + " these are missing: shard " + missing));
    }
}
