package io.untorn.model.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layouts that can be, and what their calls are. */
final class LayoutTest {
    private static final int B = 4096;

    @Test
    void itsCallsLieAtEqualDistances() {
        Layout layout = new Layout(Layout.Piece.PUNCH, B, B, 3 * B, 3);

        assertThat(layout.calls())
                .containsExactly(
                        new Fallocate(Fallocate.Mode.PUNCH_HOLE, B, B),
                        new Fallocate(Fallocate.Mode.PUNCH_HOLE, 4 * B, B),
                        new Fallocate(Fallocate.Mode.PUNCH_HOLE, 7 * B, B));
        assertThat(layout.end()).isEqualTo(8 * B);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 8192, 2, a layout of pieces of 0 bytes every 8192",
        "4096, 2048, 2, a layout of pieces of 4096 bytes every 2048",
        "4096, 8192, 0, pieces of a layout outside 1 to 512: 0",
        "4096, 8192, 513, pieces of a layout outside 1 to 512: 513",
        "16777216, 16777216, 5, 'a layout of 83886080 bytes, more than 67108864'"
    })
    void refusesWhatNoLayoutIs(int length, int stride, int count, String message) {
        assertThatThrownBy(() -> new Layout(Layout.Piece.WRITE, 0, length, stride, count))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
