package io.untorn.conformance.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.untorn.vm.host.UntornException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FioTest {
    private static final Path FILE = Path.of("/usr/bin/fio");

    @Test
    void atomicSince339() {
        Fio older = Fio.of(FILE, "fio-3.33\n").orElseThrow();
        assertThat(older).hasToString("fio 3.33");
        assertThat(older).matches(fio -> !fio.isAtomic(), "does not know atomic=1");
        assertThat(older.arguments(4096, 1 << 20, Duration.ofSeconds(5)))
                .contains("--ioengine=pvsync2", "--direct=1", "--bs=4096", "--filename={target}", "--runtime=5")
                .doesNotContain("--atomic=1");

        Fio newer = Fio.of(FILE, "fio-3.39-12-gabcdef").orElseThrow();
        assertThat(newer).matches(Fio::isAtomic, "knows atomic=1");
        assertThat(newer.arguments(4096, 1 << 20, Duration.ofSeconds(5))).contains("--atomic=1");
        assertThat(Fio.of(FILE, "fio-4.0")).get().matches(Fio::isAtomic, "knows atomic=1");
        assertThat(Fio.of(FILE, "flexible")).isEmpty();
    }

    @Test
    void theReportComesAfterOtherOutput() {
        assertThat(Fio.writesPerSecond("note: clock\n{\"jobs\": [{\"write\": {\"iops\": 1234.5}}]}"))
                .isEqualTo(1234.5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "fio: no such file", "{\"jobs\": []}", "{\"jobs\": [{\"write\": {\"iops\": 0.0}}]}", "{"})
    void aMissingReportIsAFailureOfTheMachinery(String printed) {
        assertThatThrownBy(() -> Fio.writesPerSecond(printed))
                .isInstanceOfSatisfying(UntornException.class, told -> assertThat(told.category())
                        .isEqualTo(UntornException.Category.MACHINERY))
                .hasMessageContaining(printed);
    }
}
