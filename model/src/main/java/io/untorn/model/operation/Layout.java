package io.untorn.model.operation;

import io.untorn.model.contents.Stamp;
import java.util.ArrayList;
import java.util.List;

/**
 * Lay many pieces at equal distances, each by a call of its own, in order: every second block written, for example. What
 * lies between them stays. It ends with the first call that fails, or that stores less than it was given.
 *
 * @param what what each piece is made by
 * @param offset where the first piece begins: bytes, a multiple of {@link Stamp#WORD}
 * @param length bytes of each piece, 1 word or more; of all together no more than {@value #MAX_BYTES}
 * @param stride bytes from the start of one piece to that of the next, no less than {@code length}
 * @param count how many pieces, 1 to {@value #MAX_COUNT}
 */
public record Layout(Piece what, long offset, int length, int stride, int count) implements Operation {
    /** The most pieces of one layout: more than a block of an extent tree holds, 340 on ext4, 254 on XFS, at 4 KiB. */
    public static final int MAX_COUNT = 512;

    /** The most bytes that the pieces of one layout hold together: far less than the smallest disk of a run. */
    public static final int MAX_BYTES = 64 << 20;

    /** What a piece is made by. */
    public enum Piece {
        /** A buffered plain write. */
        WRITE("plain writes", "buffered"),
        /** fallocate(2) without a flag. */
        ALLOCATE("allocations", ""),
        /** fallocate(2) with FALLOC_FL_PUNCH_HOLE. */
        PUNCH("punched holes", ""),
        /** ioctl_ficlonerange(2) to the same place of the twin. */
        CLONE("clones", "to the twin");

        private final String words;
        private final String manner;

        Piece(String words, String manner) {
            this.words = words;
            this.manner = manner;
        }
    }

    public Layout {
        Place.require(offset, length);
        Place.require(offset, stride);
        Place.requireWords(offset | stride, length);
        if (length == 0 || stride < length) {
            throw new IllegalArgumentException("a layout of pieces of " + length + " bytes every " + stride);
        }
        if (count < 1 || count > MAX_COUNT) {
            throw new IllegalArgumentException("pieces of a layout outside 1 to " + MAX_COUNT + ": " + count);
        }
        if ((long) count * length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "a layout of " + (long) count * length + " bytes, more than " + MAX_BYTES);
        }
        Place.require(offset + (long) (count - 1) * stride, length);
    }

    /** Return the offset after the last byte of the last piece. */
    public long end() {
        return offset + (long) (count - 1) * stride + length;
    }

    /** Return the operations that do the same, one after another. */
    public List<Operation> calls() {
        List<Operation> calls = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            calls.add(call(offset + (long) i * stride));
        }
        return calls;
    }

    private Operation call(long place) {
        return switch (what) {
            case WRITE -> Write.plain(Access.BUFFERED, place, length);
            case ALLOCATE -> new Fallocate(Fallocate.Mode.ALLOCATE, place, length);
            case PUNCH -> new Fallocate(Fallocate.Mode.PUNCH_HOLE, place, length);
            case CLONE -> new CloneRange(Subject.FILE, place, Subject.TWIN, place, length);
        };
    }

    /** Return what each call returns that does all it was asked for. */
    public long returned() {
        return what == Piece.WRITE ? length : 0;
    }

    @Override
    public void touch(Footprint footprint) {
        if (what == Piece.CLONE) {
            footprint.twin();
        }
        if (what == Piece.WRITE) {
            footprint.written(offset, end() - offset);
        } else {
            footprint.range(offset, end() - offset);
        }
    }

    @Override
    public boolean mayChange() {
        return true;
    }

    @Override
    public String toString() {
        return what.words + Place.words(length, offset) + " and every " + stride + ", " + count + " in all"
                + (what.manner.isEmpty() ? "" : ", " + what.manner);
    }
}
