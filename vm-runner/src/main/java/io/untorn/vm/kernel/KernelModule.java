package io.untorn.vm.kernel;

import io.untorn.vm.host.UntornException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A loadable kernel module.
 *
 * @param name its name as in {@code /proc/modules}, with underscores
 * @param file the {@code .ko}, which may be compressed
 */
public record KernelModule(String name, Path file) {

    /** Return the name of the module in a file: {@code dm-mod.ko.xz} holds {@code dm_mod}. */
    static String nameOf(String file) {
        String base = file.substring(file.lastIndexOf('/') + 1);
        int suffix = base.indexOf(".ko");
        return canonical(suffix < 0 ? base : base.substring(0, suffix));
    }

    /** Return a module's name with underscores: the kernel treats {@code -} and {@code _} as equal. */
    static String canonical(String name) {
        return name.replace('-', '_');
    }

    /**
     * Return the module as the kernel loads it: decompressed ELF.
     *
     * @throws UntornException as the caller's mistake if there is no such file, as failed machinery if it cannot be read
     */
    public byte[] content() {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
                InputStream plain = Compression.decompress(file.toString(), raw)) {
            return plain.readAllBytes();
        } catch (NoSuchFileException e) {
            throw UntornException.caller(
                    "There is no kernel module " + file
                            + ", though its folder's modules.dep names it. Install the modules again, with all that the guest needs.");
        } catch (IOException e) {
            throw UntornException.machinery(
                    "Cannot read the kernel module " + file + ": " + e.getMessage()
                            + ". Install or fetch the kernel again.",
                    e);
        }
    }
}
