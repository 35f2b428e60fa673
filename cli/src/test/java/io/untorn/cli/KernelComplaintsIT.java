package io.untorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.agent.protocol.SystemCallFault;
import io.untorn.cli.UntornCommand.Result;
import io.untorn.conformance.judge.Judge;
import io.untorn.conformance.reproducer.Gcc;
import io.untorn.conformance.wording.ViolationWords;
import io.untorn.kernelconfigs.TargetMatrix;
import io.untorn.model.console.Splat;
import io.untorn.model.history.History;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Write;
import io.untorn.model.oracle.Verdict.Violation;
import io.untorn.model.rules.Specifications;
import io.untorn.model.target.KernelVersion;
import io.untorn.model.target.Target;
import io.untorn.vm.ProgramRun;
import io.untorn.vm.Targets;
import io.untorn.vm.VirtualKernel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real kernel that panics, hangs or complains breaks a rule at the operation that caused it, and a run continues. */
final class KernelComplaintsIT {
    private static final String TARGET = "ext4";
    private static final Target EXT4 =
            Targets.named(TargetMatrix.load(), TARGET).target();

    /** The faults are at the second operation. */
    private static final Trace TRACE = new Trace(
            EXT4,
            List.of(Write.plain(Access.DIRECT, 0, 8192), Write.atomic(4096, 4096), Read.plain(Access.DIRECT, 0, 8192)));

    private static final KernelVersion WARNS_OF_MISSING_MEMORY = new KernelVersion(6, 16);

    @TempDir
    Path folder;

    @Test
    void eachIsReportedAtItsOperationAlone() {
        try (VirtualKernel kernel = boot()) {
            kernel.prepare(EXT4);
            assertThat(kernel.run(TRACE.withReadBack()).console()).isEmpty();
            assertThat(told(kernel, SystemCallFault.EXT4_TELLS_ERROR)).satisfies(violation -> {
                assertThat(violation.rule().id()).isEqualTo("no-splat");
                assertThat(actual(violation)).startsWith("EXT4-fs error (device sda): trigger_test_error:");
            });
            assertThat(told(kernel, SystemCallFault.WRITE_HANGS)).satisfies(violation -> {
                assertThat(violation.rule().id()).isEqualTo("every-operation-is-answered");
                assertThat(actual(violation)).startsWith("the kernel stopped after 1 in ");
            });
            assertThat(told(kernel, SystemCallFault.KERNEL_PANICS)).satisfies(violation -> {
                assertThat(violation.rule().id()).isEqualTo("every-operation-is-answered");
                assertThat(actual(violation)).isEqualTo("the kernel stopped after 1 in sysrq_handle_crash");
            });
            assertThat(told(kernel, SystemCallFault.KERNEL_LOCKS_UP)).satisfies(violation -> {
                assertThat(violation.rule().id()).isEqualTo("no-splat");
                assertThat(actual(violation)).contains("BUG: soft lockup - CPU#0 stuck for ");
            });
            warns(kernel);
        }
    }

    private static String actual(Violation violation) {
        return ViolationWords.of(violation).actual();
    }

    /** Run the trace with a fault seeded, then without; return the one rule that was broken, at the second operation. */
    private static Violation told(VirtualKernel kernel, SystemCallFault fault) {
        kernel.seed(fault);
        kernel.prepare(EXT4);
        History history = kernel.run(TRACE.withReadBack());
        List<Violation> violations = judged(history);
        assertThat(violations).as(fault + " " + history.console()).hasSize(1);
        assertThat(violations.get(0).step()).as(fault.label()).contains(1);
        assertThat(history.console()).as(fault.label()).anyMatch(line -> line.contains("untorn: operation 2"));
        if (fault == SystemCallFault.WRITE_HANGS) {
            assertThat(history.console())
                    .anyMatch(line -> line.contains("sysrq: Show Blocked State"))
                    .anyMatch(line -> line.contains("state:D"))
                    .anyMatch(line -> line.contains("sysrq: Show backtrace of all active CPUs"));
        }
        kernel.seed(SystemCallFault.NONE);
        kernel.prepare(EXT4);
        isSound(kernel);
        return violations.get(0);
    }

