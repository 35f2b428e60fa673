package io.untorn.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What writes lay down: every word of {@value #WORD} bytes names the operation that wrote it and its own place, with a
 * check value that also holds the run's number. So torn, lost, misplaced and stale data each have a name.
 *
 * <p>A word is, from the top: 16 bits operation number plus one, 32 bits place in words, 16 bits check.
 */
public final class Stamp {
    /** Bytes in a word. */
    public static final int WORD = 8;

    /** How many operations of one trace can be told apart. */
    public static final int MAX_OPERATIONS = 0xFFFE;

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
        ByteBuffer words = buffer.slice().order(ByteOrder.LITTLE_ENDIAN);
        long place = offset / WORD;
        while (words.remaining() >= WORD) {
            words.putLong(word(operation, place++));
        }
        if (words.hasRemaining()) {
            long last = word(operation, place);
            while (words.hasRemaining()) {
                words.put((byte) last);
                last >>>= Byte.SIZE;
            }
        }
    }

    /**
     * Tell who wrote what the buffer holds from its position to its limit.
     *
     * @param offset bytes from the start of the target to the buffer's position, a multiple of {@value #WORD}
     */
    public Contents recognize(ByteBuffer buffer, long offset) {
        ByteBuffer words = buffer.slice().order(ByteOrder.LITTLE_ENDIAN);
        Contents.Builder contents = new Contents.Builder(offset);
        long firstPlace = offset / WORD;
        while (words.remaining() >= WORD) {
            int start = words.position();
            Origin origin = origin(words.getLong(), firstPlace + start / WORD);
            while (words.remaining() >= WORD
                    && continues(origin, words.getLong(words.position()), firstPlace, words.position())) {
                words.position(words.position() + WORD);
            }
            contents.append(words.position() - start, origin);
        }
        if (words.hasRemaining()) {
            contents.append(words.remaining(), originOfRest(words));
        }
        return contents.build();
    }

    private boolean continues(Origin origin, long word, long firstPlace, int position) {
        if (origin instanceof Origin.Written written) {
            long place = firstPlace + position / WORD - written.displacement() / WORD;
            return word == word(written.operation(), place);
        }
        return word == 0 && origin.equals(Origin.ZERO);
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

    /** Recognize less than a word, which is all that a file's odd end holds: only zeros can be told for sure. */
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
