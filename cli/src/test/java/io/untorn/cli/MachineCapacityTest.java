package io.untorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MachineCapacityTest {
    private static final long GIBIBYTE = 1L << 30;

    @Test
    void aMachineTakesTwoCoresAndThreeGibibytes() {
        assertThat(MachineCapacity.within(24 * GIBIBYTE, 8)).isEqualTo(4);
        assertThat(MachineCapacity.within(7 * GIBIBYTE, 8)).isEqualTo(2);
        assertThat(MachineCapacity.within(GIBIBYTE, 1)).isEqualTo(1);
    }

    @Test
    void thisHostHasRoomForOne() {
        assertThat(MachineCapacity.ofThisHost())
                .isBetween(1, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }
}
