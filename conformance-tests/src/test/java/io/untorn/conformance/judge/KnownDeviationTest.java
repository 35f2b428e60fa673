package io.untorn.conformance.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.untorn.conformance.file.TraceFile;
import io.untorn.conformance.run.Simulated;
import io.untorn.conformance.wording.ViolationWords;
import io.untorn.kernelconfigs.TargetMatrix;
import io.untorn.model.console.OperationMark;
import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Origin;
import io.untorn.model.history.Environment;
import io.untorn.model.history.Errno;
import io.untorn.model.history.History;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Step;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.RwFlags;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Specification;
import io.untorn.model.rules.Specifications;
import io.untorn.model.target.KernelVersion;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import io.untorn.simulated.SimulatedKernel;
import io.untorn.simulated.SimulatedMachine;
import io.untorn.vm.Targets;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the list of known deviations against the rules, and against the findings' folders. */
final class KnownDeviationTest {
    private static final Path ROOT = Path.of("..");
    private static final List<KnownDeviation> LIST = KnownDeviation.shipped();
    private static final RwFlags APPEND = RwFlags.NONE.with(RwFlag.APPEND);

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
                Set<String> rules = Specifications.linux(KernelVersion.parse(deviation.since()), kind).rules().stream()
                        .map(Rule::id)
                        .collect(Collectors.toSet());
                assertThat(rules).containsAll(deviation.rules());
            }
        });
    }

    @Test
    void eachWasSeenBeforeItWasFixed() {
        assertThat(LIST).allSatisfy(deviation -> {
            KernelVersion since = KernelVersion.parse(deviation.since());
            if (!deviation.before().isEmpty()) {
                assertThat(since)
                        .matches(
                                version -> !version.isAtLeast(KernelVersion.parse(deviation.before())),
                                "is older than " + deviation.before());
            }
        });
    }

    @Test
    void aMistakeInTheListIsReportedWithItsPlace() {
        String list =
                """
                {"version": 1, "deviations": [
                  {"id": "memory-alignment-not-checked", "rules": ["no-splat"], "targets": ["XFS"],
                   "actual": %s,
                   "since": "6.16", "before": "", "cause": "", "upstream": "", "finding": ""}]}
                """;

        assertThat(KnownDeviationsFile.parse("list.json", list.formatted("{\"match\": \"returned\", \"least\": 1}")))
                .extracting(KnownDeviation::actual)
                .containsExactly(new KnownDeviation.Returned(1));
        mistake(list, "{\"match\": \"returned\"}", "'least' is missing");
        mistake(
                list,
                "{\"match\": \"returns\", \"least\": 1}",
                "unknown match 'returns'; there are: returned, failed,");
        mistake(list, "{\"match\": \"failed\", \"errno\": \"EOI\"}", "no error is called 'EOI'");
        mistake(list, "{\"match\": \"wrong-data\", \"found\": []}", "'found' must name one of ZEROS, WRITTEN, FOREIGN");
        mistake(list, "\"returned .*\"", "\"match\" is missing; there are: returned, failed");
    }

    private static void mistake(String list, String actual, String reason) {
        assertThatThrownBy(() -> KnownDeviationsFile.parse("list.json", list.formatted(actual)))
                .isInstanceOf(UntornException.class)
                .hasMessageStartingWith("list.json, line 3, column ")
                .hasMessageContaining("is not a list of known deviations: ")
                .hasMessageContaining(reason);
    }

    private static String warning(String function) {
        return "[    1.0] WARNING: fs/iomap/direct-io.c:302 at " + function + "+0x1/0x2, CPU#0: java/93";
    }

    @Test
    void aKnownDeviationHidesNoOtherViolation() {
        Write missing = Write.atomic(0, 4096).with(new Buffer(0, 512));
        Trace trace = new Trace(Simulated.EXT4, List.of(missing));
        try (SimulatedKernel kernel = new SimulatedKernel(SimulatedMachine.linux("7.3.4"))) {
            Environment environment = kernel.prepare(Simulated.EXT4);
            List<Step> refused = List.of(new Step(missing, 0, 1, new Outcome.Failed(Errno.EIO)));
            String mark = "[    1.0] " + OperationMark.before(0);
            List<String> known = List.of(mark, warning("iomap_dio_bio_iter"));
            List<String> unknown = List.of(
                    mark, known.get(1), "[    1.0] ---[ end trace 0000000000000000 ]---", warning("iomap_dio_done"));

            assertThat(shown(kernel.run(trace).withConsole(known))).satisfies(error -> {
                assertThat(error).matches(NonconformanceError::isKnown, "is known");
                assertThat(error.deviations())
                        .extracting(KnownDeviation::id)
                        .containsExactly("iomap-warns-of-missing-memory");
            });
            assertThat(shown(kernel.run(trace).withConsole(unknown))).satisfies(error -> {
                assertThat(error).matches(one -> !one.isKnown(), "is not known");
                assertThat(ViolationWords.of(error.violation()).actual()).contains("iomap_dio_done");
            });
            assertThat(shown(new History(trace, environment, refused, List.of(), known)))
                    .satisfies(error -> {
                        assertThat(error).matches(one -> !one.isKnown(), "is not known");
                        assertThat(error.violation().step()).hasValue(0);
                    });
        }
    }

    @Test
    void wrongDataIsNotKnownAfterOrdinaryWritesAlone() {
        Write append = Write.plain(Access.DIRECT, 0, 8192).with(APPEND);
        Operation[] ordinary = {
            append, append.with(Access.BUFFERED), append.sized(512), append, Write.plain(Access.BUFFERED, 0, 512)
        };

        for (String release : List.of("6.1.192", "6.12.118", "6.16.12", "6.18.15", "7.0.13", "7.3.4")) {
            for (Target target : List.of(Simulated.EXT4, Simulated.XFS)) {
                for (Origin origin : List.of(Origin.ZERO, new Origin.Written(0, 8), new Origin.Foreign(1))) {
                    assertThat(known(release, target, 41472, 0, 512, origin, ordinary))
                            .as("%s, %s, %s", release, target.name(), origin)
                            .isEmpty();
                    assertThat(known(release, target, 41472, 32768, 512, origin, ordinary))
                            .as("%s, %s, %s", release, target.name(), origin)
                            .isEmpty();
                }
            }
        }
    }

    /**
     * Return the ids of the known deviations that explain wrong bytes after a plain write of 16384 bytes and other
     * operations; none if something is not explained.
     */
    private static List<String> known(
            String release, Target target, int length, int offset, int wrong, Origin origin, Operation... others) {
        List<Operation> operations = new ArrayList<>(List.of(Write.plain(Access.DIRECT, 0, 16384)));
        operations.addAll(List.of(others));
        operations.add(Read.plain(Access.DIRECT, 0, length));
        try (SimulatedKernel kernel = new SimulatedKernel(SimulatedMachine.linux(release))) {
            kernel.prepare(target);
            History history = kernel.run(new Trace(target, operations));
            List<Step> steps = new ArrayList<>(history.steps());
            Step read = steps.remove(steps.size() - 1);
            Contents there = ((Outcome.ReadBack) read.outcome()).contents();
            steps.add(new Step(
                    read.operation(),
                    read.invoked(),
                    read.returned(),
                    new Outcome.ReadBack(there.with(offset, wrong, origin))));
            NonconformanceError error =
                    shown(new History(history.trace(), history.environment(), steps, List.of(), List.of()));
            return error.isKnown()
                    ? error.deviations().stream().map(KnownDeviation::id).toList()
                    : List.of();
        }
    }

    private static NonconformanceError shown(History history) {
        Specification specification =
                Judge.specification(Optional.empty(), history.trace().target(), history.environment());
        return NonconformanceError.of(history.trace(), history, Judge.judge(history, specification), LIST);
    }

    @Test
    void aWithheldDeviationHasNoFinding() {
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
                .distinct()
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
            assertThat(Targets.named(TargetMatrix.load(), trace.target().name()).target())
                    .isEqualTo(trace.target());
        });
    }
}
