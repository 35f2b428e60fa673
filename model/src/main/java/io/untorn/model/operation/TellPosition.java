package io.untorn.model.operation;

import java.util.Locale;

/** Ask for the position of the file's or device's descriptor of an access, lseek(2) by 0 from SEEK_CUR; returns it in bytes. */
public record TellPosition(Access access) implements Operation {
    @Override
    public void touch(Footprint footprint) {}

    @Override
    public boolean mayChange() {
        return false;
    }

    @Override
    public String toString() {
        return "position, " + access.name().toLowerCase(Locale.ROOT);
    }
}
