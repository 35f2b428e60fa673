package io.untorn.conformance.reproducer;

/** Breaks lines of comments, so that what follows a caption of ten characters stays behind it. */
final class Comment {
    private static final int LINE = 110;
    private static final int CAPTION = 10;

    private Comment() {}

    /** Return a line, in lines that are not too long, each behind a prefix. */
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
