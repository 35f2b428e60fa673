package io.untorn.vm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A loadable kernel module.
 *
 * @param name the name, with underscores
 * @param file the file it is in
 */
public record KernelModule(String name, Path file) {
    /** Return the module as the kernel loads it. */
    public byte[] content() throws IOException {
        return Files.readAllBytes(file);
    }
}
