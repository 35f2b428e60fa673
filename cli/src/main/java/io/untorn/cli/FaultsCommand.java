package io.untorn.cli;

import io.untorn.agent.protocol.SystemCallFault;
import io.untorn.conformance.judge.DeviationPolicy;
import io.untorn.conformance.result.Effort;
import io.untorn.conformance.result.ExitCode;
import io.untorn.conformance.result.Settings;
import io.untorn.conformance.trial.FaultTrial;
import io.untorn.kernelconfigs.TargetMatrix;
import io.untorn.model.target.TargetKind;
import io.untorn.vm.Targets;
import io.untorn.vm.VirtualKernel;
import io.untorn.vm.host.UntornException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Seeds faults and checks that the kit finds them. */
@Command(
        name = "faults",
        description = {
            "Boot a kernel, seed each fault in turn at its system calls, and check that it is found and shrunk.",
            "Exits with 3 if one is not: then the kit failed.",
            "Faults that make the kernel stop or complain need a boot each and are left out: name one with --seeded-fault.",
            ""
        })
final class FaultsCommand implements Callable<Integer> {
    @Mixin
    private KernelOptions kernel = new KernelOptions();

    @Option(
            names = "--target",
            paramLabel = "NAME",
            completionCandidates = TargetNames.class,
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}, where all faults can show",
            defaultValue = "xfs")
    private String target = "xfs";

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "The time within which each must be found. Default: ${DEFAULT-VALUE}",
            defaultValue = "60s")
    private Duration budget = Duration.ofMinutes(1);

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of all random choices. Default: ${DEFAULT-VALUE}",
            defaultValue = "1")
    private long seed = 1;

    @Override
    public Integer call() {
        TargetKind kind = Targets.named(TargetMatrix.load(), target).kind();
        Settings settings = kernel.settings(Effort.DEFAULT.within(budget).upTo(1), seed, DeviationPolicy.TOLERANT);
        List<FaultTrial> trials = new ArrayList<>();
        ProgressLine listener = new ProgressLine(settings);
        try (VirtualKernel machine = VirtualKernel.boot(
                new VirtualKernel.Configuration(
                                settings.kernel(), settings.modules(), List.of(target), settings.fault())
                        .with(settings.reset()),
                listener::progress)) {
            for (SystemCallFault fault : wanted(settings.fault(), kind)) {
                listener.progress("seeding " + fault.label());
                trials.add(FaultTrial.of(machine, seeding(fault, settings), target, listener));
                listener.end();
            }
        }
        System.out.print(FaultTrial.table(trials));
        List<String> wanting = trials.stream()
                .flatMap(trial ->
                        trial.wanting(budget).stream().map(what -> trial.fault().label() + " " + what))
                .toList();
        if (!wanting.isEmpty()) {
            throw UntornException.machinery(String.join("; ", wanting));
        }
        System.out.println("found and shrunk: " + trials.size() + " of " + trials.size());
        return ExitCode.CONFORMS.number();
    }

    /** Give each fault a folder of its own, because several may break the same rule. */
    private static Settings seeding(SystemCallFault fault, Settings settings) {
        Path folder = settings.output().resolve("faults").resolve(fault.label());
        return settings.seeding(fault).into(folder);
    }

    /** Return the fault that was named; else those that can show on such a target and leave the machine usable. */
    private static List<SystemCallFault> wanted(SystemCallFault one, TargetKind kind) {
        return one != SystemCallFault.NONE
                ? List.of(one)
                : Arrays.stream(SystemCallFault.values())
                        .filter(fault -> fault != SystemCallFault.NONE
                                && !fault.isAtTheKernel()
                                && (kind == TargetKind.BLOCK_DEVICE || !fault.isOfDevices()))
                        .toList();
    }
}
