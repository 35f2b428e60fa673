package io.untorn.model.operation;

/**
 * Give the file one of the attributes of chattr(1), by FS_IOC_SETFLAGS, and take away the others; then fsync(2) it. What
 * is open stays open.
 */
public record ChangeAttribute(Attribute attribute) implements Operation {
    @Override
    public void touch(Footprint footprint) {}

    @Override
    public boolean mayChange() {
        return false;
    }

    @Override
    public String toString() {
        return attribute == Attribute.NONE ? "take the attributes away" : "make the file " + attribute;
    }
}
