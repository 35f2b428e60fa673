package io.untorn.conformance.reproducer;

/** Wraps lines of comments, with the text after a caption of ten characters indented. */
final class Comment {
    private static final int LINE = 110;
    private static final int CAPTION = 10;

    private Comment() {}

    /** Wrap a line, each part after a prefix. */
    static String of(String prefix, String line) {
        StringBuilder text = new StringBuilder();
        String left = line;
        String indent = line.length() > CAPTION && line.charAt(CAPTION - 1) == ' ' ? " ".repeat(CAPTION) : "";
        while (left.length() > LINE) {
            int cut = left.lastIndexOf(' ', LINE);
            if (cut <= indent.length()) {
                break;
            }
            text.append((prefix + left.substring(0, cut)).stripTrailing()).append('\n');
            left = indent + left.substring(cut + 1);
        }
        return text.append((prefix + left).stripTrailing()).append('\n').toString();
    }
}
