package io.untorn.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.untorn.model.limits.QueueLimits;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class SimulatedDiskTest {
    private static final int LENGTH = 4096;

    private final SimulatedDisk disk = new SimulatedDisk(1 << 20, new QueueLimits(1024, 65536, 65536, 0));

    @Test
    void readsWhatWasWrittenAndZerosElsewhere() {
        disk.write(16384 - 512, ones(1024));

        assertThat(read(16384 - 1024, 512)).containsOnly(0);
        assertThat(read(16384 - 512, 1024)).containsOnly(1);
        assertThat(read(16384 + 512, 512)).containsOnly(0);
    }

    @Test
    void takesNoAtomicCommandOutsideItsLimits() {
        assertThat(disk)
                .matches(one -> one.takesAtomic(0, 1024), "takes 1024 aligned bytes")
                .matches(one -> !one.takesAtomic(512, 1024), "refuses a misaligned offset")
                .matches(one -> !one.takesAtomic(0, 131072), "refuses 128 KiB");
        assertThatThrownBy(() -> disk.writeAtomic(512, ones(1024))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesNoCommandPastItsEnd() {
        assertThatThrownBy(() -> disk.write((1 << 20) - 512, ones(1024))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPowerCutTearsPlainCommandsAlone() {
        Set<Integer> plain = new TreeSet<>();
        Set<Integer> atomic = new TreeSet<>();
        for (int seed = 0; seed < 100; seed++) {
            disk.reset();
            disk.write(0, ones(LENGTH));
            disk.writeAtomic(LENGTH, ones(LENGTH));
            disk.cutPower(0, new Random(seed));
            plain.add(sectorsLeft(0));
            atomic.add(sectorsLeft(LENGTH));
        }

        assertThat(plain).contains(3, 4, 5);
        assertThat(atomic).containsExactly(0, LENGTH / SimulatedDisk.SECTOR);
    }

    @Test
    void whatWasFlushedSurvives() {
        disk.write(0, ones(LENGTH));
        disk.flush();
        disk.cutPower(0, new Random(1));

        assertThat(read(0, LENGTH)).containsOnly(1);
    }

    @Test
    void whatIsKnownToBeDurableSurvives() {
        disk.write(0, ones(LENGTH));
        long sent = disk.sent();
        disk.write(LENGTH, ones(LENGTH));
        disk.cutPower(sent, new Random(3));

        assertThat(read(0, LENGTH)).containsOnly(1);
        assertThat(sectorsLeft(LENGTH)).isLessThan(LENGTH / SimulatedDisk.SECTOR);
    }

    private int sectorsLeft(int offset) {
        int left = 0;
        for (int at = 0; at < LENGTH; at += SimulatedDisk.SECTOR) {
            left += read(offset + at, 1)[0];
        }
        return left;
    }

    private byte[] read(long offset, int length) {
        byte[] bytes = new byte[length];
        disk.read(offset, bytes, 0, length);
        return bytes;
    }

    private static byte[] ones(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 1);
        return bytes;
    }
}
