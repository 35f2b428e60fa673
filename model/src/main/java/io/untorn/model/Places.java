package io.untorn.model;

import java.util.List;
import java.util.Optional;

/**
 * What is known of where a file's data lies on the disk. Whatever changes the file may move it, and ends this knowledge.
 *
 * @param seen the extents that were told last; empty since the file was changed
 * @param atomic what an atomic write laid down last; empty since the file was changed otherwise
 */
public record Places(Optional<List<Extent>> seen, Optional<Range> atomic) {
    static final Places UNKNOWN = new Places(Optional.empty(), Optional.empty());

    private static final int FIEMAP_EXTENT_UNKNOWN = 0x2;
    private static final int FIEMAP_EXTENT_DELALLOC = 0x4;

    /** Bytes of a file. */
    public record Range(long offset, int length) {
        @Override
        public String toString() {
            return "bytes " + offset + " to " + (offset + length - 1);
        }
    }

    /** Whether a range lies so that the disk can write it at once: at a multiple of its length. */
    public enum Fit {
        /** It does, in one extent. */
        FITS,
        /** It does, in several extents, one right behind the other. */
        FITS_IN_PIECES,
        /** It lies elsewhere, or in several places. */
        MISFIT,
        /** Nobody told where it lies. */
        UNKNOWN
    }

    /** Return what is known after an atomic write of a range. */
    static Places afterAtomic(Range range) {
        return new Places(Optional.empty(), Optional.of(range));
    }

    Places seeing(List<Extent> found) {
        return new Places(Optional.of(List.copyOf(found)), atomic);
    }

    /** Tell how a range lies, as it was seen last. */
    Fit fit(Range range) {
        return seen.map(extents -> fit(extents, range)).orElse(Fit.UNKNOWN);
    }

    static Fit fit(List<Extent> extents, Range range) {
        long end = range.offset() + range.length();
        long at = range.offset();
        long shift = 0;
        boolean together = true;
        for (Extent extent : extents) {
            long extentEnd = extent.logical() + extent.length();
            if (at == end || extentEnd <= at) {
                continue;
            }
            if (extent.logical() > at || (extent.flags() & (FIEMAP_EXTENT_UNKNOWN | FIEMAP_EXTENT_DELALLOC)) != 0) {
                return Fit.UNKNOWN;
            }
            long extentShift = extent.physical() - extent.logical();
            together &= at == range.offset() || extentShift == shift;
            shift = extentShift;
            at = Math.min(end, extentEnd);
            if (at == end && extent.logical() <= range.offset()) {
                return (range.offset() + shift) % range.length() == 0 ? Fit.FITS : Fit.MISFIT;
            }
        }
        if (at < end) {
            return Fit.UNKNOWN;
        }
        return together && (range.offset() + shift) % range.length() == 0 ? Fit.FITS_IN_PIECES : Fit.MISFIT;
    }
}
