package io.untorn.vm.kernel;

import io.untorn.vm.host.Architecture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

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

    /**
     * Return the kernel's {@code .config}, if it came with one: beside its image or its modules, or at the top of the tree
     * that it was built in.
     */
    public Optional<Path> config() {
        Path absolute = image.toAbsolutePath().normalize();
        Path inTree = Path.of(Architecture.GUEST.bootImagePath());
        Stream<Path> beside = Stream.of(
                image.resolveSibling("config"),
                image.resolveSibling("config-" + release),
                modules.folder().resolve("config"));
        Stream<Path> ofTree = absolute.endsWith(inTree)
                ? Stream.of(absolute.resolve("../".repeat(inTree.getNameCount()))
                        .resolve(".config")
                        .normalize())
                : Stream.empty();
        return Stream.concat(beside, ofTree).filter(Files::isRegularFile).findFirst();
    }
}
