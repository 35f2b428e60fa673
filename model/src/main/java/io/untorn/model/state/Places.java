package io.untorn.model.state;

import io.untorn.model.history.Extent;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What is known of where a file's data lies on the disk. Whatever changes the file may move it, and ends this
 * knowledge.
 *
 * @param seen the extents that were reported last; empty since the file was changed
 * @param atomic what an atomic write laid down last; empty since the file was changed otherwise
 */
public record Places(Optional<List<Extent>> seen, Optional<Range> atomic) {
    static final Places UNKNOWN = new Places(Optional.empty(), Optional.empty());

    /** FIEMAP_EXTENT_UNKNOWN and FIEMAP_EXTENT_DELALLOC of {@code include/uapi/linux/fiemap.h}. */
    private static final int NO_PLACE = 0x2 | 0x4;

    /** Bytes of a file. */
    public record Range(long offset, int length) {
        long end() {
            return offset + length;
        }

        boolean meets(Extent extent) {
            return extent.logical() < end() && offset < extent.logical() + extent.length();
        }

        @Override
        public String toString() {
            return "bytes " + offset + " to " + (end() - 1);
        }
    }

    /** Whether a range lies so that the disk can write it at once: at a multiple of its length. */
    public enum Fit {
        /** It does, in one extent. */
        FITS,
        /** It does, in several extents, each directly after the one before. */
        FITS_IN_PIECES,
        /** It lies elsewhere, or in several places. */
        MISFIT,
        /** Its place was not reported. */
        UNKNOWN
    }

    /** Return what is known after an atomic write of a range. */
    static Places afterAtomic(Range range) {
        return new Places(Optional.empty(), Optional.of(range));
    }

    Places seeing(List<Extent> found) {
        return new Places(Optional.of(List.copyOf(found)), atomic);
    }

    /** Return how a range lies, as it was seen last. */
    public Fit fit(Range range) {
        return seen.map(extents -> fit(extents, range)).orElse(Fit.UNKNOWN);
    }

    public static Fit fit(List<Extent> extents, Range range) {
        List<Extent> under = extents.stream().filter(range::meets).toList();
        if (!covers(under, range)) {
            return Fit.UNKNOWN;
        }
        Extent first = under.get(0);
        boolean together = IntStream.range(1, under.size()).allMatch(i -> shift(under.get(i)) == shift(first));
        if (!together || (range.offset() + shift(first)) % range.length() != 0) {
            return Fit.MISFIT;
        }
        return under.size() == 1 ? Fit.FITS : Fit.FITS_IN_PIECES;
    }

    private static boolean covers(List<Extent> extents, Range range) {
        long covered = range.offset();
        for (Extent extent : extents) {
            if (extent.logical() > covered || (extent.flags() & NO_PLACE) != 0) {
                return false;
            }
            covered = extent.logical() + extent.length();
        }
        return covered >= range.end();
    }

    private static long shift(Extent extent) {
        return extent.physical() - extent.logical();
    }
}
