package io.untorn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SideBySideTest {
    @TempDir
    private Path folder;

    /** A clone whose runs judge some operations in 2 seconds, and end with an exit code. */
    private Path clone(String name, int operations, int exitCode) throws IOException {
        Path clone = Files.createDirectories(folder.resolve(name));
        Path launcher = Files.writeString(
                clone.resolve("untorn"),
                """
                #!/bin/sh
                echo "$@" >>"%s/%s.calls"
                while [ "$1" != --output ]; do shift; done
                echo '{"ran": [{"counts": {"operations": %d, "nanos": 2000000000}}]}' >"$2/results.json"
                exit %d
                """
                        .formatted(folder, name, operations, exitCode));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
        return clone;
    }

    private SideBySide of(Path here, Path there) {
        return new SideBySide(here, there, List.of("--kernel", "debian:7.3"), Duration.ofSeconds(20), told -> {});
    }

    @Test
    void bothRunByTurnsWithTheSameSeeds() throws IOException {
        List<String> told = new ArrayList<>();
        Path here = clone("here", 600, 0);
        Path there = clone("there", 200, 3);
        String table = new SideBySide(here, there, List.of("--kernel", "debian:7.3"), Duration.ofSeconds(20), told::add)
                .measure(List.of("ext4"), 7, 2);

        assertThat(table.lines().toList())
                .last()
                .asString()
                .containsPattern("ext4 +300 +100 +3\\.00 +2\\.0 +>2\\.0 +1\\.00");
        assertThat(told).containsExactly("run 1 of 2 on ext4", "run 2 of 2 on ext4");
        List<String> calls = Files.readAllLines(folder.resolve("here.calls"));
        assertThat(calls).hasSize(2);
        assertThat(calls.get(1)).startsWith("run --kernel debian:7.3 --target ext4 --seed 8 --budget 20s --output ");
        assertThat(Files.readAllLines(folder.resolve("there.calls"))).hasSize(2);
    }

    @Test
    void aRunWithoutResultsIsAFailureWithWhatItPrinted() throws IOException {
        Path here = clone("here", 600, 0);
        Path broken = clone("broken", 1, 0);
        Files.writeString(broken.resolve("untorn"), "#!/bin/sh\necho no space left\nexit 3\n");

        assertThatThrownBy(() -> of(here, broken).measure(List.of("bdev"), 1, 1))
                .isInstanceOf(UntornException.class)
                .hasMessageContaining("left no results: no space left");
    }

    @Test
    void anotherFolderIsTheCallersMistake() throws IOException {
        Path here = clone("here", 600, 0);

        assertThatThrownBy(() -> of(here, folder))
                .isInstanceOf(UntornException.class)
                .hasMessage(folder + " is no clone of untorn: it has no ./untorn");
    }
}
