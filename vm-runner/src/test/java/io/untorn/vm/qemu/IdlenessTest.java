package io.untorn.vm.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class IdlenessTest {
    private static final String WORK = "i=0; while [ $i -lt 1000000 ]; do i=$((i + 1)); done; exec sleep 60";
    private static final String NO_END = "while :; do :; done";

    @Test
    void waitsForABusyProcess() throws Exception {
        Process process = shell(WORK);
        try {
            Idleness.await(process.toHandle(), Duration.ofMinutes(1));
            assertThat(process.info().command().orElseThrow()).endsWith("sleep");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void stopsWaitingAtTheLimit() throws Exception {
        Process process = shell(NO_END);
        try {
            Idleness.await(process.toHandle(), Duration.ofMillis(500));
            assertThat(process).matches(Process::isAlive, "still runs");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void doesNotWaitForAnEndedProcess() throws Exception {
        Process process = shell("exit 0");
        process.waitFor();
        Idleness.await(process.toHandle(), Duration.ofMinutes(1));
        assertThat(process).matches(one -> !one.isAlive(), "has ended");
    }

    private static Process shell(String script) throws Exception {
        return new ProcessBuilder(List.of("sh", "-c", script)).start();
    }
}
