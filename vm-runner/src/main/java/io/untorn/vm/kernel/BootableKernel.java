package io.untorn.vm.kernel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A kernel that is ready to boot.
 *
 * @param name its name in reports: {@code debian-7.3.4-1~bpo13+1}, or the release of a kernel from a file
 * @param release what {@code uname -r} will say
 * @param image the bzImage
 * @param modules its modules
 * @param modulesUnverified whether nothing vouches for the modules but their own signatures: boot it with
 *     {@code module.sig_enforce=1}, so that the kernel checks them with the key it was built with
 */
public record BootableKernel(String name, String release, Path image, ModuleTree modules, boolean modulesUnverified) {

    /** Return the kernel's {@code .config}, if it came with one. */
    public Optional<Path> config() {
        return Optional.of(image.resolveSibling("config")).filter(Files::isRegularFile);
    }
}
