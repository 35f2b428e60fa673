package io.untorn.cli;

import java.nio.file.Path;

/** The folder for what is found on one kernel: that of the run, or one in it where the run has several kernels. */
final class KernelFolder {
    private KernelFolder() {}

    /**
     * Return the folder.
     *
     * @param output that of the run
     * @param kernel as it was named
     * @param kernels how many the run has
     */
    static Path of(Path output, String kernel, int kernels) {
        return kernels == 1 ? output : output.resolve(kernel.replaceAll("[^A-Za-z0-9.+~-]+", "-"));
    }
}
