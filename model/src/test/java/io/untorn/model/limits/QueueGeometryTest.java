package io.untorn.model.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.model.target.KernelVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QueueGeometryTest {
    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;
    private static final KernelVersion NEWEST = new KernelVersion(7, 3);
    private static final HardwareLimits DISK = new HardwareLimits(true, 1024, 65536, 65536, 0);

    @ParameterizedTest
    @CsvSource({
        // max segments, logical block, page: what fits
        "2048, 512, 4096, 1041408",
        "256, 512, 4096, 1041408",
        "255, 512, 4096, 1037312",
        "3, 512, 4096, 5120",
        "2, 512, 4096, 1024",
        "1, 512, 4096, 512",
        "128, 4096, 4096, 524288",
        "256, 512, 65536, 16647168"
    })
    void whatAlwaysFitsDependsOnTheSegments(int segments, int block, int page, long bytes) {
        assertThat(new QueueGeometry(MIB, segments, block, page, 0).guaranteedBytes())
                .isEqualTo(bytes);
    }

    @Test
    void whatScsiDebugHasByDefaultWasSeenOn612And616() {
        QueueGeometry geometry = new QueueGeometry(2147483647 * KIB, 2048, 512, 4096, 0);

        assertThat(geometry.limits(new HardwareLimits(true, 1024, 4 * MIB, 4 * MIB, 0), new KernelVersion(6, 12)))
                .isEqualTo(new QueueLimits(1024, 524288, 4 * MIB, 0));
        assertThat(geometry.limits(DISK, new KernelVersion(6, 16))).isEqualTo(new QueueLimits(1024, 65536, 65536, 0));
    }

    @ParameterizedTest
    @CsvSource({
        // largest request, segments: smallest, largest, most
        "1048576, 256, 4096, 65536, 65536",
        "65536, 256, 4096, 65536, 65536",
        "65024, 256, 4096, 32768, 65024",
        "1048576, 10, 4096, 32768, 65536",
        "1048576, 2, 1024, 1024, 65536",
        "2048, 256, 2048, 2048, 2048"
    })
    void unitsShrinkToWhatARequestCarries(long largest, int segments, long unitMin, long unitMax, long max) {
        assertThat(new QueueGeometry(largest, segments, 512, 4096, 0)
                        .limits(new HardwareLimits(true, 4096, 65536, 65536, 0), NEWEST))
                .isEqualTo(new QueueLimits(unitMin, unitMax, max, 0));
    }

    @Test
    void nothingIsKnownBefore611() {
        assertThat(limits(DISK, 0, "6.10")).isEqualTo(QueueLimits.NONE);
        assertThat(limits(DISK, 0, "6.11")).matches(QueueLimits::supported, "supports atomic writes");
    }

    @ParameterizedTest
    @CsvSource({
        // feature, smallest, largest, most, boundary, chunk: supported on 6.12, and on 6.13 and later
        "true, 1024, 65536, 65536, 0, 0, true, true",
        "false, 1024, 65536, 65536, 0, 0, true, false",
        "true, 1024, 65536, 0, 0, 0, false, false",
        "true, 1024, 65536, 4294967295, 0, 0, true, false",
        "true, 1536, 65536, 65536, 0, 0, true, false",
        "true, 1024, 66560, 131072, 0, 0, true, false",
        "true, 65536, 1024, 65536, 0, 0, true, false",
        "true, 65536, 65536, 65536, 0, 0, true, true",
        "true, 1024, 65536, 65024, 0, 0, true, false",
        "true, 1024, 65536, 65536, 0, 65536, true, true",
        "true, 1024, 65536, 66048, 0, 65536, true, false",
        "true, 1024, 65536, 65536, 65536, 0, true, true",
        "true, 1024, 65536, 66048, 65536, 0, true, false",
        "true, 1024, 65536, 65536, 98304, 0, false, false",
        "true, 1024, 65536, 65536, 65536, 196608, true, true",
        "true, 1024, 65536, 65536, 65536, 98304, false, false"
    })
    void contradictionsRuleAtomicWritesOut(
            boolean feature,
            long unitMin,
            long unitMax,
            long max,
            long boundary,
            long chunk,
            boolean before613,
            boolean later) {
        HardwareLimits hardware = new HardwareLimits(feature, unitMin, unitMax, max, boundary);

        assertThat(limits(hardware, chunk, "6.12").supported()).isEqualTo(before613);
        assertThat(limits(hardware, chunk, "6.13").supported()).isEqualTo(later);
        assertThat(limits(hardware, chunk, "7.3").supported()).isEqualTo(later);
    }

    @Test
    void aBoundaryMayBeAMultipleOfTheChunkFrom618On() {
        HardwareLimits hardware = new HardwareLimits(true, 1024, 32768, 32768, 131072);

        assertThat(limits(hardware, 65536, "6.17")).isEqualTo(QueueLimits.NONE);
        assertThat(limits(hardware, 65536, "6.18")).isEqualTo(new QueueLimits(1024, 32768, 32768, 131072));
        assertThat(limits(hardware, 98304, "6.18")).isEqualTo(QueueLimits.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, true",
        "1024, 0, true",
        "512, 0, false",
        "65536, 0, true",
        "1024, 65536, false",
        "65536, 65536, true"
    })
    void aPartitionMustStartAligned(long start, long boundary, boolean supported) {
        QueueLimits queue = new QueueLimits(1024, 65536, 65536, boundary);

        assertThat(queue.ofPartition(start, new HardwareLimits(true, 1024, 65536, 65536, boundary), NEWEST))
                .isEqualTo(supported ? queue : QueueLimits.NONE);
        assertThat(QueueLimits.NONE.ofPartition(start, HardwareLimits.NONE, NEWEST))
                .isEqualTo(QueueLimits.NONE);
    }

    @Test
    void before614ItIsTheSmallestUnitOfTheQueue() {
        QueueLimits queue = new QueueLimits(1024, 1024, 65536, 0);
        HardwareLimits disk = new HardwareLimits(true, 4096, 65536, 65536, 0);

        assertThat(queue.ofPartition(1024, disk, new KernelVersion(6, 13))).isEqualTo(queue);
        assertThat(queue.ofPartition(512, disk, new KernelVersion(6, 13))).isEqualTo(QueueLimits.NONE);
        assertThat(queue.ofPartition(1024, disk, new KernelVersion(6, 14))).isEqualTo(QueueLimits.NONE);
    }

    private static QueueLimits limits(HardwareLimits hardware, long chunk, String kernel) {
        return new QueueGeometry(MIB, 256, 512, 4096, chunk).limits(hardware, KernelVersion.parse(kernel));
    }
}
