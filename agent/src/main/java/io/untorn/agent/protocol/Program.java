package io.untorn.agent.protocol;

import java.util.Arrays;

/** An executable file that needs no library and no interpreter. Immutable. */
public final class Program {
    private final byte[] bytes;

    /** Take what the file holds. */
    public Program(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof Program other && Arrays.equals(bytes, other.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "a program of " + bytes.length + " bytes";
    }
}
