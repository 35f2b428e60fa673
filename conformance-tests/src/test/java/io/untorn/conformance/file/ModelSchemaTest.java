package io.untorn.conformance.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.untorn.conformance.judge.KnownDeviationsFile;
import io.untorn.conformance.run.Simulated;
import io.untorn.model.history.Environment;
import io.untorn.model.history.Trace;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import io.untorn.simulated.SimulatedKernel;
import io.untorn.simulated.SimulatedMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds files against the schemas by a validator that is not the kit's own. */
final class ModelSchemaTest {
    private static final Path ROOT = Path.of("..");
    private static final JsonSchema TRACES = schema(TraceFile.schema());
    private static final JsonSchema HISTORIES = schema(HistoryFile.schema());
    private static final String TRACE =
            """
            {
              "version": 2,
              "target": {"name": "xfs", "kind": "XFS", "blockSize": 4096, "clusterSize": 4096, "reflink": true},
              "operations": [
                {"operation": "read", "access": "DIRECT", "offset": 0, "length": 4096},
                {"operation": "sync", "way": "FSYNC"}
              ]
            }
            """;

    @TempDir
    Path folder;

    private static JsonSchema schema(String text) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(text);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theSchemaFollowsFromTheTypes(String kind, String generated) throws IOException {
        assertThat(Files.readString(ROOT.resolve("docs/" + kind + ".schema.json"))
                        .equals(generated))
                .withFailMessage(
                        "docs/%s.schema.json is not what the types say; write it anew with: "
                                + "./untorn schema %s > docs/%s.schema.json",
                        kind, kind, kind)
                .isTrue();
    }

    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of("trace", TraceFile.schema()),
                Arguments.of("history", HistoryFile.schema()),
                Arguments.of("known-deviations", KnownDeviationsFile.schema()));
    }

    @Test
    void theShippedListOfKnownDeviationsIsValid() throws IOException {
        String list = Files.readString(Path.of("src/main/resources/io/untorn/conformance/judge/known-deviations.json"));

        assertThat(mistakes(schema(KnownDeviationsFile.schema()), list)).isEmpty();
        assertThat(mistakes(schema(KnownDeviationsFile.schema()), list.replace("\"errno\"", "\"error\"")))
                .isNotEmpty();
    }

    static List<Path> findings() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT.resolve("findings"))) {
            List<Path> traces =
                    folders.map(folder -> folder.resolve("trace.json")).sorted().toList();
            assertThat(traces).isNotEmpty();
            return traces;
        }
    }

    @ParameterizedTest
    @MethodSource("findings")
    void aFindingsTraceIsValid(Path trace) throws IOException {
        assertThat(mistakes(TRACES, Files.readString(trace))).isEmpty();
    }

    @Test
    void theExamplesOfThePageAreValid() throws IOException {
        List<String> examples = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(ROOT.resolve("docs/trace-file.md")))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();

        assertThat(examples).hasSize(2);
        assertThat(mistakes(TRACES, examples.get(0))).isEmpty();
        assertThat(mistakes(HISTORIES, examples.get(1))).isEmpty();
        assertThat(mistakes(HISTORIES, examples.get(0))).isNotEmpty();
        assertThat(mistakes(TRACES, examples.get(1))).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(TargetKind.class)
    void whatTheKitWritesIsValid(TargetKind kind) throws IOException {
        Target target = new Target("some", kind, 4096, 4096, kind == TargetKind.XFS);
        SimulatedKernel kernel = new SimulatedKernel(SimulatedMachine.linux("7.3.4"));
        Environment environment = kernel.prepare(target);
        Path file = folder.resolve("file.json");
        for (Trace trace : Simulated.traces(target, environment, kernel.facilities(), 50)) {
            TraceFile.write(file, trace);
            assertThat(mistakes(TRACES, Files.readString(file)))
                    .as(trace.toString())
                    .isEmpty();
            HistoryFile.write(file, kernel.run(trace.withReadBack()));
            assertThat(mistakes(HISTORIES, Files.readString(file)))
                    .as(trace.toString())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"version\": 2   | \"version\": 1",
                "\"version\": 2,  | ``",
                "\"XFS\"          | \"NTFS\"",
                "\"xfs\"          | 7",
                "\"blockSize\": 4096, | ``",
                "\"read\"         | \"raed\"",
                "\"operation\": \"read\", | ``",
                "\"offset\": 0,   | ``",
                "\"offset\": 0    | \"offset\": 0, \"x\": 1",
                "\"offset\": 0    | \"offset\": -8",
                "\"offset\": 0    | \"offset\": 9223370937343148040",
                "\"offset\": 0    | \"offset\": 0.5",
                "\"offset\": 0    | \"offset\": \"0\"",
                "\"offset\": 0    | \"offset\": null",
                "\"length\": 4096 | \"length\": 16777224",
                "\"DIRECT\"       | \"DIRCT\"",
                "\"FSYNC\"        | \"LIVE\"",
                "true             | 1",
                "[                | [ null,",
            })
    void aBrokenTraceIsNot(String part, String instead) {
        assertThat(mistakes(TRACES, TRACE)).isEmpty();
        assertThat(TRACE).contains(part);

        assertThat(mistakes(TRACES, TRACE.replace(part, instead))).isNotEmpty();
    }

    private static Set<ValidationMessage> mistakes(JsonSchema schema, String text) {
        return schema.validate(text, InputFormat.JSON);
    }
}
