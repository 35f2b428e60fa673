package io.untorn.agent.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class PinnedPagesTest {
    private static final String COUNTERS =
            "nr_dirty 7\nnr_foll_pin_acquired 4111\nnr_foll_pin_released 14\nnr_kept 0\n";

    private static ByteBuffer text(String counters) {
        return ByteBuffer.wrap(counters.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void thoseThatWereNotReleasedAreHeld() throws IOException {
        assertThat(PinnedPages.held(text(COUNTERS))).isEqualTo(4097);
    }

    @Test
    void thisKernelCounts() {
        assertThatCode(PinnedPages::held).doesNotThrowAnyException();
    }

    @Test
    void aKernelThatDoesNotCountSaysSo() {
        assertThatThrownBy(() -> PinnedPages.held(text("nr_dirty 7\n")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nr_foll_pin_acquired");
    }
}
