package io.untorn.model.contents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class ContentsTest {
    private static final Origin FIRST = new Origin.Written(0, 0);
    private static final Origin SECOND = new Origin.Written(1, 0);

    @Test
    void overwritingSplitsARunAndTheSameAgainJoinsIt() {
        Contents split = Contents.zeros(4096).with(1024, 512, FIRST);

        assertThat(split.runs())
                .containsExactly(
                        new Contents.Run(0, 1024, Origin.ZERO),
                        new Contents.Run(1024, 512, FIRST),
                        new Contents.Run(1536, 2560, Origin.ZERO));
        assertThat(split.with(1024, 512, Origin.ZERO)).isEqualTo(Contents.zeros(4096));
    }

    @Test
    void whatLiesPastTheEndIsLeftOut() {
        assertThat(Contents.zeros(1000).with(512, 4096, FIRST).end()).isEqualTo(1000);
        assertThat(Contents.zeros(1000).with(2000, 8, FIRST)).isEqualTo(Contents.zeros(1000));
        assertThat(Contents.zeros(1000).slice(992, 512).length()).isEqualTo(8);
        assertThat(Contents.zeros(1000).slice(2000, 512).length()).isZero();
    }

    @Test
    void cuttingAndGrowingLeavesZeros() {
        Contents grown = Contents.zeros(0)
                .resized(1024)
                .with(0, 1024, FIRST)
                .resized(512)
                .resized(2048);

        assertThat(grown.runs())
                .containsExactly(new Contents.Run(0, 512, FIRST), new Contents.Run(512, 1536, Origin.ZERO));
    }

    @Test
    void aCopyRemembersHowFarItsDataCame() {
        Contents written = Contents.zeros(8192).with(0, 4096, FIRST);
        Contents copied = written.withCopy(written.slice(0, 4096), 4096);

        assertThat(copied.slice(4096, 4096).runs())
                .containsExactly(new Contents.Run(4096, 4096, new Origin.Written(0, 4096)));
    }

    @Test
    void theFirstDifferenceIsReturned() {
        Contents expected = Contents.zeros(4096).with(0, 1024, FIRST);
        Contents actual = expected.with(512, 1024, SECOND);

        assertThat(expected.difference(actual)).contains(new Contents.Difference(512, 512, FIRST, SECOND));
        assertThat(expected.difference(expected)).isEmpty();
    }

    @Test
    void stampedDataNamesItsWriterAndPlace() {
        Stamp stamp = new Stamp(7);
        ByteBuffer disk = ByteBuffer.allocate(4096);
        stamp.fill(disk.slice(1024, 1024), 3, 1024);

        Contents seen = stamp.recognize(disk, 0);
        assertThat(seen).isEqualTo(Contents.zeros(4096).with(1024, 1024, new Origin.Written(3, 0)));

        disk.put(2048, disk, 1024, 512);
        assertThat(stamp.recognize(disk, 0).slice(2048, 512).runs())
                .containsExactly(new Contents.Run(2048, 512, new Origin.Written(3, 1024)));
    }

    @Test
    void dataFarFromTheStartNamesItsPlaceAsWell() {
        long far = (1L << 44) - 512;
        Stamp stamp = new Stamp(7);
        ByteBuffer disk = ByteBuffer.allocate(1024);
        stamp.fill(disk.duplicate(), 3, far);

        assertThat(stamp.recognize(disk, far).runs())
                .containsExactly(new Contents.Run(far, 1024, new Origin.Written(3, 0)));
        assertThat(stamp.recognize(disk, 0).runs())
                .containsExactly(new Contents.Run(0, 1024, new Origin.Written(3, -far)));
        assertThat(stamp.recognize(disk, far + (1L << 35)).runs())
                .containsExactly(new Contents.Run(far + (1L << 35), 1024, new Origin.Written(3, 1L << 35)));
    }

    @Test
    void dataOfAnotherRunAndDamagedDataAreForeign() {
        ByteBuffer disk = ByteBuffer.allocate(512);
        Stamp stamp = new Stamp(7);
        stamp.fill(disk.duplicate(), 3, 0);
        Stamp other = new Stamp(8);
        other.fill(ByteBuffer.allocate(512), 3, 0);

        assertThat(other.recognize(disk, 0).runs())
                .allSatisfy(run -> assertThat(run.origin()).isInstanceOf(Origin.Foreign.class));
        disk.put(100, (byte) (disk.get(100) ^ 1));
        assertThat(stamp.recognize(disk, 0).slice(96, 8).runs())
                .singleElement()
                .satisfies(run -> assertThat(run.origin()).isInstanceOf(Origin.Foreign.class));
    }

    /** One word of another run in 65,536 has a check value that fits; an operation that laid none there did not write it. */
    @Test
    void dataOfAnotherRunWhoseCheckFitsIsForeign() {
        int size = 8 << 20;
        ByteBuffer disk = ByteBuffer.allocate(size);
        new Stamp(7).fill(disk.duplicate(), 3, 0);
        Stamp there = new Stamp(8);
        there.fill(ByteBuffer.allocate(size), 3, 0);
        Stamp elsewhere = new Stamp(8);
        elsewhere.fill(ByteBuffer.allocate(4096), 3, size);

        assertThat(there.recognize(disk, 0).runs())
                .anySatisfy(run -> assertThat(run.origin()).isInstanceOf(Origin.Written.class));
        assertThat(elsewhere.recognize(disk, 0).runs())
                .allSatisfy(run -> assertThat(run.origin()).isInstanceOf(Origin.Foreign.class));
    }

    @Test
    void everyByteCounts() {
        Stamp stamp = new Stamp(1);
        for (int at = 0; at < 64; at++) {
            ByteBuffer disk = ByteBuffer.allocate(64);
            stamp.fill(disk.duplicate(), 9, 0);
            Contents whole = stamp.recognize(disk, 0);
            disk.put(at, (byte) ~disk.get(at));
            assertThat(stamp.recognize(disk, 0)).as("byte %d", at).isNotEqualTo(whole);
        }
    }

    @Test
    void whatIsTakenOutIsGoneAndTheRestMovesUp() {
        Contents shorter = Contents.zeros(12288).with(8192, 4096, FIRST).without(4096, 4096);

        assertThat(shorter.runs())
                .containsExactly(
                        new Contents.Run(0, 4096, Origin.ZERO),
                        new Contents.Run(4096, 4096, new Origin.Written(0, -4096)));
    }

    @Test
    void whatIsPutInIsZerosAndTheRestMovesDown() {
        Contents longer = Contents.zeros(4096).with(0, 4096, FIRST).inserting(512, 1024);

        assertThat(longer.runs())
                .containsExactly(
                        new Contents.Run(0, 512, FIRST),
                        new Contents.Run(512, 1024, Origin.ZERO),
                        new Contents.Run(1536, 3584, new Origin.Written(0, 1024)));
    }
}
