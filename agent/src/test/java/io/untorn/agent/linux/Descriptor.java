package io.untorn.agent.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** A file that a test opened, and closes. */
record Descriptor(int fd) implements AutoCloseable {
    static Descriptor create(Path file) {
        int fd = LibC.open(file.toString(), Uapi.O_RDWR | Uapi.O_CREAT | Uapi.O_EXCL | Uapi.O_CLOEXEC, 0600);
        assertThat(fd).as("open(%s)", file).isNotNegative();
        return new Descriptor(fd);
    }

    @Override
    public void close() {
        assertThat(LibC.close(fd)).as("close(%d)", fd).isZero();
    }
}
