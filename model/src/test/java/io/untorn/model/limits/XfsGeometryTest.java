package io.untorn.model.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.model.target.KernelVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class XfsGeometryTest {
    private static final KernelVersion NEWEST = new KernelVersion(7, 3);
    private static final QueueLimits DISK = new QueueLimits(1024, 65536, 65536, 0);
    private static final long MIB = 1 << 20;

    /** What mkfs.xfs makes of 320 MiB. */
    private static final XfsGeometry XFS = new XfsGeometry(4096, 20480, 512, 512, true, false, false);

    private static final XfsGeometry WITHOUT_REFLINK = new XfsGeometry(4096, 20480, 512, 512, false, false, false);

    @ParameterizedTest
    @CsvSource({
        // block, blocks in a group, sector, inode, reverse mapping, large counts: largest
        "4096, 20480, 512, 512, false, false, 1048576",
        "4096, 20480, 4096, 512, false, false, 1048576",
        "4096, 20480, 512, 512, true, false, 2097152",
        "4096, 20480, 512, 1024, false, true, 1048576",
        "2048, 40960, 512, 512, false, false, 524288",
        "1024, 81920, 512, 512, false, false, 131072",
        "1024, 81920, 512, 512, true, false, 262144",
        "4096, 20544, 512, 512, false, false, 262144",
        "4096, 27307, 512, 512, true, false, 4096"
    })
    void thisWasSeenOn616And73(
            int block, long group, int sector, int inode, boolean reverseMapping, boolean largeCounts, long max) {
        XfsGeometry xfs = new XfsGeometry(block, group, sector, inode, true, reverseMapping, largeCounts);
        StatxAnswer answer = StatxAnswer.filled(block, max, max == block ? 0 : Math.min(max, 65536), NEWEST);

        assertThat(xfs.statx(DISK, new KernelVersion(6, 16), XfsGeometry.NO_OPTION))
                .isEqualTo(answer);
        assertThat(xfs.statx(DISK, NEWEST, XfsGeometry.NO_OPTION)).isEqualTo(answer);
    }

    @Test
    void aTransactionHoldsSoManyBlocks() {
        assertThat(new XfsLogReservation(XFS).atomicWriteBlocks()).isEqualTo(387);
        assertThat(new XfsLogReservation(new XfsGeometry(4096, 20480, 512, 512, true, true, false)).atomicWriteBlocks())
                .isEqualTo(814);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "512, 2048", "8192, 65536"})
    void withoutTheDiskThereIsNoOptimumAndNoAlignment(long diskMin, long diskMax) {
        QueueLimits disk = new QueueLimits(diskMin, diskMax, diskMax, 0);

        assertThat(XFS.statx(disk, NEWEST, XfsGeometry.NO_OPTION)).isEqualTo(StatxAnswer.filled(4096, MIB, 0, NEWEST));
        assertThat(new XfsGeometry(4096, 27307, 512, 512, true, false, false)
                        .statx(disk, NEWEST, XfsGeometry.NO_OPTION))
                .isEqualTo(StatxAnswer.filled(4096, MIB, 0, NEWEST));
        assertThat(new XfsGeometry(4096, 100, 512, 512, true, false, false)
                        .statx(disk, NEWEST, XfsGeometry.NO_OPTION)
                        .limits()
                        .unitMax())
                .isEqualTo(64 * 4096);
        assertThat(WITHOUT_REFLINK.statx(disk, NEWEST, XfsGeometry.NO_OPTION))
                .isEqualTo(StatxAnswer.filled(0, 0, 0, NEWEST));
    }

    @ParameterizedTest
    @CsvSource({"4096, 65536", "1024, 4096", "4096, 4096"})
    void withoutReflinkTheDiskWritesOneBlock(long diskMin, long diskMax) {
        QueueLimits disk = new QueueLimits(diskMin, diskMax, diskMax, 0);

        assertThat(WITHOUT_REFLINK.statx(disk, NEWEST, XfsGeometry.NO_OPTION))
                .isEqualTo(StatxAnswer.filled(4096, 4096, 0, NEWEST));
    }

    @Test
    void before616ReflinkMakesNoDifference() {
        KernelVersion old = new KernelVersion(6, 15);

        assertThat(XFS.statx(DISK, old, XfsGeometry.NO_OPTION)).isEqualTo(StatxAnswer.filled(4096, 4096, 0, old));
        assertThat(XFS.statx(QueueLimits.NONE, old, XfsGeometry.NO_OPTION)).isEqualTo(StatxAnswer.filled(0, 0, 0, old));
        assertThat(XFS.statx(DISK, new KernelVersion(6, 13), XfsGeometry.NO_OPTION))
                .isEqualTo(StatxAnswer.filled(4096, 4096, 0, old));
        assertThat(XFS.statx(DISK, new KernelVersion(6, 12), XfsGeometry.NO_OPTION))
                .isEqualTo(StatxAnswer.SILENT);
    }

    @ParameterizedTest
    @ValueSource(longs = {4096, 65536, 4 * MIB, 16 * MIB})
    void theOptionTakesThePlaceOfTheDefault(long option) {
        assertThat(XFS.accepts(option, DISK, NEWEST))
                .as("the mount option is accepted")
                .isTrue();
        assertThat(XFS.statx(DISK, NEWEST, option).limits().unitMax()).isEqualTo(option);
    }

    @ParameterizedTest
    @CsvSource({
        // option: with the disk, without
        "0, true, true",
        "4096, true, true",
        "2048, false, false",
        "12288, false, false",
        "16777216, true, true",
        "33554432, false, true",
        "67108864, false, true",
        "134217728, false, false"
    })
    void theOptionIsAPowerOfTwoThatAGroupHolds(long option, boolean withDisk, boolean without) {
        assertThat(XFS.accepts(option, DISK, NEWEST)).isEqualTo(withDisk);
        assertThat(XFS.accepts(option, QueueLimits.NONE, NEWEST)).isEqualTo(without);
    }

    @ParameterizedTest
    @CsvSource({"1073741824, true", "2147483648, false"})
    void theOptionIsNoMoreThanAWriteCanCarry(long option, boolean accepted) {
        XfsGeometry huge = new XfsGeometry(4096, 1 << 28, 512, 512, true, false, false);

        assertThat(huge.accepts(option, DISK, NEWEST)).isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource({"0, true, true", "4096, true, false", "8192, false, false"})
    void withoutReflinkTheOptionIsOneBlockByTheDisk(long option, boolean withDisk, boolean without) {
        assertThat(WITHOUT_REFLINK.accepts(option, DISK, NEWEST)).isEqualTo(withDisk);
        assertThat(WITHOUT_REFLINK.accepts(option, QueueLimits.NONE, NEWEST)).isEqualTo(without);
    }
}
