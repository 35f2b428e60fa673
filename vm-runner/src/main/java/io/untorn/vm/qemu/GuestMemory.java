package io.untorn.vm.qemu;

import java.nio.file.Path;
import java.util.List;

/**
 * The backing of a guest's memory.
 *
 * <p>It is always a file, so that a snapshot need not use QEMU's own format: saving copies the file, starting maps it.
 *
 * <p>Source: QEMU docs/system/vm-templating.rst.
 */
sealed interface GuestMemory {
    /** The memory's name on QEMU's command line. */
    String ID = "ram";

    /** Return QEMU's options. */
    List<String> options(int mebibytes);

    /** Memory of zeros, for a boot; the machine can be saved. */
    record Fresh() implements GuestMemory {
        @Override
        public List<String> options(int mebibytes) {
            return savable(mebibytes);
        }
    }

    /** Memory that is filled from a snapshot before the machine resumes; the machine can be saved. */
    record Filled() implements GuestMemory {
        @Override
        public List<String> options(int mebibytes) {
            return incoming(savable(mebibytes));
        }
    }

    /** A snapshot's memory, mapped privately: the machine copies only the pages that it writes to; it can't be saved. */
    record CopyOnWrite(Path file) implements GuestMemory {
        @Override
        public List<String> options(int mebibytes) {
            return incoming(List.of(
                    "-object",
                    "memory-backend-file,id=" + ID + ",size=" + mebibytes + "M,share=off,mem-path="
                            + QemuCommand.escaped(file)));
        }
    }

    private static List<String> savable(int mebibytes) {
        return List.of("-object", "memory-backend-memfd,id=" + ID + ",size=" + mebibytes + "M,share=on");
    }

    private static List<String> incoming(List<String> memory) {
        return List.of(memory.get(0), memory.get(1), "-incoming", "defer");
    }
}
