package io.untorn.model.operation;

/**
 * How the descriptors of reads and writes are opened, besides O_DIRECT.
 *
 * @param readOnly O_RDONLY instead of O_RDWR
 * @param append O_APPEND
 * @param sync O_DSYNC
 */
public record OpenMode(boolean readOnly, boolean append, boolean sync) {
    public static final OpenMode READ_WRITE = new OpenMode(false, false, false);

    @Override
    public String toString() {
        return (readOnly ? "read-only" : "read-write") + (append ? ", O_APPEND" : "") + (sync ? ", O_DSYNC" : "");
    }
}
