package io.untorn.model.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.untorn.model.target.KernelVersion;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScsiProfileTest {
    @ParameterizedTest
    @CsvSource({
        // length, alignment, granularity, with boundary, boundary, physical: smallest, largest, most
        "128, 2, 2, 128, 128, 512, 1024, 65536, 65536",
        "8192, 2, 2, 8192, 128, 512, 1024, 4194304, 4194304",
        "128, 8, 8, 128, 128, 512, 4096, 65536, 65536",
        "100, 1, 1, 0, 0, 512, 512, 32768, 51200",
        "128, 0, 0, 0, 0, 512, 512, 65536, 65536",
        "128, 0, 0, 0, 0, 4096, 4096, 65536, 65536",
        "128, 0, 2, 0, 0, 4096, 1024, 65536, 65536",
        "0, 2, 2, 100, 64, 512, 1024, 32768, 51200",
        "128, 3, 1, 0, 0, 512, 0, 0, 0",
        "1, 8, 1, 0, 0, 512, 512, 512, 512",
        "128, 16, 8, 0, 0, 512, 0, 0, 0",
        "128, 0, 3, 0, 0, 512, 0, 0, 0",
        "4, 0, 8, 0, 0, 512, 0, 0, 0",
        "4, 8, 2, 0, 0, 512, 0, 0, 0",
        "0, 2, 2, 0, 128, 512, 0, 0, 0"
    })
    void theDriverMakesBytesOfBlocks(
            long length,
            long alignment,
            long granularity,
            long withBoundary,
            long boundary,
            int physical,
            long unitMin,
            long unitMax,
            long max) {
        ScsiProfile profile = new ScsiProfile(length, alignment, granularity, withBoundary, boundary, 512, physical, 0);

        assertThat(profile.hardwareLimits()).isEqualTo(new HardwareLimits(max != 0, unitMin, unitMax, max, 0));
    }

    @Test
    void blocksOf4KibibytesAreEightTimesAsLong() {
        assertThat(new ScsiProfile(16, 1, 1, 0, 0, 4096, 4096, 0).hardwareLimits())
                .isEqualTo(new HardwareLimits(true, 4096, 65536, 65536, 0));
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1, true", "2, false", "3, true"})
    void protectionOfType2RulesAtomicWritesOut(int type, boolean feature) {
        assertThat(new ScsiProfile(128, 2, 2, 128, 128, 512, 512, type)
                        .hardwareLimits()
                        .feature())
                .isEqualTo(feature);
    }

    @Test
    void aPageIsRead() {
        byte[] page = ByteBuffer.allocate(64)
                .putInt(44, 128)
                .putInt(48, 2)
                .putInt(52, 4)
                .putInt(56, -1)
                .putInt(60, 64)
                .array();

        assertThat(ScsiProfile.parse(page, 512, 4096, 1))
                .isEqualTo(new ScsiProfile(128, 2, 4, 0xFFFFFFFFL, 64, 512, 4096, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 63})
    void aShortPageSaysNothing(int length) {
        byte[] page = new byte[length];
        java.util.Arrays.fill(page, (byte) 1);

        assertThat(ScsiProfile.parse(page, 512, 512, 0)).isEqualTo(new ScsiProfile(0, 0, 0, 0, 0, 512, 512, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "6.12, atomic_wr=1, 8192, 2, 2, 8192",
        "6.15, atomic_wr=1, 8192, 2, 2, 8192",
        "6.16, atomic_wr=1, 128, 2, 2, 128",
        "7.3, atomic_wr=1 atomic_wr_max_length=64 atomic_wr_align=8 atomic_wr_gran=4, 64, 8, 4, 128",
        "6.12, atomic_wr=1 atomic_wr_max_length=128, 128, 2, 2, 8192"
    })
    void scsiDebugHasDefaultsOfItsVersion(
            String kernel, String parameters, long length, long alignment, long granularity, long withBoundary) {
        assertThat(ScsiDebug.profile(parameters, KernelVersion.parse(kernel)))
                .isEqualTo(new ScsiProfile(length, alignment, granularity, withBoundary, 128, 512, 512, 0));
    }

    @Test
    void scsiDebugHasNoAtomicWritesUnlessAsked() {
        ScsiProfile plain = new ScsiProfile(0, 0, 0, 0, 0, 512, 512, 0);

        assertThat(ScsiDebug.profile("", new KernelVersion(7, 3))).isEqualTo(plain);
        assertThat(ScsiDebug.profile("delay=0 atomic_wr=0", new KernelVersion(7, 3)))
                .isEqualTo(plain);
        assertThat(ScsiDebug.profile("atomic_wr=1", new KernelVersion(6, 10))).isEqualTo(plain);
    }

    @Test
    void scsiDebugHasBlocksAndProtectionAsAsked() {
        ScsiProfile profile = ScsiDebug.profile(
                "atomic_wr=1 sector_size=4096 physblk_exp=1 dif=2 atomic_wr_max_bndry=16", new KernelVersion(7, 3));

        assertThat(profile).isEqualTo(new ScsiProfile(128, 2, 2, 128, 16, 4096, 8192, 2));
    }

    @Test
    void whatIsNoParameterIsRefused() {
        assertThatThrownBy(() -> ScsiDebug.profile("atomic_wr", new KernelVersion(7, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a parameter of scsi_debug: atomic_wr");
    }
}
