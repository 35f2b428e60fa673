package io.untorn.agent.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlignedBufferTest {
    @ParameterizedTest
    @ValueSource(ints = {8, 512, 4096, 1 << 20})
    void theAddressIsAMultipleOfTheAlignment(int alignment) {
        try (AlignedBuffer buffer = AlignedBuffer.allocate(100, alignment)) {
            assertThat(buffer.address() % alignment).isZero();
            assertThat(buffer.size()).isEqualTo(100);
        }
    }

    @Test
    void theViewShowsTheMemoryItself() {
        try (AlignedBuffer buffer = AlignedBuffer.allocate(64, 64)) {
            buffer.bytes().putInt(60, 0x01020304);

            assertThat(buffer.bytes().capacity()).isEqualTo(64);
            assertThat(buffer.bytes().order()).isEqualTo(ByteOrder.nativeOrder());
            assertThat(Native.getDirectBufferPointer(buffer.bytes())).isEqualTo(new Pointer(buffer.address()));
            assertThat(new Pointer(buffer.address()).getInt(60)).isEqualTo(0x01020304);
        }
    }

    @Test
    void aClosedBufferRefusesUseAndMayBeClosedAgain() {
        AlignedBuffer buffer = AlignedBuffer.allocate(4096, 4096);
        buffer.close();
        buffer.close();

        assertThatThrownBy(buffer::address)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the aligned buffer of 4096 bytes is closed");
        assertThatThrownBy(buffer::bytes).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void sizesAndAlignmentsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> AlignedBuffer.allocate(0, 8)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AlignedBuffer.allocate(8, 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AlignedBuffer.allocate(8, 24)).hasMessageEndingWith("from 8 on: 8 and 24 bytes");
    }

    @Test
    void segmentsBeyondTheArrayAreRefused() {
        try (IoVectors segments = new IoVectors(2)) {
            segments.set(1, 0, 0);
            assertThatThrownBy(() -> segments.set(2, 0, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }
}
