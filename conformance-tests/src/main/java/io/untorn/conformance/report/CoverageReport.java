package io.untorn.conformance.report;

import io.untorn.conformance.coverage.Coverage;
import io.untorn.conformance.coverage.Coverage.Count;
import io.untorn.conformance.file.ModelJson;
import io.untorn.conformance.result.TargetResult;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reports how often each cell was hit: as a table with a column for each target, and as JSON. */
public final class CoverageReport {
    static final String TABLE = "coverage.txt";

    private CoverageReport() {}

    /** What was counted on one target, in its file. */
    private record OnTarget(String target, int states, List<Count> cells) {}

    /**
     * Write {@code coverage.txt} and {@code coverage.json} to a folder.
     *
     * @return the table
     * @throws UntornException if they can't be written: a failure of machinery
     */
    public static Path save(Path folder, Collection<TargetResult> targetResults) {
        Path table = folder.resolve(TABLE);
        List<OnTarget> counted = targetResults.stream()
                .map(result -> new OnTarget(
                        result.target().name(),
                        result.coverage().states(),
                        result.coverage().cells()))
                .toList();
        try {
            Files.createDirectories(folder);
            Files.writeString(table, table(targetResults));
            Files.writeString(folder.resolve("coverage.json"), ModelJson.MAPPER.writeValueAsString(counted) + "\n");
        } catch (IOException e) {
            throw UntornException.machinery("can't write what was counted to " + folder + ": " + e, e);
        }
        return table;
    }

    /** Return a table for each dimension: a line for each cell, and how often each target hit it. */
    public static String table(Collection<TargetResult> targetResults) {
        List<Map<String, Count>> columns =
                targetResults.stream().map(result -> byName(result.coverage())).toList();
        Map<String, Set<String>> lines = new LinkedHashMap<>();
        columns.forEach(column ->
                column.forEach((name, count) -> lines.computeIfAbsent(count.dimension(), first -> new LinkedHashSet<>())
                        .add(name)));
        StringBuilder text = new StringBuilder();
        lines.forEach((dimension, names) -> {
            List<List<String>> rows = new ArrayList<>();
            rows.add(row(
                    dimension,
                    targetResults.stream().map(result -> result.target().name()).toList()));
            names.forEach(name -> rows.add(row(
                    "  " + name.substring(dimension.length() + 2),
                    columns.stream().map(column -> words(column.get(name))).toList())));
            Set<Integer> numbers =
                    IntStream.rangeClosed(1, columns.size()).boxed().collect(Collectors.toSet());
            text.append(TextTable.of(rows, numbers)).append('\n');
        });
        return text.toString();
    }

    private static Map<String, Count> byName(Coverage coverage) {
        Map<String, Count> byName = new LinkedHashMap<>();
        coverage.cells().forEach(count -> byName.put(count.toString(), count));
        return byName;
    }

    private static List<String> row(String name, List<String> values) {
        List<String> row = new ArrayList<>(List.of(name));
        row.addAll(values);
        return row;
    }

    private static String words(Count count) {
        if (count.isEmpty()) {
            return "never";
        }
        if (count.reachable() || count.hits() > 0) {
            return String.format(Locale.ROOT, "%,d", count.hits());
        }
        return count.hiddenBy().isEmpty() ? "-" : "hidden";
    }
}
