package io.untorn.model.operation;

import java.util.Locale;
import java.util.OptionalLong;

/**
 * Mount the file system again and get the file's limits. A block device is opened again instead. An attribute of the
 * file is taken away for an unmount, and given back after the mount.
 *
 * @param maxAtomicWrite the value of XFS's option {@code max_atomic_write}, in bytes
 * @param notation how the value is spelled; {@link Notation#BYTES} with 0 is no option at all
 */
public record Remount(Way way, long maxAtomicWrite, Notation notation) implements Operation {
    /** The two ways. */
    public enum Way {
        /**
         * Unmount, mount, and open the file again in the mode it had. If the mount fails, it is done without the
         * option.
         */
        UNMOUNT_AND_MOUNT,
        /** Change the option of the mounted file system (MS_REMOUNT); the file stays open. */
        LIVE
    }

    /**
     * How the option spells a number of bytes.
     *
     * <p>Source: kernel Documentation/admin-guide/xfs.rst, max_atomic_write; fs/xfs/xfs_super.c, suffix_kstrtoull: a
     * decimal number, with a plus sign or not, and one suffix or none, small or capital (6.16 to 7.3).
     */
    public enum Notation {
        /** {@code 65536}; for 0 there is no option. */
        BYTES,
        /** {@code 64k}; what is left of a kibibyte is left out. */
        KIBIBYTES,
        /** {@code 64K}. */
        CAPITAL_KIBIBYTES,
        /** {@code 1m}. */
        MEBIBYTES,
        /** {@code 1M}. */
        CAPITAL_MEBIBYTES,
        /** {@code 1g}. */
        GIBIBYTES,
        /** {@code 1G}. */
        CAPITAL_GIBIBYTES,
        /** {@code 065536}: decimal all the same. */
        LEADING_ZERO,
        /** {@code +65536}. */
        PLUS_SIGN,
        /** {@code -65536}: no number that the option takes. */
        MINUS_SIGN,
        /** {@code 0x10000}: no decimal number. */
        HEXADECIMAL,
        /** {@code 64kk}: one suffix too many. */
        TWO_SUFFIXES,
        /** {@code k}: a suffix of nothing. */
        SUFFIX_ALONE,
        /** Nothing after the equals sign. */
        NOTHING
    }

    public Remount {
        if (maxAtomicWrite < 0) {
            throw new IllegalArgumentException("max_atomic_write below 0: " + maxAtomicWrite);
        }
    }

    /** Create one that spells the option in bytes, or gives none where it is 0. */
    public Remount(Way way, long maxAtomicWrite) {
        this(way, maxAtomicWrite, Notation.BYTES);
    }

    /** Tell whether an option is given. */
    public boolean hasOption() {
        return maxAtomicWrite != 0 || notation != Notation.BYTES;
    }

    /** Return the options of the mount as mount(2) takes them: empty, or {@code max_atomic_write=64k}. */
    public String options() {
        return hasOption() ? "max_atomic_write=" + spelled() : "";
    }

    /** Return the bytes that the option asks for as it is spelled; empty if that is no number. */
    public OptionalLong asked() {
        return switch (notation) {
            case BYTES, LEADING_ZERO, PLUS_SIGN -> OptionalLong.of(maxAtomicWrite);
            case KIBIBYTES, CAPITAL_KIBIBYTES, MEBIBYTES, CAPITAL_MEBIBYTES, GIBIBYTES, CAPITAL_GIBIBYTES ->
                OptionalLong.of(maxAtomicWrite >> shift() << shift());
            case MINUS_SIGN, HEXADECIMAL, TWO_SUFFIXES, SUFFIX_ALONE, NOTHING -> OptionalLong.empty();
        };
    }

    private String spelled() {
        return switch (notation) {
            case BYTES -> Long.toString(maxAtomicWrite);
            case LEADING_ZERO -> "0" + maxAtomicWrite;
            case PLUS_SIGN -> "+" + maxAtomicWrite;
            case MINUS_SIGN -> "-" + maxAtomicWrite;
            case HEXADECIMAL -> "0x" + Long.toHexString(maxAtomicWrite);
            case KIBIBYTES -> count() + "k";
            case CAPITAL_KIBIBYTES -> count() + "K";
            case MEBIBYTES -> count() + "m";
            case CAPITAL_MEBIBYTES -> count() + "M";
            case GIBIBYTES -> count() + "g";
            case CAPITAL_GIBIBYTES -> count() + "G";
            case TWO_SUFFIXES -> count() + "kk";
            case SUFFIX_ALONE -> "k";
            case NOTHING -> "";
        };
    }

    private long count() {
        return maxAtomicWrite >> shift();
    }

    private int shift() {
        return switch (notation) {
            case KIBIBYTES, CAPITAL_KIBIBYTES, TWO_SUFFIXES -> 10;
            case MEBIBYTES, CAPITAL_MEBIBYTES -> 20;
            case GIBIBYTES, CAPITAL_GIBIBYTES -> 30;
            case BYTES, LEADING_ZERO, PLUS_SIGN, MINUS_SIGN, HEXADECIMAL, SUFFIX_ALONE, NOTHING -> 0;
        };
    }

    /** Tell whether the file system is unmounted, so that nothing of it stays in memory. */
    public boolean unmounts() {
        return way == Way.UNMOUNT_AND_MOUNT;
    }

    @Override
    public void touch(Footprint footprint) {}

    @Override
    public boolean mayChange() {
        return false;
    }

    @Override
    public String toString() {
        return way.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + (way == Way.LIVE ? " remount" : "")
                + (hasOption() ? " with " + options() : "");
    }
}
