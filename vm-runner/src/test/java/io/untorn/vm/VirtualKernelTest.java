package io.untorn.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.untorn.kernelconfigs.TargetMatrix;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Engine;
import io.untorn.model.operation.PowerCut;
import io.untorn.model.operation.Statx;
import io.untorn.model.operation.Write;
import io.untorn.model.target.Facility;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import io.untorn.vm.host.UntornException;
import io.untorn.vm.kernel.BootableKernel;
import io.untorn.vm.kernel.ModuleTree;
import io.untorn.vm.kernel.TestKernels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VirtualKernelTest {
    @TempDir
    Path folder;

    @Test
    void builtInDisksTakeParametersFromTheCommandLine() throws IOException {
        TargetMatrix matrix = TargetMatrix.load();
        Path loaded = TestKernels.tree(folder.resolve("loaded"), "7.3.4", "kernel/scsi_debug.ko:\n", "");
        Path builtIn = TestKernels.tree(folder.resolve("7.3.4"), "7.3.4", "", "kernel/drivers/scsi/scsi_debug.ko\n");

        assertThat(VirtualKernel.kernelArguments(kernel(loaded), matrix)).isEmpty();
        assertThat(VirtualKernel.kernelArguments(kernel(builtIn), matrix))
                .contains("scsi_debug.atomic_wr=1", "scsi_debug.delay=0")
                .hasSize(matrix.disk().parameters().get("scsi_debug").split(" ").length);
    }

    private BootableKernel kernel(Path modules) {
        return new BootableKernel("7.3.4", "7.3.4", folder.resolve("vmlinuz"), ModuleTree.open(modules), false);
    }

    @Test
    void aTraceThatCutsThePowerIsTheCallersMistake() {
        Target target = new Target("ext4", TargetKind.EXT4, 4096, 4096, false);
        VirtualKernel.refusePowerCuts(new Trace(target, List.of(new Statx())));
        assertThatThrownBy(() -> VirtualKernel.refusePowerCuts(
                        new Trace(target, List.of(new Statx(), new PowerCut(), new PowerCut()))))
                .isInstanceOf(UntornException.class)
                .hasMessage("operation 2 cuts the power; a virtual kernel can't do that, only a simulated one");
    }

    @Test
    void refusesATraceThatNeedsAMissingFacility() {
        Target target = new Target("ext4", TargetKind.EXT4, 4096, 4096, false);
        Map<Facility, String> lacks = Map.of(Facility.IO_URING, "io_uring_setup failed: EPERM");
        Write write = Write.atomic(0, 4096);
        VirtualKernel.refuseWhatLacks(new Trace(target, List.of(write, write.through(Engine.LIBAIO))), lacks);
        assertThatThrownBy(() -> VirtualKernel.refuseWhatLacks(
                        new Trace(target, List.of(write, write.through(Engine.IO_URING))), lacks))
                .isInstanceOf(UntornException.class)
                .hasMessage("operation 2, atomic write of 4096 bytes at 0, by io_uring, needs a kernel that has "
                        + "io_uring; here io_uring_setup failed: EPERM");
    }
}
