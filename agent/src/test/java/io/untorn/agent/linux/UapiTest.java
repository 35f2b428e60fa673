package io.untorn.agent.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.RwFlag;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class UapiTest {
    @Test
    void directFlagDependsOnTheArchitecture() {
        assertThat(Uapi.directFlag("amd64")).isEqualTo(0x4000);
        assertThat(Uapi.directFlag("aarch64")).isEqualTo(0x10000);
        assertThatThrownBy(() -> Uapi.directFlag("sparc"))
                .hasMessageContaining("'sparc'")
                .hasMessageEndingWith("run on amd64 or aarch64, or add it here");
    }

    @Test
    void theFlagsOfTheModelAreTheKernels() throws Exception {
        for (RwFlag flag : EnumSet.complementOf(EnumSet.of(RwFlag.UNKNOWN))) {
            assertThat(flag.bit())
                    .as(flag.name())
                    .isEqualTo(Uapi.class.getField("RWF_" + flag).getInt(null));
        }
        assertThat(Fallocate.Mode.values())
                .extracting(Fallocate.Mode::flags)
                .containsExactly(
                        0,
                        Uapi.FALLOC_FL_KEEP_SIZE,
                        Uapi.FALLOC_FL_PUNCH_HOLE | Uapi.FALLOC_FL_KEEP_SIZE,
                        Uapi.FALLOC_FL_ZERO_RANGE,
                        Uapi.FALLOC_FL_ZERO_RANGE | Uapi.FALLOC_FL_KEEP_SIZE,
                        Uapi.FALLOC_FL_COLLAPSE_RANGE,
                        Uapi.FALLOC_FL_INSERT_RANGE,
                        Uapi.FALLOC_FL_UNSHARE_RANGE);
    }
}
