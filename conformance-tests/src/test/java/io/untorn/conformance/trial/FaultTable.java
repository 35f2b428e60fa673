package io.untorn.conformance.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.simulated.SimulatedFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Faults seeded in the simulated kernel and how they were found: the table in docs/seeded-faults.md. */
public final class FaultTable {
    private static final Pattern MARKED = Pattern.compile("(?s)<!-- seeded faults -->\n(.*)\n<!-- /seeded faults -->");
    private static final Pattern ROW =
            Pattern.compile("\\| `([A-Z0-9_]+)` +\\| ([a-z0-9-]+) +\\| ([a-z0-9-]+) +\\| +[\\d,]+ \\| +(\\d+) \\|.*");

    private final Map<SimulatedFault, String> rows = new EnumMap<>(SimulatedFault.class);

    /**
     * A fault, what it breaks and how short that can be shown.
     *
     * @param target where it is looked for: one that can show it
     * @param rules the ids of the rules that may be blamed by that trace
     * @param operations in the shortest trace that shows it
     */
    public record Known(SimulatedFault fault, String target, List<String> rules, int operations) {
        /** Parse a line: the fault, the target, its rules with bars between, the number of operations. */
        public static Known parse(String line) {
            List<String> parts = Arrays.asList(line.split(", "));
            return new Known(
                    SimulatedFault.valueOf(parts.get(0)),
                    parts.get(1),
                    Arrays.asList(parts.get(2).split("\\|")),
                    Integer.parseInt(parts.get(3)));
        }

        /** Check that it was found as it must be: as short as can be, and by one of the rules; {@code where} is told if not. */
        public void check(String rule, int shortest, Object where) {
            assertThat(shortest).as("operations that show %s: %s", fault, where).isEqualTo(operations);
            assertThat(rule).as("rule that %s breaks: %s", fault, where).isIn(rules);
        }
    }

    /** Return the processor time that this thread has used, in nanoseconds: it does not depend on what else runs. */
    public static long now() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /**
     * Add a row.
     *
     * @param nanos processor time until it was found, made short and confirmed
     */
    public void add(Known known, String rule, int tries, int operations, long nanos) {
        rows.put(
                known.fault,
                String.format(
                        Locale.ROOT,
                        "| %-31s | %-13s | %-37s | %5d | %10d | %7.1f |",
                        "`" + known.fault + "`",
                        known.target,
                        rule,
                        tries,
                        operations,
                        nanos / 1e9));
    }

    /** Print the rows as docs/seeded-faults.md shows them. */
    public void print() {
        System.out.printf(
                Locale.ROOT,
                "| %-31s | %-13s | %-37s | %5s | %10s | %7s |%n|---|---|---|--:|--:|--:|%n%s%n",
                "fault",
                "target",
                "rule",
                "tries",
                "operations",
                "seconds",
                rows.values().stream().collect(Collectors.joining(System.lineSeparator())));
    }

    /** Check that the page has a row for each of these faults, which says what is true of it. */
    public static void checkReadme(List<Known> faults) {
        List<String> told = readme();
        assertThat(faults).allSatisfy(known -> assertThat(told)
                .as("the table in docs/seeded-faults.md, which SeededFaultTest and RfcSpecificationTest print")
                .filteredOn(row -> row.startsWith("| `" + known.fault + "` "))
                .singleElement()
                .satisfies(row -> {
                    var matcher = ROW.matcher(row);
                    assertThat(matcher.matches()).as(row).isTrue();
                    assertThat(matcher.group(2)).isEqualTo(known.target);
                    known.check(matcher.group(3), Integer.parseInt(matcher.group(4)), "docs/seeded-faults.md");
                }));
    }

    private static List<String> readme() {
        try {
            var matcher = MARKED.matcher(Files.readString(Path.of("../docs/seeded-faults.md")));
            assertThat(matcher.find()).as("the table in docs/seeded-faults.md").isTrue();
            return matcher.group(1).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
