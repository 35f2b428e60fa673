package io.untorn.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PauseDetectorTest {
    @Test
    void aStoppedProcessCountsThePauseWhenItContinues() throws Exception {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Counting.class.getName()))
                .redirectErrorStream(true)
                .start();
        try (var lines = process.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("0");
            signal("STOP", process);
            Thread.sleep(4000);
            signal("CONT", process);
            assertThat(lines.lines().anyMatch("1"::equals))
                    .as("the pause is counted")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static void signal(String name, Process process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** Prints the count again and again. */
    static final class Counting {
        private Counting() {}

        public static void main(String[] arguments) throws InterruptedException {
            while (true) {
                System.out.println(PauseDetector.count());
                Thread.sleep(100);
            }
        }
    }
}
