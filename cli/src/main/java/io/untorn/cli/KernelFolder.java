package io.untorn.cli;

import java.nio.file.Path;

/** The output folder of one kernel: that of the run, or a subfolder if the run has several kernels. */
final class KernelFolder {
    private KernelFolder() {}

    /**
     * Return the folder.
     *
     * @param output the folder of the run
     * @param kernel the kernel as the user named it
     * @param kernels the number of kernels in the run
     */
    static Path of(Path output, String kernel, int kernels) {
        return kernels == 1 ? output : output.resolve(kernel.replaceAll("[^A-Za-z0-9.+~-]+", "-"));
    }
}
