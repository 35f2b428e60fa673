package io.untorn.model.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.model.target.KernelVersion;
import io.untorn.model.target.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What statx reports of devices and of ext4; for XFS see {@link XfsGeometryTest}. */
final class StatxAnswerTest {
    private static final KernelVersion NEWEST = new KernelVersion(7, 3);
    private static final QueueLimits DISK = new QueueLimits(1024, 65536, 65536, 0);

    @Test
    void whereThereIsASmallestUnitAllIsFilledIn() {
        assertThat(StatxAnswer.filled(4096, 65536, 16384, NEWEST))
                .isEqualTo(new StatxAnswer(new Limits(4096, 65536, 16384, 1, true), true, true));
    }

    @Test
    void whereThereIsNoneOnlyTheMasksAre() {
        assertThat(StatxAnswer.filled(0, 65536, 16384, NEWEST)).isEqualTo(new StatxAnswer(Limits.NONE, true, true));
    }

    @ParameterizedTest
    @CsvSource({"6.15, 0", "6.16, 16384"})
    void theOptimumHasAFieldFrom616On(String kernel, long optimal) {
        assertThat(StatxAnswer.filled(4096, 65536, 16384, KernelVersion.parse(kernel))
                        .limits()
                        .unitMaxOptimal())
                .isEqualTo(optimal);
    }

    @Test
    void aDeviceReportsItsQueueAndNoOptimum() {
        StatxAnswer answer = StatxAnswer.filled(1024, 65536, 0, NEWEST);

        assertThat(StatxAnswer.ofDevice(DISK, NEWEST)).isEqualTo(answer);
        assertThat(StatxAnswer.ofDevice(DISK, new KernelVersion(6, 11))).isEqualTo(answer);
        assertThat(StatxAnswer.ofDevice(DISK, new KernelVersion(6, 10))).isEqualTo(StatxAnswer.SILENT);
    }

    @Test
    void aDeviceWithoutSupportIsSilent() {
        assertThat(StatxAnswer.ofDevice(QueueLimits.NONE, NEWEST)).isEqualTo(StatxAnswer.SILENT);
    }

    @ParameterizedTest
    @CsvSource({
        // block, cluster, disk's smallest, disk's largest: smallest and largest on 6.13, on 6.16
        "1024, 1024, 1024, 65536, 1024, 1024, 1024, 1024",
        "4096, 4096, 1024, 65536, 4096, 4096, 4096, 4096",
        "4096, 16384, 1024, 65536, 4096, 4096, 4096, 16384",
        "4096, 131072, 1024, 65536, 4096, 4096, 4096, 65536",
        "4096, 16384, 8192, 65536, 0, 0, 8192, 16384",
        "4096, 16384, 16384, 65536, 0, 0, 16384, 16384",
        "4096, 16384, 32768, 65536, 0, 0, 0, 0",
        "4096, 16384, 512, 512, 0, 0, 0, 0",
        "4096, 16384, 512, 4096, 4096, 4096, 4096, 4096",
        "4096, 16384, 0, 0, 0, 0, 0, 0"
    })
    void ext4TakesABlockToAClusterWithinTheDisksLimits(
            int block, int cluster, long diskMin, long diskMax, long min13, long max13, long min16, long max16) {
        QueueLimits disk = new QueueLimits(diskMin, diskMax, diskMax, 0);
        Ext4Geometry ext4 = new Ext4Geometry(block, cluster);

        assertThat(ext4.statx(disk, new KernelVersion(6, 12))).isEqualTo(StatxAnswer.SILENT);
        for (String kernel : new String[] {"6.13", "6.15"}) {
            assertThat(ext4.statx(disk, KernelVersion.parse(kernel)))
                    .isEqualTo(StatxAnswer.filled(min13, max13, 0, NEWEST));
        }
        for (String kernel : new String[] {"6.16", "7.3"}) {
            assertThat(ext4.statx(disk, KernelVersion.parse(kernel)))
                    .isEqualTo(StatxAnswer.filled(min16, max16, 0, NEWEST));
        }
    }
}
