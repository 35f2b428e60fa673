package io.untorn.agent.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatxCallTest {
    @Test
    void tellsOfAFileWhatTheJdkTells(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("file");
        try (Descriptor file = Descriptor.create(path)) {
            assertThat(LibC.ftruncate(file.fd(), 0x1_0000_0007L)).isZero();

            StatxResult result = ((Answer.Given<StatxResult>) StatxCall.of(file.fd())).value();

            assertThat(result.mask() & Uapi.STATX_BASIC_STATS).isEqualTo(Uapi.STATX_BASIC_STATS);
            assertThat(result.size()).isEqualTo(Files.size(path));
            assertThat(result.mode()).isEqualTo(Files.getAttribute(path, "unix:mode"));
            assertThat(result.blksize()).isPositive();
            assertThat(result.attributes() & ~result.attributesMask()).isZero();
        }
    }

    @Test
    void countsBlocksIn512Bytes(@TempDir Path folder) {
        try (Descriptor file = Descriptor.create(folder.resolve("file"))) {
            assertThat(LibC.fallocate(file.fd(), 0, 0, 1 << 20)).isZero();
            StatxResult result = ((Answer.Given<StatxResult>) StatxCall.of(file.fd())).value();
            assertThat(result.blocks()).isBetween(2048L, 2048L + 64);
        }
    }

    @Test
    void aBadDescriptorIsRefused() {
        assertThat(StatxCall.of(-1)).isEqualTo(new Answer.Refused<>(Errnos.EBADF));
    }

    @Test
    void aRefusalHasAnErrno() {
        assertThatThrownBy(() -> new Answer.Refused<>(9)).hasMessage("not a negated errno: 9");
    }
}
