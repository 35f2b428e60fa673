package io.untorn.model.operation;

import io.untorn.model.contents.Stamp;

/**
 * Read with preadv2(2) and compare the data.
 *
 * @param flags the RWF_* flags
 * @param access through which descriptor
 * @param subject which file
 * @param offset bytes from the start, a multiple of {@link Stamp#WORD}
 * @param length bytes, a multiple of {@link Stamp#WORD}
 */
public record Read(RwFlags flags, Access access, Subject subject, long offset, int length) implements Operation {
    public Read {
        Place.require(offset, length);
        Place.requireWords(offset, length);
    }

    /** Create a read of the file without a flag. */
    public static Read plain(Access access, long offset, int length) {
        return new Read(RwFlags.NONE, access, Subject.FILE, offset, length);
    }

    @Override
    public void touch(Footprint footprint) {
        if (subject == Subject.TWIN) {
            footprint.twin();
        }
        footprint.range(offset, length);
    }

    @Override
    public boolean mayChange() {
        return false;
    }

    @Override
    public String toString() {
        return "read" + Place.words(length, offset)
                + (subject == Subject.TWIN ? " of the twin" : "")
                + (access == Access.BUFFERED ? ", buffered" : ", direct")
                + (flags.bits() == 0 ? "" : ", " + flags);
    }
}
