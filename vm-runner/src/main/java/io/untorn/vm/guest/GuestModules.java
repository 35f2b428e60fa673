package io.untorn.vm.guest;

import io.untorn.kernelconfigs.TargetMatrix;
import io.untorn.vm.kernel.KernelModule;
import io.untorn.vm.kernel.ModuleTree;
import java.util.List;

/**
 * The kernel modules of a guest.
 *
 * @param boot those the agent loads at boot, each after the ones it depends on
 * @param later those that are only put into the image, for a request to load
 */
public record GuestModules(List<KernelModule> boot, List<KernelModule> later) {
    /** The way to the agent. */
    private static final List<String> BOOT = List.of("virtio_pci", "virtio_console");

    public GuestModules {
        boot = List.copyOf(boot);
        later = List.copyOf(later);
    }

    /** Return those of a kernel's modules that a guest for targets needs. */
    public static GuestModules of(ModuleTree modules, TargetMatrix matrix, List<TargetMatrix.Entry> targets) {
        return new GuestModules(
                modules.closure(BOOT, matrix.kconfig()), modules.closure(matrix.modulesFor(targets), matrix.kconfig()));
    }
}
