package io.untorn.vm;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.vm.qemu.Accelerator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HangTimeoutTest {
    private static final Duration QUICK = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    @Test
    void tcgAndABusyHostGetALongerTimeout() {
        assertThat(atFirst(Accelerator.KVM, Optional.empty(), QUICK)).hasSeconds(10);
        assertThat(atFirst(Accelerator.TCG, Optional.empty(), QUICK)).hasSeconds(30);
        assertThat(atFirst(Accelerator.TCG, Optional.empty(), Duration.ofSeconds(25)))
                .hasSeconds(100);
    }

    @Test
    void optionsThatSlowAKernelGetALongerTimeout() throws Exception {
        assertThat(atFirst(Accelerator.KVM, config("# CONFIG_KASAN is not set\nCONFIG_KASAN_GENERIC=y\n"), QUICK))
                .hasSeconds(10);
        assertThat(atFirst(Accelerator.KVM, config("CONFIG_KASAN=y\n"), QUICK)).hasSeconds(40);
        assertThat(atFirst(Accelerator.KVM, config("CONFIG_KASAN=y\nCONFIG_PROVE_LOCKING=y\n"), QUICK))
                .hasSeconds(120);
        assertThat(atFirst(
                        Accelerator.KVM,
                        config("CONFIG_KASAN=y\nCONFIG_PROVE_LOCKING=y\nCONFIG_KCSAN=y\nCONFIG_DEBUG_KMEMLEAK=y\n"),
                        QUICK))
                .hasSeconds(120);
    }

    @Test
    void aHangSeenBeforeGetsAShorterTimeout() {
        HangTimeout hangTimeout = new HangTimeout(Duration.ofSeconds(60));
        assertThat(hangTimeout.again(Duration.ofMillis(100))).hasSeconds(20);
        assertThat(hangTimeout.again(Duration.ofSeconds(3))).hasSeconds(30);
        assertThat(hangTimeout.again(Duration.ofSeconds(9))).hasSeconds(60);
    }

    @Test
    void aCandidateIsWaitedForAsLongAsTheHangBeforeItTells() {
        HangTimeout hangTimeout = new HangTimeout(Duration.ofSeconds(60));
        assertThat(hangTimeout.asBefore(Duration.ofMillis(100))).hasSeconds(5);
        assertThat(hangTimeout.asBefore(Duration.ofSeconds(1))).hasSeconds(10);
        assertThat(hangTimeout.asBefore(Duration.ofSeconds(9))).hasSeconds(60);
    }

    private Optional<Path> config(String text) throws Exception {
        return Optional.of(Files.writeString(folder.resolve("config"), text));
    }

    private static Duration atFirst(Accelerator accelerator, Optional<Path> config, Duration bootTime) {
        return HangTimeout.with(accelerator, config, bootTime).atFirst();
    }
}
