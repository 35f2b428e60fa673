package io.untorn.vm.kernel;

import io.untorn.vm.cache.Digest;
import io.untorn.vm.cache.FileStamps;
import io.untorn.vm.cache.ImageCache;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Uncompressed kernels, extracted from their x86 bzImages, because without KVM the guest needs two seconds to decompress
 * itself. A kernel that is started so is the same; it then runs at its link address, without KASLR.
 */
public final class UnpackedKernel {
    /** The prefix of their names. */
    public static final String PREFIX = "vmlinux-";

    private final ImageCache cache;

    /** Keep them under a folder, in {@code images}. */
    public UnpackedKernel(Path cacheDir) {
        cache = new ImageCache(cacheDir.resolve("images"));
    }

    /**
     * Return the file to start instead of a bzImage, named after its content; empty if the bzImage itself has to be started.
     *
     * @throws UntornException if it cannot be read, or there is no space
     */
    public Optional<Path> of(BootableKernel kernel) {
        Path image = kernel.image();
        try {
            String recipe = recipe(image);
            Optional<Path> kept = cache.byRecipe(recipe);
            if (kept.isPresent()) {
                return kept;
            }
            byte[] bzImage = Files.readAllBytes(image);
            Optional<byte[]> elf = Vmlinux.in(bzImage);
            if (elf.isEmpty()) {
                return Optional.empty();
            }
            byte[] content = elf.get();
            Path place = cache.get(name(kernel, bzImage), content.length, draft -> Files.write(draft, content));
            cache.remember(recipe, place, List.of());
            return Optional.of(place);
        } catch (IOException e) {
            throw UntornException.caller("cannot read the kernel " + image + ": " + e.getMessage());
        }
    }

    private static String recipe(Path image) {
        Digest inputs = new Digest().add(PREFIX);
        FileStamps.of(List.of(image)).forEach(inputs::add);
        return inputs.shortHex();
    }

    private static String name(BootableKernel kernel, byte[] bzImage) {
        return PREFIX + kernel.release().replaceAll("[^\\w.+-]", "_") + "-"
                + new Digest().add(bzImage).shortHex();
    }
}
