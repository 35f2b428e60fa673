package io.untorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page on broken machinery says what its tests look for. */
final class MachineryFaultsPageTest {
    private static final Path PAGE = Path.of("../docs/machinery-faults.md");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Pattern TEST = Pattern.compile("@Test\\s+(?:static )?void (\\w+)\\(");

    /** One row: the words that are looked for, the exit codes, and the test that does so. */
    record Row(List<String> words, List<String> exitCodes, String testClass, String test) {
        static Row of(String line) {
            String[] cells = line.split("\\|", -1);
            String[] test = quoted(cells[4]).get(0).split("\\.", -1);
            return new Row(quoted(cells[2]), List.of(cells[3].strip().split(", ")), test[0], test[1]);
        }

        private static List<String> quoted(String cell) {
            return QUOTED.matcher(cell).results().map(found -> found.group(1)).toList();
        }
    }

    static Stream<Row> rows() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| ") && line.endsWith("` |"))
                .map(Row::of);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aTestLooksForWhatTheRowSays(Row row) throws IOException {
        String source = source(row.testClass());
        assertThat(source).contains("void " + row.test() + "(");
        assertThat(row.words()).allSatisfy(words -> assertThat(source).contains(words));
        assertThat(row.exitCodes()).allSatisfy(code -> assertThat(source).matches(text -> switch (code) {
            case "-", "137" -> true;
            case "3" -> text.contains("assertMessage(3") || text.contains("Category.MACHINERY");
            default -> text.contains("assertMessage(" + code) || text.contains(", " + code);
        }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MachineFaultsIT", "MachineryFailureIT", "EndedEarlyIT"})
    void eachTestHasARow(String testClass) throws IOException {
        assertThat(rows().map(Row::test))
                .containsAll(TEST.matcher(source(testClass))
                        .results()
                        .map(found -> found.group(1))
                        .toList());
    }

    @Test
    void thePageHasRows() throws IOException {
        assertThat(rows()).hasSizeGreaterThan(15);
    }

    private static String source(String testClass) throws IOException {
        for (Path tests : List.of(Path.of("../vm-runner/src/test/java"), Path.of("src/test/java"))) {
            try (Stream<Path> files = Files.walk(tests)) {
                Optional<Path> found =
                        files.filter(file -> file.endsWith(testClass + ".java")).findFirst();
                if (found.isPresent()) {
                    return Files.readString(found.get());
                }
            }
        }
        throw new AssertionError("no test class " + testClass);
    }
}
