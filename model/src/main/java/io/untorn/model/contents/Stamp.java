package io.untorn.model.contents;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * What writes lay down: every word of {@value #WORD} bytes names the operation that wrote it and its own place, with a
 * check value that also holds the run's number. So torn, lost, misplaced and stale data each have a name.
 *
 * <p>A word is, from the top: 16 bits operation number plus one, the lower 32 bits of its place in words, 16 bits check. The
 * check holds the upper bits of the place as well: a stamp recognizes those that it laid down itself.
 */
public final class Stamp {
    /** Bytes in a word. */
    public static final int WORD = 8;

    /** How many operations of one trace can be distinguished. */
    public static final int MAX_OPERATIONS = 0xFFFE;

    /** Words handled at a time: an array is quicker than a buffer, one by one. */
    private static final int CHUNK = 4096;

    private static final long PLACES = 0xFFFFFFFFL;
    private static final long FIRST_FACTOR = 0x9E3779B97F4A7C15L;
    private static final long SECOND_FACTOR = 0xBF58476D1CE4E5B9L;
    private static final long UPPER_FACTOR = 0x94D049BB133111EBL;

    private final int run;
    private final Map<Integer, Laid> laid = new HashMap<>();

    /** Between which places, in words, an operation laid its own: what is stamped with another was left by an earlier run. */
    private record Laid(long from, long to) {
        Laid and(Laid other) {
            return new Laid(Math.min(from, other.from), Math.max(to, other.to));
        }

        /** Return the first place that has these lower bits. */
        long firstWith(long lower) {
            long place = (from & ~PLACES) | lower;
            return place < from ? place + PLACES + 1 : place;
        }
    }

    /**
     * Create the stamp of one run of a trace.
     *
     * @param run a number that differs from that of earlier runs, so that what they left is not taken for new data
     */
    public Stamp(int run) {
        this.run = run;
    }

    /**
     * Fill the buffer, from its position to its limit, with what an operation writes at an offset.
     *
     * @param offset bytes from the start of the target
     */
    public void fill(ByteBuffer buffer, int operation, long offset) {
        ByteBuffer bytes = buffer.slice().order(ByteOrder.LITTLE_ENDIAN);
        LongBuffer words = bytes.asLongBuffer();
        long[] chunk = new long[Math.min(CHUNK, words.remaining())];
        long place = offset / WORD;
        laid.merge(operation, new Laid(place, place + words.remaining()), Laid::and);
        while (words.hasRemaining()) {
            int count = (int) Math.min(Math.min(chunk.length, words.remaining()), placesUntilTheyRecur(place));
            long body = body(operation, place);
            long product = product(body, upper(place));
            for (int i = 0; i < count; i++) {
                chunk[i] = word(body++, product);
                product += FIRST_FACTOR;
            }
            place += count;
            words.put(chunk, 0, count);
        }
        long last = word(operation, place);
        for (int at = words.position() * WORD; at < bytes.limit(); at++) {
            bytes.put(at, (byte) last);
            last >>>= Byte.SIZE;
        }
    }

    /**
     * Return who wrote what the buffer holds from its position to its limit.
     *
     * @param offset bytes from the start of the target to the buffer's position, a multiple of {@value #WORD}
     */
    public Contents recognize(ByteBuffer buffer, long offset) {
        ByteBuffer bytes = buffer.slice().order(ByteOrder.LITTLE_ENDIAN);
        LongBuffer words = bytes.asLongBuffer();
        Contents.Builder contents = new Contents.Builder(offset);
        long[] chunk = new long[Math.min(CHUNK, words.remaining())];
        long place = offset / WORD;
        while (words.hasRemaining()) {
            int count = Math.min(chunk.length, words.remaining());
            words.get(chunk, 0, count);
            for (int i = 0; i < count; ) {
                Origin origin = origin(chunk[i], place + i);
                int end = endOfRun(chunk, i + 1, count, origin, place);
                contents.append((end - i) * (long) WORD, origin);
                i = end;
            }
            place += count;
        }
        ByteBuffer rest = bytes.position(words.position() * WORD);
        if (rest.hasRemaining()) {
            contents.append(rest.remaining(), originOfRest(rest));
        }
        return contents.build();
    }

    /** Return the index after the last of the words, from {@code start} on, that have this origin too. */
    private int endOfRun(long[] chunk, int start, int count, Origin origin, long place) {
        int end = start;
        if (origin instanceof Origin.Written written) {
            long stampedPlace = place - written.displacement() / WORD + end;
            int last = (int) Math.min(count, end + placesUntilTheyRecur(stampedPlace));
            long body = body(written.operation(), stampedPlace);
            long product = product(body, upper(stampedPlace));
            while (end < last && chunk[end] == word(body++, product)) {
                product += FIRST_FACTOR;
                end++;
            }
        } else if (origin instanceof Origin.Zero) {
            while (end < count && chunk[end] == 0) {
                end++;
            }
        }
        return end;
    }

    private Origin origin(long word, long place) {
        if (word == 0) {
            return Origin.ZERO;
        }
        int operation = (int) (word >>> 48) - 1;
        long lower = (word >>> 16) & PLACES;
        Laid places = laid.get(operation);
        if (places != null) {
            long stampedPlace = places.firstWith(lower);
            if (stampedPlace < places.to && word(operation, stampedPlace) == word) {
                return new Origin.Written(operation, (place - stampedPlace) * WORD);
            }
        }
        return new Origin.Foreign(word);
    }

    /** Recognize less than a word, which is all that a file's odd end holds: only zeros are certain. */
    private static Origin originOfRest(ByteBuffer rest) {
        long word = 0;
        for (int shift = 0; rest.hasRemaining(); shift += Byte.SIZE) {
            word |= (rest.get() & 0xFFL) << shift;
        }
        return word == 0 ? Origin.ZERO : new Origin.Foreign(word);
    }

    private long word(int operation, long place) {
        long body = body(operation, place);
        return word(body, product(body, upper(place)));
    }

    /** Return what a word says without its check value. */
    private static long body(int operation, long place) {
        return ((long) (operation + 1) << 32) | (place & PLACES);
    }

    /** Return how many places there are from one on until their 32 bits begin anew. */
    private static long placesUntilTheyRecur(long place) {
        return PLACES + 1 - (place & PLACES);
    }

    /** Return the first product of the check value: from a place to the next it grows by the first factor. */
    private long product(long body, long upper) {
        return (body + run + upper * UPPER_FACTOR) * FIRST_FACTOR;
    }

    private static long upper(long place) {
        return place >>> 32;
    }

    private static long word(long body, long product) {
        long mixed = product ^ (product >>> 32);
        return (body << 16) | ((mixed * SECOND_FACTOR) >>> 48);
    }
}
