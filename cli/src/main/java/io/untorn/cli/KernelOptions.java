package io.untorn.cli;

import io.untorn.agent.protocol.SystemCallFault;
import io.untorn.conformance.judge.DeviationPolicy;
import io.untorn.conformance.result.Effort;
import io.untorn.conformance.result.Settings;
import io.untorn.vm.host.UntornException;
import io.untorn.vm.qemu.Reset;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which kernel, and where results go: the options that commands share. */
final class KernelOptions {
    @Option(
            names = "--kernel",
            paramLabel = "REF",
            description =
                    "The kernel to boot: debian:7.3, debian:6.12.117 (Debian's cloud kernel, the newest that matches), "
                            + "debian:newest, the folder of a built kernel tree (build makes a small one), .deb files "
                            + "separated by commas (image,modules), or a bzImage file together with --modules. "
                            + "Default: ${DEFAULT-VALUE}",
            defaultValue = Settings.DEFAULT_KERNEL)
    private List<String> kernels = List.of(Settings.DEFAULT_KERNEL);

    @Option(
            names = "--modules",
            paramLabel = "DIR",
            description = "The modules of a bzImage file: the folder that holds modules.dep, or one above it.")
    private @Nullable Path modules;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Where findings and results go. Default: ${DEFAULT-VALUE}",
            defaultValue = "target/untorn")
    private Path output = Path.of("target/untorn");

    @Option(
            names = "--seeded-fault",
            paramLabel = "NAME",
            description =
                    "Seed a fault at the guest's system calls, to check that it is found: misaligned-reported-done, "
                            + "write-torn, …")
    private @Nullable String fault;

    @Option(
            names = "--no-snapshots",
            description = "Boot the kernel even if the cache has a snapshot, and do everything in that one machine.")
    private boolean booting;

    @Mixin
    private SpecificationOption specification = new SpecificationOption();

    /** Return the folder that findings go to. */
    Path output() {
        return output;
    }

    /** Return the kernels as the user named them, each once. */
    List<String> kernels() {
        return kernels.stream().distinct().toList();
    }

    /**
     * Return the settings of a command that takes one kernel.
     *
     * @throws UntornException if several are named: the caller's mistake
     */
    Settings settings(Effort effort, long seed, DeviationPolicy policy) {
        if (kernels().size() > 1) {
            throw UntornException.caller("--kernel: give one; only run takes several");
        }
        return settings(kernels().get(0), effort, seed, policy);
    }

    Settings settings(String kernel, Effort effort, long seed, DeviationPolicy policy) {
        return new Settings(
                kernel,
                Optional.ofNullable(modules),
                specification.named(),
                effort,
                seed,
                policy,
                seededFault(),
                output,
                booting ? Reset.BOOT : Reset.SNAPSHOT);
    }

    /** Return the options that name the same kernel in another command. */
    List<String> arguments() {
        return modules == null
                ? List.of("--kernel", kernels().get(0))
                : List.of("--kernel", kernels().get(0), "--modules", modules.toString());
    }

    private SystemCallFault seededFault() {
        if (fault == null) {
            return SystemCallFault.NONE;
        }
        return SystemCallFault.labelled(fault)
                .orElseThrow(() ->
                        UntornException.caller("no fault '" + fault + "'; there are: " + SystemCallFault.labels()));
    }
}
