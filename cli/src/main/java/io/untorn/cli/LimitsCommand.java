package io.untorn.cli;

import io.untorn.conformance.judge.DeviationPolicy;
import io.untorn.conformance.report.LimitsReport;
import io.untorn.conformance.result.Effort;
import io.untorn.conformance.result.ExitCode;
import io.untorn.conformance.result.Settings;
import io.untorn.kernelconfigs.TargetMatrix;
import io.untorn.model.history.Environment;
import io.untorn.model.target.Target;
import io.untorn.vm.Targets;
import io.untorn.vm.VirtualKernel;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Compares computed limits with observed ones. */
@Command(
        name = "limits",
        description = {
            "Boot a kernel, and compare the limits that sysfs and statx report with those computed from the disk, its "
                    + "request queue and the file system.",
            ""
        })
final class LimitsCommand implements Callable<Integer> {
    private static final String DISK_MODULE = "scsi_debug";

    @Mixin
    private KernelOptions kernel = new KernelOptions();

    @Mixin
    private TargetOptions targets = new TargetOptions();

    @Override
    public Integer call() {
        List<String> wanted = targets.wanted();
        Settings settings = kernel.settings(Effort.DEFAULT, 0, DeviationPolicy.STRICT);
        TargetMatrix matrix = TargetMatrix.load();
        LimitsReport report = new LimitsReport(matrix.disk().parameters().getOrDefault(DISK_MODULE, ""));
        Consumer<String> progress = System.err::println;
        try (VirtualKernel booted = VirtualKernel.boot(
                new VirtualKernel.Configuration(settings.kernel(), settings.modules(), wanted, settings.fault())
                        .with(settings.reset()),
                progress)) {
            for (String name : wanted) {
                Target target = Targets.named(matrix, name).target();
                Environment found = booted.prepare(target);
                if (name.equals(wanted.get(0))) {
                    System.out.println("kernel " + found.release());
                }
                report.add(target, found);
            }
        }
        System.out.print(report);
        int differences = report.differences();
        System.out.println(differences == 0 ? "all are as computed" : "not as computed: " + differences);
        return differences == 0 ? ExitCode.CONFORMS.number() : ExitCode.DOES_NOT_CONFORM.number();
    }
}
