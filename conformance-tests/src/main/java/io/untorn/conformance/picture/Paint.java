package io.untorn.conformance.picture;

/** Whether text is in colour, by the escape sequences that terminals take. */
public enum Paint {
    PLAIN {
        @Override
        String of(String code, String text) {
            return text;
        }
    },
    COLOUR {
        @Override
        String of(String code, String text) {
            return text.isBlank() ? text : "\033[" + code + "m" + text + "\033[0m";
        }
    };

    static final String STRONG = "1";
    static final String FAINT = "2";
    static final String ALARM = "1;31";

    /** Return text with a rendition: the parameters of ECMA-48's SGR. */
    abstract String of(String code, String text);
}
