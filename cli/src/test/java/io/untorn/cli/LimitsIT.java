package io.untorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.cli.UntornCommand.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares limits on a real kernel. */
final class LimitsIT {
    @TempDir
    Path folder;

    @Test
    void allAreAsComputed() throws Exception {
        Result result = UntornCommand.run(folder, "limits", "--kernel", UntornCommand.KERNEL);

        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.output())
                .containsPattern("(?m)^queue .* atomic_write_max_bytes +65536 +65536")
                .containsPattern("(?m)^ext4-bigalloc .* stx_atomic_write_unit_max +16384 +16384")
                .endsWith("all are as computed" + System.lineSeparator());
    }

    @Test
    void differencesAreMarked() throws Exception {
        Result result = UntornCommand.run(
                folder,
                "limits",
                "--target",
                "bdev",
                "--seeded-fault",
                "statx-max-doubled",
                "--kernel",
                UntornCommand.KERNEL);

        assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
        assertThat(result.output())
                .containsPattern("(?m)^bdev .* stx_atomic_write_unit_max +65536 +131072 !")
                .endsWith("not as computed: 1" + System.lineSeparator());
    }
}
