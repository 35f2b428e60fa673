package io.untorn.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.model.Environment;
import io.untorn.model.Errno;
import io.untorn.model.History;
import io.untorn.model.KernelVersion;
import io.untorn.model.Outcome;
import io.untorn.model.Rule;
import io.untorn.model.Specification;
import io.untorn.model.Step;
import io.untorn.model.TargetKind;
import io.untorn.model.Trace;
import io.untorn.model.Verdict;
import io.untorn.model.Write;
import io.untorn.simulated.Machine;
import io.untorn.simulated.SimulatedKernel;
import io.untorn.vm.TargetMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the list of known deviations against the rules, and against the findings' folders. */
final class KnownDeviationTest {
    private static final Path ROOT = Path.of("..");
    private static final List<KnownDeviation> LIST = KnownDeviation.load();

    @Test
    void eachHasANameOfItsOwn() {
        assertThat(LIST).extracting(KnownDeviation::id).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    void eachNamesRulesThatHoldWhereItShows() {
        assertThat(LIST).allSatisfy(deviation -> {
            assertThat(deviation.rules()).isNotEmpty();
            assertThat(deviation.targets()).isNotEmpty();
            for (TargetKind kind : deviation.targets()) {
                Set<String> rules = Specification.linux(KernelVersion.parse(deviation.since()), kind).rules().stream()
                        .map(Rule::id)
                        .collect(Collectors.toSet());
                assertThat(rules).containsAll(deviation.rules());
                assertThat(rules).containsAll(deviation.after());
            }
        });
    }

    @Test
    void eachWasSeenBeforeItWasMended() {
        assertThat(LIST).allSatisfy(deviation -> {
            Pattern.compile(deviation.actual());
            KernelVersion since = KernelVersion.parse(deviation.since());
            if (!deviation.before().isEmpty()) {
                assertThat(since.isAtLeast(KernelVersion.parse(deviation.before())))
                        .isFalse();
            }
        });
    }

    @Test
    void oneDoesNotHideWhatElseIsBroken() {
        Trace trace = new Trace(Simulated.EXT4, List.of(Write.atomic(0, 4096)));
        try (SimulatedKernel kernel = new SimulatedKernel(Machine.linux("7.3.4"))) {
            Environment environment = kernel.prepare(Simulated.EXT4);
            List<Step> refused = List.of(new Step(Write.atomic(0, 4096), 0, 1, new Outcome.Failed(Errno.EIO)));
            List<String> known = List.of("WARNING: fs/iomap/direct-io.c:302 at iomap_dio_bio_iter+0x1/0x2, CPU#0");
            List<String> unknown = List.of(known.get(0), "WARNING: fs/iomap/direct-io.c:302 at iomap_dio_done+0x1/0x2");

            assertThat(shown(kernel.run(trace).withConsole(known))).satisfies(error -> {
                assertThat(error.isKnown()).isTrue();
                assertThat(error.deviations())
                        .extracting(KnownDeviation::id)
                        .containsExactly("iomap-warns-of-missing-memory");
            });
            assertThat(shown(kernel.run(trace).withConsole(unknown))).satisfies(error -> {
                assertThat(error.isKnown()).isFalse();
                assertThat(error.violation().actual()).isEqualTo(unknown.get(1));
            });
            assertThat(shown(new History(trace, environment, refused, List.of(), known)))
                    .satisfies(error -> {
                        assertThat(error.isKnown()).isFalse();
                        assertThat(error.violation().step()).hasValue(0);
                    });
        }
    }

    private static NonconformanceError shown(History history) {
        Verdict verdict =
                Judge.judge(history, Judge.specification(Optional.empty(), Simulated.EXT4, history.environment()));
        return NonconformanceError.of(history.trace(), history, verdict, LIST);
    }

    @Test
    void whatIsWithheldHasNoFinding() {
        assertThat(LIST)
                .filteredOn(deviation -> deviation.cause().equals("withheld"))
                .isNotEmpty()
                .allSatisfy(deviation -> {
                    assertThat(deviation.upstream()).isEqualTo("withheld");
                    assertThat(deviation.finding()).isEmpty();
                });
    }

    @Test
    void eachFindingIsInTheListTheReadmeAndAFolder() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        List<String> named = LIST.stream()
                .map(KnownDeviation::finding)
                .filter(finding -> !finding.isEmpty())
                .toList();
        try (Stream<Path> folders = Files.list(ROOT.resolve("findings"))) {
            assertThat(folders.map(folder -> "findings/" + folder.getFileName()))
                    .containsExactlyInAnyOrderElementsOf(named);
        }
        assertThat(named).allSatisfy(finding -> {
            assertThat(readme).contains("(" + finding + "/report.md)");
            assertThat(ROOT.resolve(finding).resolve("report.md")).isNotEmptyFile();
            Trace trace = TraceFile.read(ROOT.resolve(finding).resolve("trace.json"));
            assertThat(trace.operations()).isNotEmpty().allSatisfy(operation -> assertThat(operation)
                    .hasNoNullFieldsOrProperties());
            assertThat(TargetMatrix.load().named(trace.target().name()).target())
                    .isEqualTo(trace.target());
        });
    }
}
