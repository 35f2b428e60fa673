package io.untorn.model.operation;

import java.util.Optional;

/**
 * Write with pwritev2(2), or another engine.
 *
 * @param flags the RWF_* flags
 * @param access through which descriptor
 * @param offset bytes from the start, 0 to {@link Operation#MAX_OFFSET}; {@link #AT_POSITION} or {@link #NEGATIVE}
 * @param length bytes, 0 to {@link Operation#MAX_LENGTH}
 * @param split how the data is split over the iovec
 * @param buffer where in memory the data lies
 * @param engine what takes the request
 */
public record Write(RwFlags flags, Access access, long offset, int length, Split split, Buffer buffer, Engine engine)
        implements Operation {
    /** The offset that means the descriptor's own position. */
    public static final long AT_POSITION = -1;

    /** An offset that no write may have. */
    public static final long NEGATIVE = -2;

    public Write {
        Place.require(offset == AT_POSITION || offset == NEGATIVE ? 0 : offset, length);
        if (!engine.takes(split)) {
            throw new IllegalArgumentException("a registered buffer has no segments, not even " + split);
        }
        if (!flags.has(RwFlag.ATOMIC)) {
            Place.requireWords(offset < 0 ? 0 : offset, length);
            if (buffer.missing() > 0) {
                throw new IllegalArgumentException(
                        "only an atomic write may lack memory: it is unspecified how much of a plain one is written");
            }
        }
    }

    /** Create an atomic write (RWF_ATOMIC) of one segment with direct I/O. */
    public static Write atomic(long offset, int length) {
        return new Write(RwFlags.ATOMIC, Access.DIRECT, offset, length, Split.ONE, Buffer.PLAIN, Engine.PWRITEV2);
    }

    /** Create a plain write of one segment. */
    public static Write plain(Access access, long offset, int length) {
        return new Write(RwFlags.NONE, access, offset, length, Split.ONE, Buffer.PLAIN, Engine.PWRITEV2);
    }

    /** Return this write with other flags. */
    public Write with(RwFlags others) {
        return new Write(others, access, offset, length, split, buffer, engine);
    }

    /** Return this write through another descriptor. */
    public Write with(Access other) {
        return new Write(flags, other, offset, length, split, buffer, engine);
    }

    /** Return this write at another place. */
    public Write at(long other) {
        return new Write(flags, access, other, length, split, buffer, engine);
    }

    /** Return this write with another length. */
    public Write sized(int other) {
        return new Write(flags, access, offset, other, split, buffer, engine);
    }

    /** Return this write with another split. */
    public Write with(Split other) {
        return new Write(flags, access, offset, length, other, buffer, engine);
    }

    /** Return this write from another place in memory. */
    public Write with(Buffer other) {
        return new Write(flags, access, offset, length, split, other, engine);
    }

    /** Return this write through another engine. */
    public Write through(Engine other) {
        return new Write(flags, access, offset, length, split, buffer, other);
    }

    /** Tell whether a part of its memory, but not all, is not mapped. */
    public boolean isPartlyMapped() {
        return buffer.missing() > 0 && buffer.missing() < length;
    }

    /** Return this as a write to the twin. */
    public TwinWrite toTwin() {
        return new TwinWrite(this);
    }

    /** Tell whether RWF_ATOMIC is set. */
    public boolean atomic() {
        return flags.has(RwFlag.ATOMIC);
    }

    /** Return the offset that the data is stamped with: 0 where the request does not say where it goes. */
    public long stampedOffset() {
        return Math.max(0, offset);
    }

    @Override
    public void touch(Footprint footprint) {
        footprint.written(stampedOffset(), length);
        if (offset == AT_POSITION || flags.has(RwFlag.APPEND)) {
            footprint.moved(length);
        }
    }

    @Override
    public boolean mayChange() {
        return true;
    }

    @Override
    public Optional<Write> asWrite() {
        return Optional.of(this);
    }

    @Override
    public String toString() {
        RwFlags others = flags.without(RwFlag.ATOMIC);
        return (atomic() ? "atomic write of " : "plain write of ") + length + " bytes "
                + (offset == AT_POSITION ? "at the position" : "at " + offset)
                + (access == Access.BUFFERED ? ", buffered" : atomic() ? "" : ", direct")
                + (others.bits() == 0 ? "" : ", " + others)
                + (split == Split.ONE ? "" : ", in segments " + split)
                + (buffer.offset() == 0 ? "" : ", memory at " + buffer.offset() + " in a page")
                + (buffer.missing() == 0 ? "" : ", last " + buffer.missing() + " bytes of memory missing")
                + (engine == Engine.PWRITEV2 ? "" : ", by " + engine);
    }
}