    private static void warns(VirtualKernel kernel) {
        Write write = Write.atomic(0, 4096).with(new Buffer(0, 512));
        History history = kernel.run(new Trace(EXT4, List.of(TRACE.operations().get(0), write)).withReadBack());
        if (history.environment().kernel().isAtLeast(WARNS_OF_MISSING_MEMORY)) {
            assertThat(judged(history)).singleElement().satisfies(violation -> {
                assertThat(violation.rule().id()).isEqualTo("no-splat");
                assertThat(violation.step()).contains(1);
                assertThat(actual(violation)).startsWith("WARNING: ").contains("iomap_dio_bio_iter");
            });
        }
        isSound(kernel);
    }

    private static void isSound(VirtualKernel kernel) {
        assertThat(judged(kernel.run(TRACE.withReadBack()))).isEmpty();
    }

    private static List<Violation> judged(History history) {
        return Judge.judge(history, Specifications.linux(history.environment().kernel(), EXT4.kind()))
                .violations();
    }

    @Test
    void aFloodedConsoleNeitherStallsTracesNorHidesASplat() throws Exception {
        Gcc.Result compiled = Gcc.compile(Files.readString(resource("flood.c")), "-O2");
        assertThat(compiled).isInstanceOf(Gcc.Compiled.class);
        try (VirtualKernel kernel = boot()) {
            kernel.prepare(EXT4);
            isSound(kernel);
            ProgramRun flood = kernel.run(((Gcc.Compiled) compiled).program());
            assertThat(flood.exitCode()).as(flood.output()).hasValue(0);
            List<Integer> lines = new ArrayList<>();
            long start = System.nanoTime();
            while (System.nanoTime() - start < Duration.ofSeconds(5).toNanos()) {
                History history = kernel.run(TRACE.withReadBack());
                assertThat(judged(history)).isEmpty();
                lines.add(history.console().size());
            }
            assertThat(lines).as("lines printed in each run").anyMatch(count -> count > 10);
            assertThat(actual(told(kernel, SystemCallFault.EXT4_TELLS_ERROR))).startsWith("EXT4-fs error");
        }
    }

    @Test
    void aRunKeepsTheFindingAndGoesOn() throws Exception {
        Path output = folder.resolve("output");
        Result result = UntornCommand.run(
                folder,
                "run",
                "--kernel",
                UntornCommand.KERNEL,
                "--target",
                TARGET,
                "--tries",
                "20",
                "--seed",
                "1",
                "--findings",
                "2",
                "--shrink",
                "10s",
                "--seeded-fault",
                SystemCallFault.EXT4_TELLS_ERROR.label(),
                "--output",
                output.toString());
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
        assertThat(result.output())
                .contains("breaks no-splat", "    <-- here", "EXT4-fs error", "shown again 3 of 3 times")
                .containsPattern("(?m)^ext4 +[2-9]\\d ");
        Path finding = output.resolve("findings/ext4-no-splat");
        assertThat(Splat.in(Files.readAllLines(finding.resolve("console.txt"))))
                .singleElement()
                .satisfies(splat -> assertThat(splat.operation()).isPresent());
        assertThat(Files.readString(finding.resolve("report.md")))
                .containsPattern("(?m)^Step \\d+: EXT4-fs error \\(device sda\\)")
                .contains("    [", "] untorn: operation ");
        result.assertNoStackTrace();
    }

    private static VirtualKernel boot() {
        return VirtualKernel.boot(
                new VirtualKernel.Configuration(
                        UntornCommand.KERNEL, Optional.empty(), List.of(TARGET), SystemCallFault.NONE),
                line -> {});
    }

    private static Path resource(String name) throws Exception {
        return Path.of(KernelComplaintsIT.class.getResource(name).toURI());
    }
}
