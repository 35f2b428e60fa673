package io.untorn.simulated;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The lines that the kernel prints, and the time that stands before them. */
final class SimulatedConsole {
    private static final long MICROSECONDS_PER_SECOND = 1_000_000;
    private static final long BOOTED = 46_000_000;

    private final List<String> lines = new ArrayList<>();
    private long nanoseconds;

    /** Let time pass, and return how much has passed since the last reset, in nanoseconds. */
    long pass(long more) {
        nanoseconds += more;
        return nanoseconds;
    }

    void print(String line) {
        long microseconds = BOOTED + nanoseconds / 1000;
        lines.add(String.format(
                Locale.ROOT,
                "[%5d.%06d] %s",
                microseconds / MICROSECONDS_PER_SECOND,
                microseconds % MICROSECONDS_PER_SECOND,
                line));
    }

    /** Print the warning that the mail of 2023-12-04 quotes. */
    void printWarningOfTheMail() {
        print("------------[ cut here ]------------");
        print("WARNING: CPU: 1 PID: 158 at fs/ext4/mballoc.c:2991 ext4_mb_regular_allocator+0xeca/0xf20");
        print("CPU: 1 PID: 158 Comm: test-pwritev2 Not tainted 6.7.0-rc1-00038-gae3807f27e7d-dirty #968");
        print("RIP: 0010:ext4_mb_regular_allocator+0xeca/0xf20");
        print("Call Trace:");
        print(" <TASK>");
        print(" ext4_mb_new_blocks+0x7e8/0xe60");
        print(" ext4_ext_map_blocks+0xc44/0xff0");
        print(" ext4_map_blocks+0x162/0x5b0");
        print(" ext4_map_blocks_aligned+0x20/0xa0");
        print(" ext4_iomap_begin+0x1e9/0x320");
        print(" iomap_iter+0x16d/0x350");
        print(" __iomap_dio_rw+0x3be/0x830");
        print(" iomap_dio_rw+0x9/0x30");
        print(" ext4_file_write_iter+0x597/0x800");
        print(" </TASK>");
        print("---[ end trace 0000000000000000 ]---");
        print("EXT4-fs warning (device sda): ext4_map_blocks_aligned:520: Returned extent couldn't satisfy alignment "
                + "requirements");
    }

    /** Return what was printed. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    void reset() {
        lines.clear();
        nanoseconds = 0;
    }
}
