package io.untorn.model.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.untorn.model.operation.Remount.Notation;
import io.untorn.model.operation.Remount.Way;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RemountTest {
    /** The options as mount(2) takes them, and the bytes that they ask for; -1 where that is no number. */
    @ParameterizedTest
    @CsvSource({
        "65536, BYTES, max_atomic_write=65536, 65536",
        "65536, KIBIBYTES, max_atomic_write=64k, 65536",
        "66000, KIBIBYTES, max_atomic_write=64k, 65536",
        "65536, CAPITAL_KIBIBYTES, max_atomic_write=64K, 65536",
        "2097152, MEBIBYTES, max_atomic_write=2m, 2097152",
        "2097152, CAPITAL_MEBIBYTES, max_atomic_write=2M, 2097152",
        "1073741824, GIBIBYTES, max_atomic_write=1g, 1073741824",
        "1073741824, CAPITAL_GIBIBYTES, max_atomic_write=1G, 1073741824",
        "65536, LEADING_ZERO, max_atomic_write=065536, 65536",
        "65536, PLUS_SIGN, max_atomic_write=+65536, 65536",
        "0, KIBIBYTES, max_atomic_write=0k, 0",
        "65536, MINUS_SIGN, max_atomic_write=-65536, -1",
        "65536, HEXADECIMAL, max_atomic_write=0x10000, -1",
        "65536, TWO_SUFFIXES, max_atomic_write=64kk, -1",
        "65536, SUFFIX_ALONE, max_atomic_write=k, -1",
        "65536, NOTHING, max_atomic_write=, -1",
    })
    void anOptionIsSpelled(long bytes, Notation notation, String options, long asked) {
        Remount remount = new Remount(Way.LIVE, bytes, notation);

        assertThat(remount.hasOption()).as("an option is given").isTrue();
        assertThat(remount.options()).isEqualTo(options);
        assertThat(remount.asked().orElse(-1)).isEqualTo(asked);
        assertThat(remount).hasToString("live remount with " + options);
    }

    @Test
    void zeroBytesAreNoOption() {
        Remount plain = new Remount(Way.UNMOUNT_AND_MOUNT, 0);

        assertThat(plain.hasOption()).as("an option is given").isFalse();
        assertThat(plain.options()).isEmpty();
        assertThat(plain).hasToString("unmount and mount");
    }

    @Test
    void thereIsNoNegativeValue() {
        assertThatThrownBy(() -> new Remount(Way.LIVE, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }
}
