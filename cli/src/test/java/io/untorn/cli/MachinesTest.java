package io.untorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MachinesTest {
    private static final long GIBIBYTE = 1L << 30;

    @Test
    void twoCoresAndThreeGibibytesAreForOne() {
        assertThat(Machines.within(24 * GIBIBYTE, 8)).isEqualTo(4);
        assertThat(Machines.within(7 * GIBIBYTE, 8)).isEqualTo(2);
        assertThat(Machines.within(GIBIBYTE, 1)).isEqualTo(1);
    }

    @Test
    void thisMachineHasRoomForOne() {
        assertThat(Machines.byDefault())
                .isBetween(1, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }
}
