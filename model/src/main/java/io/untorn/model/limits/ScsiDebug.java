package io.untorn.model.limits;

import io.untorn.model.target.KernelVersion;
import java.util.HashMap;
import java.util.Map;

/** What the scsi_debug module's parameters make its disks promise. */
public final class ScsiDebug {
    /**
     * Where the only partition of a disk starts that is loaded with {@code num_parts=1}, in bytes; it ends with the disk.
     *
     * <p>Source: kernel drivers/scsi/scsi_debug.c, sdebug_build_parts and scsi_debug_init: 32 sectors of 512 bytes, on disks of
     * less than 1 GiB (6.12 to 7.3).
     */
    public static final int PARTITION_START = 32 * 512;

    private static final KernelVersion FIRST = new KernelVersion(6, 11);
    private static final KernelVersion SHORTER_BY_DEFAULT = new KernelVersion(6, 16);

    private ScsiDebug() {}

    /**
     * Return the profile of the module's disks.
     *
     * <p>Where {@code atomic_wr_max_length_bndry} is not given it is the version's default, whatever
     * {@code atomic_wr_max_length} says.
     *
     * <p>Source: kernel drivers/scsi/scsi_debug.c, DEF_ATOMIC_WR_* and inquiry_vpd_b0 (6.12 and 7.3). What modinfo says of
     * the defaults is wrong from 6.16 on.
     *
     * @param parameters as given to the module: {@code atomic_wr=1 atomic_wr_align=8}, with blanks between
     * @throws IllegalArgumentException if a parameter is no {@code name=value}, or a value that counts no number
     */
    public static ScsiProfile profile(String parameters, KernelVersion kernel) {
        Map<String, String> given = new HashMap<>();
        for (String parameter :
                parameters.isBlank() ? new String[0] : parameters.strip().split("\\s+")) {
            int equals = parameter.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("not a parameter of scsi_debug: " + parameter);
            }
            given.put(parameter.substring(0, equals), parameter.substring(equals + 1));
        }
        int sector = (int) value(given, "sector_size", 512);
        int physical = sector << value(given, "physblk_exp", 0);
        int protection = (int) value(given, "dif", 0);
        if (!kernel.isAtLeast(FIRST) || value(given, "atomic_wr", 0) == 0) {
            return new ScsiProfile(0, 0, 0, 0, 0, sector, physical, protection);
        }
        long length = kernel.isAtLeast(SHORTER_BY_DEFAULT) ? 128 : 8192;
        return new ScsiProfile(
                value(given, "atomic_wr_max_length", length),
                value(given, "atomic_wr_align", 2),
                value(given, "atomic_wr_gran", 2),
                value(given, "atomic_wr_max_length_bndry", length),
                value(given, "atomic_wr_max_bndry", 128),
                sector,
                physical,
                protection);
    }

    private static long value(Map<String, String> given, String name, long otherwise) {
        String value = given.get(name);
        return value == null ? otherwise : Long.parseLong(value);
    }
}
