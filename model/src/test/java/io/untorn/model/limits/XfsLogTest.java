package io.untorn.model.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.model.target.KernelVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class XfsLogTest {
    private static final KernelVersion NEWEST = new KernelVersion(7, 3);

    private static XfsGeometry withLog(XfsLog log) {
        return new XfsGeometry(4096, 1 << 20, 512, 512, true, false, true, log);
    }

    @Test
    void aLogThatNobodyLookedAtHoldsEverything() {
        assertThat(withLog(XfsLog.UNKNOWN).accepts(1L << 30, QueueLimits.NONE, NEWEST))
                .as("1 GiB is accepted")
                .isTrue();
    }

    /** A transaction of so many bytes, four of which a log of so many blocks of 4 KiB must hold three times. */
    @ParameterizedTest
    @CsvSource({
        // bytes, stripe unit, least blocks
        "1000, 0, 394",
        "1000, 1, 394",
        "100000, 0, 688",
        "1000000, 0, 3368",
        "1000000, 32768, 3240",
        "1000000, 262144, 4992",
    })
    void theLeastLogThatHoldsATransaction(long bytes, int stripeUnit, int least) {
        assertThat(new XfsLog(least, stripeUnit).holds(bytes, 4, 4096, 512))
                .as("%s blocks hold it", least)
                .isTrue();
        assertThat(new XfsLog(least - 1, stripeUnit).holds(bytes, 4, 4096, 512))
                .as("%s blocks hold it", least - 1)
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"16384, 67108864, true", "4096, 67108864, false", "4096, 4194304, true"})
    void anOptionIsRefusedIfTheLogCannotHoldIt(long logBlocks, long option, boolean accepted) {
        assertThat(withLog(new XfsLog(logBlocks, 0)).accepts(option, QueueLimits.NONE, NEWEST))
                .isEqualTo(accepted);
    }
}
