package io.untorn.vm;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.untorn.model.PowerCut;
import io.untorn.model.Statx;
import io.untorn.model.Target;
import io.untorn.model.TargetKind;
import io.untorn.model.Trace;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualKernelTest {
    @Test
    void aTraceThatCutsThePowerIsTheCallersMistake() {
        Target target = new Target("ext4", TargetKind.EXT4, 4096, 4096, false);
        VirtualKernel.refusePowerCuts(new Trace(target, List.of(new Statx())));
        assertThatThrownBy(() -> VirtualKernel.refusePowerCuts(
                        new Trace(target, List.of(new Statx(), new PowerCut(), new PowerCut()))))
                .isInstanceOf(UntornException.class)
                .hasMessage("operation 2 cuts the power; a virtual kernel can't do that, only a simulated one");
    }
}
