package io.untorn.model.operation;

/** How much of the file system is free, and in what shape. */
public enum FreeSpace {
    /** More than a trace can use. */
    PLENTY("plenty"),
    /** On ext4, what only root may take: more than a trace can use. XFS reserves nothing for root: nothing. */
    RESERVED_FOR_ROOT("what is reserved for root"),
    /** About {@link FillSpace#PIECES} pieces of {@link FillSpace#PIECE} bytes, no two of which are neighbours. */
    CHECKERBOARD("a checkerboard"),
    /** About {@link FillSpace#LITTLE} bytes, in one piece. */
    A_LITTLE("a little"),
    /** Nothing that a file could get. */
    NOTHING("nothing");

    private final String words;

    FreeSpace(String words) {
        this.words = words;
    }

    /** Return what texts call it. */
    public String words() {
        return words;
    }
}
