package io.untorn.vm.guest;

import io.untorn.agent.protocol.Preparation;
import io.untorn.agent.protocol.SystemCallFault;
import io.untorn.kernelconfigs.TargetMatrix;
import io.untorn.model.target.Target;
import io.untorn.vm.kernel.KernelModule;
import io.untorn.vm.kernel.ModuleTree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How each target of a run is prepared, and with which seeded fault. */
public final class TargetPreparations {
    private final Map<String, Preparation> byName = new LinkedHashMap<>();

    /** Create the preparations for a kernel with these modules. */
    public TargetPreparations(
            TargetMatrix matrix, List<TargetMatrix.Entry> targets, ModuleTree modules, SystemCallFault fault) {
        for (TargetMatrix.Entry target : targets) {
            List<KernelModule> needed = modules.closure(matrix.modulesFor(List.of(target)), matrix.kconfig());
            byName.put(target.name(), preparation(matrix.disk(), target, needed, fault));
        }
    }

    /**
     * Return how the agent prepares a target.
     *
     * @param modules the kernel modules that the target needs, in load order
     */
    public static Preparation preparation(
            TargetMatrix.Disk disk, TargetMatrix.Entry target, List<KernelModule> modules, SystemCallFault fault) {
        List<Preparation.Module> loads = modules.stream()
                .map(KernelModule::name)
                .map(module -> new Preparation.Module(module, disk.parameters().getOrDefault(module, "")))
                .toList();
        return new Preparation(
                target.target(),
                loads,
                disk.requestKibibytes(),
                target.partition(),
                target.makeFileSystem(),
                target.checkFileSystem(),
                target.fileSystem(),
                fault);
    }

    /**
     * Return the preparation of a target.
     *
     * @throws IllegalArgumentException if it is not among the targets
     */
    public Preparation of(Target target) {
        Preparation preparation = byName.get(target.name());
        if (preparation == null) {
            throw new IllegalArgumentException(target + " is not among " + byName.keySet());
        }
        return preparation;
    }

    /** Seed another fault in the preparations that follow. */
    public void seed(SystemCallFault fault) {
        byName.replaceAll((name, preparation) -> preparation.with(fault));
    }
}
