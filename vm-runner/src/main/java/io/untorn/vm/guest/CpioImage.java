package io.untorn.vm.guest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioConstants;

/**
 * The content of an initramfs archive, by path without a leading slash. The same content always gives the same bytes.
 *
 * <p>The kernel unpacks several archives in a row, so one may be appended to another.
 */
final class CpioImage {
    private static final int FOLDER_MODE = CpioConstants.C_ISDIR | 0755;
    private static final int FILE_MODE = CpioConstants.C_ISREG | 0755;
    private static final int CONSOLE_MODE = CpioConstants.C_ISCHR | 0600;
    private static final int CONSOLE_MAJOR = 5;
    private static final int CONSOLE_MINOR = 1;
    private static final int ENTRY_OVERHEAD_BYTES = 512;

    private final SortedMap<String, Entry> entries = new TreeMap<>();

    private record Entry(int mode, long size, Source content) {}

    private interface Source {
        void copyTo(OutputStream output) throws IOException;
    }

    /** Add a folder, and those above it. */
    CpioImage folder(String path) {
        return add(path, new Entry(FOLDER_MODE, 0, output -> {}));
    }

    /** Add {@code dev/console}, which the kernel opens for the init process before anything is mounted. */
    CpioImage console() {
        return add("dev/console", new Entry(CONSOLE_MODE, 0, output -> {}));
    }

    /** Add a file with its content. */
    CpioImage file(String path, byte[] content) {
        return add(path, new Entry(FILE_MODE, content.length, output -> output.write(content)));
    }

    /** Add a copy of a file of the host, following symbolic links. */
    CpioImage file(String path, Path file) {
        return add(path, new Entry(FILE_MODE, file.toFile().length(), output -> Files.copy(file, output)));
    }

    /** Add copies of all files in a folder of the host. */
    CpioImage tree(String path, Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(Files::isRegularFile).forEach(file -> file(path + "/" + root.relativize(file), file));
        }
        return this;
    }

    private CpioImage add(String path, Entry entry) {
        int slash = path.lastIndexOf('/');
        if (slash > 0) {
            folder(path.substring(0, slash));
        }
        entries.put(path, entry);
        return this;
    }

    /** Return the size of the archive in bytes, rounded up. */
    long size() {
        long size = ENTRY_OVERHEAD_BYTES;
        for (Entry entry : entries.values()) {
            size += ENTRY_OVERHEAD_BYTES + entry.size();
        }
        return size;
    }

    /** Return the archive. */
    byte[] toBytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writeTo(bytes);
        return bytes.toByteArray();
    }

    /** Write the archive in the format "newc", and leave the stream open. */
    @SuppressWarnings("resource") // closing the archive would close the caller's stream
    void writeTo(OutputStream output) throws IOException {
        CpioArchiveOutputStream archive = new CpioArchiveOutputStream(output, CpioConstants.FORMAT_NEW);
        int inode = 1;
        for (var named : entries.entrySet()) {
            Entry entry = named.getValue();
            CpioArchiveEntry header = new CpioArchiveEntry(CpioConstants.FORMAT_NEW, named.getKey());
            header.setInode(inode++);
            header.setMode(entry.mode());
            header.setNumberOfLinks(1);
            header.setSize(entry.size());
            if (entry.mode() == CONSOLE_MODE) {
                header.setRemoteDeviceMaj(CONSOLE_MAJOR);
                header.setRemoteDeviceMin(CONSOLE_MINOR);
            }
            archive.putArchiveEntry(header);
            entry.content().copyTo(archive);
            archive.closeArchiveEntry();
        }
        archive.finish();
    }
}
