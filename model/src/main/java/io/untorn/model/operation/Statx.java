package io.untorn.model.operation;

/**
 * Get size and limits with statx(2).
 *
 * @param via what statx is given
 */
public record Statx(Via via) implements Operation {
    /** The ways to ask. */
    public enum Via {
        /** An open descriptor (AT_EMPTY_PATH). */
        DESCRIPTOR("the descriptor"),
        /** The path of the file or device. */
        PATH("the path"),
        /** A descriptor that was opened with O_PATH (AT_EMPTY_PATH). */
        O_PATH("an O_PATH descriptor"),
        /** The path of a symbolic link to it, which is followed. */
        LINK_FOLLOWED("a symbolic link"),
        /** The same, with AT_SYMLINK_NOFOLLOW: the answer is about the link. */
        LINK("a symbolic link, not followed"),
        /** The path of the directory that it is in: the answer is about that. */
        DIRECTORY("its directory");

        private final String words;

        Via(String words) {
            this.words = words;
        }

        /** Tell whether the answer is about the file or device itself. */
        public boolean leadsToTarget() {
            return this != LINK && this != DIRECTORY;
        }
    }

    /** Create one through an open descriptor. */
    public Statx() {
        this(Via.DESCRIPTOR);
    }

    @Override
    public void touch(Footprint footprint) {}

    @Override
    public boolean mayChange() {
        return false;
    }

    @Override
    public String toString() {
        return via == Via.DESCRIPTOR ? "statx" : "statx of " + via.words;
    }
}
