package io.untorn.vm.guest;

import io.untorn.kernelconfigs.TargetMatrix;
import io.untorn.vm.kernel.KernelModule;
import io.untorn.vm.kernel.ModuleTree;
import java.util.List;

/**
 * The kernel modules in a guest image.
 *
 * @param boot those that the agent loads at boot, dependencies first
 * @param later those that are only in the image, to be loaded on request
 */
public record GuestModules(List<KernelModule> boot, List<KernelModule> later) {
    /** The modules for the connection to the agent. */
    private static final List<String> BOOT = List.of("virtio_pci", "virtio_console");

    public GuestModules {
        boot = List.copyOf(boot);
        later = List.copyOf(later);
    }

    /** Return the modules of a kernel that a guest for these targets needs. */
    public static GuestModules of(ModuleTree modules, TargetMatrix matrix, List<TargetMatrix.Entry> targets) {
        return new GuestModules(
                modules.closure(BOOT, matrix.kconfig()), modules.closure(matrix.modulesFor(targets), matrix.kconfig()));
    }
}
