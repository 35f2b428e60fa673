package io.untorn.vm.qemu;

import io.untorn.agent.protocol.Preparation;
import io.untorn.agent.protocol.SystemCallFault;
import io.untorn.kernelconfigs.TargetMatrix;
import io.untorn.vm.cache.CacheFolder;
import io.untorn.vm.guest.GuestImage;
import io.untorn.vm.guest.GuestModules;
import io.untorn.vm.guest.TargetPreparations;
import io.untorn.vm.kernel.BootableKernel;
import io.untorn.vm.kernel.KernelRef;
import io.untorn.vm.kernel.KernelSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The kernel that the system property {@code untorn.kernel} names, with the modules that a target needs. */
record RealKernel(BootableKernel kernel, TargetMatrix matrix, TargetMatrix.Entry target, GuestModules modules) {
    private static final int MEBIBYTES = 1024;

    static RealKernel withTarget(String name) {
        BootableKernel kernel = new KernelSource(CacheFolder.path(), System.out::println)
                .resolve(KernelRef.parse(System.getProperty("untorn.kernel", "debian:newest"), Optional.empty()));
        TargetMatrix matrix = TargetMatrix.load();
        TargetMatrix.Entry target = matrix.find(name).orElseThrow();
        GuestModules modules = GuestModules.of(kernel.modules(), matrix, List.of(target));
        return new RealKernel(kernel, matrix, target, modules);
    }

    /** Return a machine whose guest has these programs of the host. */
    MachineConfiguration machine(List<Path> programs) {
        Path image = new GuestImage(CacheFolder.path(), System.out::println).build(modules, programs);
        return MachineConfiguration.of(kernel.image(), image).withMemoryMebibytes(MEBIBYTES);
    }

    /** Return the preparation of the target. */
    Preparation preparation() {
        return TargetPreparations.preparation(matrix.disk(), target, modules.later(), SystemCallFault.NONE);
    }
}
