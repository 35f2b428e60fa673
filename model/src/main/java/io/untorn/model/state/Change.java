package io.untorn.model.state;

import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Origin;

/**
 * Data that an operation lays down.
 *
 * @param operation the operation's place in the trace, from 0
 * @param offset where the data goes, in bytes
 * @param length bytes
 * @param stampedOffset the offset that the data is stamped with
 * @param kind what a power cut may make of it
 */
public record Change(int operation, long offset, long length, long stampedOffset, Kind kind) {
    /** What a power cut may make of data. */
    public enum Kind {
        /** Any of its sectors may be there or not. */
        TEARABLE,
        /** All of it is there, or none. */
        ATOMIC,
        /** All of it is there. */
        DURABLE
    }

    /** Data that goes where it says, through a mapping. */
    public static Change stored(long offset, long length, int operation) {
        return new Change(operation, offset, length, offset, Kind.TEARABLE);
    }

    Origin origin() {
        return new Origin.Written(operation, offset - stampedOffset);
    }

    /** Return contents with the data in place; they end after it. */
    Contents onto(Contents contents) {
        return contents.resized(Math.max(end(), contents.end())).with(offset, length, origin());
    }

    long end() {
        return offset + length;
    }
}
