package io.untorn.agent.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
}
