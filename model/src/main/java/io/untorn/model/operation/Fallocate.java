package io.untorn.model.operation;

import io.untorn.model.contents.Stamp;
import java.util.Locale;

/**
 * Change what lies under a range with fallocate(2).
 *
 * @param offset bytes, a multiple of {@link Stamp#WORD}
 * @param length bytes, a multiple of {@link Stamp#WORD}
 */
public record Fallocate(Mode mode, long offset, int length) implements Operation {
    /** The modes of fallocate(2), with the flags of {@code include/uapi/linux/falloc.h}. */
    public enum Mode {
        ALLOCATE(0),
        ALLOCATE_KEEP_SIZE(0x01),
        PUNCH_HOLE(0x02 | 0x01),
        ZERO_RANGE(0x10),
        ZERO_RANGE_KEEP_SIZE(0x10 | 0x01),
        COLLAPSE_RANGE(0x08),
        INSERT_RANGE(0x20),
        UNSHARE_RANGE(0x40);

        private final int flags;

        Mode(int flags) {
            this.flags = flags;
        }

        /** Return the FALLOC_FL_* flags. */
        public int flags() {
            return flags;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    public Fallocate {
        Place.require(offset, length);
        Place.requireWords(offset, length);
    }

    /** Return the offset after the last byte. */
    public long end() {
        return offset + length;
    }

    /** Tell whether the range gets blocks and keeps its data. */
    public boolean allocates() {
        return mode == Mode.ALLOCATE || mode == Mode.ALLOCATE_KEEP_SIZE;
    }

    /** Tell whether what follows the range moves. */
    public boolean moves() {
        return mode == Mode.COLLAPSE_RANGE || mode == Mode.INSERT_RANGE;
    }

    @Override
    public void touch(Footprint footprint) {
        footprint.range(offset, length);
        if (mode == Mode.COLLAPSE_RANGE) {
            footprint.moved(-length);
        } else if (mode == Mode.INSERT_RANGE) {
            footprint.moved(length);
        }
    }

    @Override
    public boolean mayChange() {
        return true;
    }

    @Override
    public String toString() {
        return mode + Place.words(length, offset);
    }
}
