package io.untorn.agent;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * What lies on a disk before it gets a file system, where that allocates first. On a disk of zeros a block that wrongly
 * shows what lay there before looks as a hole does.
 */
public final class OldData {
    /** Every byte of it. No write of a trace is full of this. */
    public static final int BYTE = 0xA5;

    /** How much there is, in MiB from the start of the disk: it is part of every snapshot. */
    public static final int MEBIBYTES = 16;

    private OldData() {}

    /** Write it to the disk with a node. */
    static void lay(Path node) throws IOException {
        byte[] mebibyte = new byte[1 << 20];
        Arrays.fill(mebibyte, (byte) BYTE);
        try (OutputStream disk = Files.newOutputStream(node, StandardOpenOption.WRITE)) {
            for (int written = 0; written < MEBIBYTES; written++) {
                disk.write(mebibyte);
            }
        }
    }
}
