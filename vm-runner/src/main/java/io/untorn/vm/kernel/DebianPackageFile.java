package io.untorn.vm.kernel;

import io.untorn.vm.host.UntornException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Extracts a kernel's files from a {@code .deb}. */
final class DebianPackageFile {
    private static final Pattern KERNEL_FILE =
            Pattern.compile("(?:boot/|(?:usr/)?lib/modules/[^/]+/)(vmlinuz|config)(?:-[^/]+)?");
    private static final Pattern MODULE_FILE = Pattern.compile("(?:usr/)?(lib/modules/.+)");

    private DebianPackageFile() {}

    /**
     * Extract {@code vmlinuz}, {@code config} and {@code lib/modules/} from any of their usual folders, as regular files of
     * the current user.
     *
     * @throws UntornException as failed machinery if a name points outside the folder
     */
    static void extractKernel(Path file, Path folder) throws IOException {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
                ArArchiveInputStream members = new ArArchiveInputStream(raw)) {
            for (ArArchiveEntry member = members.getNextEntry(); member != null; member = members.getNextEntry()) {
                if (member.getName().startsWith("data.tar")) {
                    extractData(
                            new TarArchiveInputStream(Compression.decompress(member.getName(), members)), file, folder);
                    return;
                }
            }
        }
        throw UntornException.machinery(file + " is not a Debian package: it holds no data.tar.");
    }

    private static void extractData(TarArchiveInputStream data, Path file, Path folder) throws IOException {
        for (TarArchiveEntry entry = data.getNextEntry(); entry != null; entry = data.getNextEntry()) {
            Optional<String> place =
                    entry.getLinkFlag() == TarConstants.LF_NORMAL ? placeOf(entry.getName()) : Optional.empty();
            if (place.isPresent()) {
                Path target = folder.resolve(place.get()).normalize();
                if (!target.startsWith(folder)) {
                    throw UntornException.machinery(
                            "The package " + file + " would write outside its folder: " + entry.getName());
                }
                Files.createDirectories(target.resolveSibling(""));
                Files.copy(data, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static Optional<String> placeOf(String name) {
        String plain = name.replaceFirst("^\\./", "");
        Matcher kernel = KERNEL_FILE.matcher(plain);
        if (kernel.matches()) {
            return Optional.of(kernel.group(1));
        }
        Matcher module = MODULE_FILE.matcher(plain);
        return module.matches() ? Optional.of(module.group(1)) : Optional.empty();
    }
}
