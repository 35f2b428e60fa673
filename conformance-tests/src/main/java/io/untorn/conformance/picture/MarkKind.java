package io.untorn.conformance.picture;

/** What an operation does to the bytes that it names. */
public enum MarkKind {
    ATOMIC_WRITE('A', "writes atomically"),
    CHANGE('w', "writes or changes"),
    LOOK('r', "reads");

    private final char symbol;
    private final String words;

    MarkKind(char symbol, String words) {
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
}
