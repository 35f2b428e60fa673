package io.untorn.vm.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SharedLibrariesTest {
    @Test
    void takesThePathsAndTheLoaderOnce() {
        String printed =
                """
                /usr/sbin/mkfs.ext4:
                \tlinux-vdso.so.1 (0x00007ffc8a9d1000)
                \tlibext2fs.so.2 => /lib/x86_64-linux-gnu/libext2fs.so.2 (0x00007f0a4c400000)
                \tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f0a4c21f000)
                \t/lib64/ld-linux-x86-64.so.2 (0x00007f0a4c4f5000)
                /jre/lib/libnio.so:
                \tlibjvm.so => not found
                \tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f5be6c1f000)
                /jre/lib/static:
                \tstatically linked
                """;

        assertThat(SharedLibraries.parse(printed))
                .containsExactly(
                        Path.of("/lib/x86_64-linux-gnu/libc.so.6"),
                        Path.of("/lib/x86_64-linux-gnu/libext2fs.so.2"),
                        Path.of("/lib64/ld-linux-x86-64.so.2"));
    }
}
