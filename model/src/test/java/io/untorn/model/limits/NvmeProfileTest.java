package io.untorn.model.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.model.target.KernelVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NvmeProfileTest {
    @ParameterizedTest
    @CsvSource({
        // kernel, shift, NABO, NSABP, NAWUPF, NABSPF, AWUPF: smallest, largest, most, boundary
        "6.12, 9, 0, false, 0, 0, 0, 512, 512, 512, 0",
        "7.3, 12, 0, false, 0, 0, 0, 4096, 4096, 4096, 0",
        "6.19, 12, 0, false, 15, 15, 3, 4096, 16384, 16384, 0",
        "7.0, 12, 0, false, 15, 15, 3, 4096, 4096, 4096, 0",
        "6.19, 12, 0, true, 0, 15, 3, 4096, 16384, 16384, 0",
        "7.0, 12, 0, true, 0, 15, 3, 4096, 4096, 4096, 0",
        "7.3, 9, 0, true, 31, 0, 0, 512, 16384, 16384, 0",
        "7.3, 9, 0, true, 31, 63, 0, 512, 16384, 16384, 32768",
        "6.12, 9, 0, true, 23, 63, 7, 512, 8192, 12288, 32768"
    })
    void theLargestUnitIsWhatSurvivesAPowerFailure(
            String kernel,
            int shift,
            int nabo,
            boolean nsabp,
            int nawupf,
            int nabspf,
            int awupf,
            long unitMin,
            long unitMax,
            long max,
            long boundary) {
        assertThat(new NvmeProfile(shift, nabo, nsabp, nawupf, nabspf, awupf)
                        .hardwareLimits(KernelVersion.parse(kernel)))
                .isEqualTo(new HardwareLimits(true, unitMin, unitMax, max, boundary));
    }

    @ParameterizedTest
    @CsvSource({"6.12", "7.3"})
    void anOffsetOfTheBoundariesRulesAtomicWritesOut(String kernel) {
        assertThat(new NvmeProfile(12, 1, true, 15, 15, 15).hardwareLimits(KernelVersion.parse(kernel)))
                .isEqualTo(HardwareLimits.NONE);
    }
}
