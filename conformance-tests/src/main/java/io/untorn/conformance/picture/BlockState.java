package io.untorn.conformance.picture;

import io.untorn.model.state.Blocks;

/** The state of the blocks below a piece of the target, according to the model. */
public enum BlockState {
    HOLE('.', "hole"),
    UNWRITTEN('-', "unwritten"),
    WRITTEN('#', "written"),
    SHARED('=', "shared"),
    DELAYED('~', "delayed (cached, without blocks yet)"),
    UNCERTAIN('?', "uncertain (a hole or not)"),
    /** Of a device, which has no extents. */
    ZEROS('.', "zeros");

    private final char symbol;
    private final String words;

    BlockState(char symbol, String words) {
        this.symbol = symbol;
        this.words = words;
    }

    /** Return the character that stands for it. */
    char symbol() {
        return symbol;
    }

    /** Return its words in a legend. */
    String words() {
        return words;
    }

    static BlockState of(Blocks.Kind kind) {
        return switch (kind) {
            case HOLE -> HOLE;
            case UNWRITTEN -> UNWRITTEN;
            case WRITTEN -> WRITTEN;
            case SHARED -> SHARED;
            case DELAYED -> DELAYED;
            case UNCERTAIN -> UNCERTAIN;
        };
    }
}
