package io.untorn.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.conformance.finding.Counterexample;
import io.untorn.conformance.finding.Findings;
import io.untorn.conformance.finding.SignatureFile;
import io.untorn.conformance.judge.Judge;
import io.untorn.conformance.judge.NonconformanceError;
import io.untorn.conformance.judge.Signature;
import io.untorn.conformance.run.Session;
import io.untorn.conformance.run.Simulated;
import io.untorn.conformance.run.TargetRun;
import io.untorn.model.history.Environment;
import io.untorn.model.history.Errno;
import io.untorn.model.history.History;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Step;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Specification;
import io.untorn.simulated.SimulatedFault;
import io.untorn.simulated.SimulatedKernel;
import io.untorn.simulated.SimulatedMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keeps findings of a simulated kernel and looks at the files. */
final class FindingsTest {
    private static final Write MISALIGNED = Write.atomic(512, 1024);

    @TempDir
    Path folder;

    @Test
    void aFindingHasAllFiles() throws IOException {
        try (Session session = Simulated.session(
                SimulatedMachine.linux("7.3.4").with(SimulatedFault.MISALIGNED_OFFSET_ACCEPTED), 1, folder)) {
            TargetRun run = session.prepare("bdev");
            Trace trace = new Trace(Simulated.DEVICE, List.of(MISALIGNED));
            Counterexample found = run.keep(broken(run, trace)).found();
            Path place = folder.resolve("findings/bdev-offset-naturally-aligned");
            assertThat(found.file()).isEqualTo(place.resolve("trace.json"));
            for (String file : List.of(
                    "trace.json",
                    "history.json",
                    "reproducer.c",
                    "reproducer.sh",
                    "fstest/tests/generic/900",
                    "fstest/tests/generic/900.out")) {
                assertThat(place.resolve(file)).isNotEmptyFile();
            }
            String report = Files.readString(place.resolve("report.md"));
            assertThat(report).contains("- `offset-naturally-aligned`: 1 returned (broken)\n");
            assertThat(report.replace('\n', ' '))
                    .startsWith("# bdev: " + MISALIGNED + ": returned 1024 (offset-naturally-aligned) ")
                    .contains("3 of 3", "reproducer.c was not run: this kernel runs no programs")
                    .contains("Step 1: failed with EINVAL.", "- pwritev2(2), RWF_ATOMIC")
                    .contains("Signature: `offset-naturally-aligned: returned N`")
                    .doesNotContain("Sensitive");
        }
    }

    @Test
    void aFolderWithABrokenSignatureIsLeftAlone() throws IOException {
        Path first = fileFor(answered(new Outcome.Returned(4096)));
        Files.createDirectories(first.resolveSibling("."));
        Files.writeString(first.resolveSibling("signature.json"), "{\"version\" : 1,");

        assertThat(fileFor(answered(new Outcome.Returned(4096))))
                .isEqualTo(folder.resolve("findings/bdev-offset-naturally-aligned-2/trace.json"));
    }

    @Test
    void anotherSignatureGetsAnotherFolder() throws IOException {
        Path first = fileFor(answered(new Outcome.Returned(4096)));
        assertThat(first).isEqualTo(folder.resolve("findings/bdev-offset-naturally-aligned/trace.json"));
        Files.createDirectories(first.resolveSibling("."));
        SignatureFile.write(
                first.resolveSibling("."), new Signature("offset-naturally-aligned", new Signature.Returned(), ""));

        assertThat(fileFor(answered(new Outcome.Returned(512)))).isEqualTo(first);
        assertThat(fileFor(answered(new Outcome.Failed(Errno.EIO))))
                .isEqualTo(folder.resolve("findings/bdev-offset-naturally-aligned-2/trace.json"));
    }

    @Test
    void handWrittenSectionsAreKept() {
        HandWritten kept = HandWritten.parse(
                """
                # xfs: it breaks

                Seen once.

                ## Steps

                1. That.

                ## Cause, as far as it is read

                Not known.

                ## Kernel

                7.3

                ## Upstream

                Nothing.
                """);
        assertThat(kept.subject()).hasValue("xfs: it breaks");
        assertThat(kept.sections())
                .containsExactly("## Cause, as far as it is read\n\nNot known.", "## Upstream\n\nNothing.");
    }

    private Path fileFor(NonconformanceError broken) {
        return Findings.fileFor(folder, broken.trace().target(), broken.signature());
    }

    private static NonconformanceError broken(TargetRun run, Trace trace) {
        try {
            run.examiner().again(trace, 0);
        } catch (NonconformanceError broken) {
            return broken;
        }
        throw new AssertionError("it conforms");
    }

    private static NonconformanceError answered(Outcome outcome) {
        Trace trace = new Trace(Simulated.DEVICE, List.of(MISALIGNED));
        try (SimulatedKernel kernel = new SimulatedKernel(SimulatedMachine.linux("7.3.4"))) {
            Environment environment = kernel.prepare(Simulated.DEVICE);
            History history =
                    new History(trace, environment, List.of(new Step(MISALIGNED, 0, 1, outcome)), List.of(), List.of());
            Specification specification = Judge.specification(Optional.empty(), Simulated.DEVICE, environment);
            return NonconformanceError.of(trace, history, Judge.judge(history, specification), List.of());
        }
    }
}
