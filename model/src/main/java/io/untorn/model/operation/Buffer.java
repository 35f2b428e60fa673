package io.untorn.model.operation;

/**
 * Where in memory a write's data lies.
 *
 * @param offset bytes from a page's start to the data's start, 0 to 4095; 0 where memory is missing, as the place then
 *     follows from where it ends
 * @param missing bytes at the data's end that lie in memory that is not mapped, a multiple of 512; more than the data has means
 *     all of it
 */
public record Buffer(int offset, int missing) {
    /** Bytes in a page. */
    public static final int PAGE = 4096;

    private static final int SECTOR = 512;

    /** The start of a page, all mapped. */
    public static final Buffer PLAIN = new Buffer(0, 0);

    public Buffer {
        if (offset < 0 || offset >= PAGE || missing < 0 || missing % SECTOR != 0 || (missing > 0 && offset > 0)) {
            throw new IllegalArgumentException("a buffer has an offset of 0 to " + (PAGE - 1)
                    + ", or misses whole sectors" + ", not offset " + offset + " and " + missing + " bytes missing");
        }
    }

    /** Tell whether it is {@link #PLAIN}: a guest takes long to make the equality of a record. */
    public boolean isPlain() {
        return offset == 0 && missing == 0;
    }

    /** Return bytes from a page's start to the start of data of a length. */
    public int startOf(int length) {
        return missing == 0 ? offset : Math.floorMod(missing - length, PAGE);
    }
}
