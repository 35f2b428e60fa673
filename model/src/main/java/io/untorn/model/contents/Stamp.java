package io.untorn.model.contents;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/**
 * What writes lay down: every word of {@value #WORD} bytes names the operation that wrote it and its own place, with a
 * check value that also holds the run's number. So torn, lost, misplaced and stale data each have a name.
 *
 * <p>A word is, from the top: 16 bits operation number plus one, 32 bits place in words, 16 bits check.
 */
public final class Stamp {
    /** Bytes in a word. */
    public static final int WORD = 8;

    /** How many operations of one trace can be distinguished. */
    public static final int MAX_OPERATIONS = 0xFFFE;

    /** Words handled at a time: an array is quicker than a buffer, one by one. */
    private static final int CHUNK = 4096;

    private final int run;

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
        while (words.hasRemaining()) {
            int count = Math.min(chunk.length, words.remaining());
            for (int i = 0; i < count; i++) {
                chunk[i] = word(operation, place++);
            }
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
            long stampedPlace = place - written.displacement() / WORD;
            while (end < count && chunk[end] == word(written.operation(), stampedPlace + end)) {
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
        long stampedPlace = (word >>> 16) & 0xFFFFFFFFL;
        if (operation >= 0 && word(operation, stampedPlace) == word) {
            return new Origin.Written(operation, (place - stampedPlace) * WORD);
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
        long body = ((long) (operation + 1) << 32) | (place & 0xFFFFFFFFL);
        long mixed = (body + run) * 0x9E3779B97F4A7C15L;
        mixed ^= mixed >>> 32;
        return (body << 16) | ((mixed * 0xBF58476D1CE4E5B9L) >>> 48);
    }
}
