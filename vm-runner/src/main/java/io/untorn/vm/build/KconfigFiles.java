package io.untorn.vm.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The options in the Kconfig files of a tree: where each is defined, what it depends on and what selects it.
 *
 * <p>{@code make olddefconfig} silently drops an option whose dependencies are unmet; only these files give the reason.
 */
final class KconfigFiles {
    private static final Pattern SOURCE = Pattern.compile("[or]*source\\s+\"?([^\"]+)\"?");
    private static final Pattern ENTRY = Pattern.compile("(?:menu)?config\\s+(\\w+)");
    private static final Pattern BLOCK =
            Pattern.compile("(menu\\s|if[\\s(]|choice\\b|end(menu|if|choice)\\b|(comment|mainmenu)\\s).*");
    private static final Pattern DEPENDS = Pattern.compile("depends\\s+on\\s+(.+)");
    private static final Pattern PROMPT = Pattern.compile(
            "(?:bool|tristate|int|hex|string|prompt)\\s+(?:\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*')(?:\\s+if\\s+(.+))?");
    private static final Pattern SELECT = Pattern.compile("select\\s+(\\w+)(?:\\s+if\\s+(.+))?");
    private static final Pattern TRAILING_COMMENT = Pattern.compile("\\s#.*$");
    private static final int TAB = 8;

    /**
     * A definition of an option.
     *
     * @param file the file, relative to the top of the tree
     * @param conditions its conditions and those of the menus around it
     */
    record Definition(String file, int line, List<String> conditions) {}

    /** A select of an option by another one, if a condition holds. */
    record Selection(String by, Optional<String> condition) {}

    private enum Block {
        MENU,
        IF,
        CHOICE
    }

    private record Scope(Block block, List<String> conditions) {}

    private final Path tree;
    private final String architecture;
    private final Map<String, List<Definition>> definitions = new HashMap<>();
    private final Map<String, List<Selection>> selections = new HashMap<>();
    private final Deque<Scope> scopes = new ArrayDeque<>();

    private KconfigFiles(Path tree, String architecture) {
        this.tree = tree;
        this.architecture = architecture;
    }

    /**
     * Read the file {@code Kconfig} at the top and all that it includes.
     *
     * @param architecture the folder in {@code arch}
     */
    static KconfigFiles read(Path tree, String architecture) throws IOException {
        KconfigFiles files = new KconfigFiles(tree, architecture);
        files.readFile("Kconfig");
        return files;
    }

    /** Return the definitions of an option; none if the tree does not have it. */
    List<Definition> definitions(String symbol) {
        return definitions.getOrDefault(symbol, List.of());
    }

    /** Return the selects of an option. */
    List<Selection> selections(String symbol) {
        return selections.getOrDefault(symbol, List.of());
    }

    private void readFile(String name) throws IOException {
        Path file = tree.resolve(name);
        if (!Files.isRegularFile(file)) {
            return;
        }
        Lines lines = new Lines(Files.readAllLines(file, StandardCharsets.UTF_8));
        Optional<Entry> entry = Optional.empty();
        while (lines.hasNext()) {
            int number = lines.number();
            String line = lines.next();
            Matcher config = ENTRY.matcher(line);
            if (line.equals("help") || line.equals("---help---")) {
                lines.skipHelp();
            } else if (config.matches()) {
                finish(entry);
                entry = Optional.of(new Entry(config.group(1), name, number));
            } else if (BLOCK.matcher(line).matches()) {
                finish(entry);
                entry = Optional.empty();
                openOrClose(line);
            } else if (SOURCE.matcher(line).matches()) {
                finish(entry);
                entry = Optional.empty();
                readFile(sourced(line));
            } else {
                attribute(line, entry);
            }
        }
        finish(entry);
    }

    private String sourced(String line) {
        Matcher source = SOURCE.matcher(line);
        if (!source.matches()) {
            throw new IllegalArgumentException(line);
        }
        return source.group(1)
                .strip()
                .replaceAll("\\$\\(?(?:SRCARCH|HEADER_ARCH)\\)?", architecture)
                .replace("$(srctree)/", "");
    }

    private void openOrClose(String line) {
        if (line.startsWith("menu")) {
            scopes.push(new Scope(Block.MENU, new ArrayList<>()));
        } else if (line.startsWith("if")) {
            scopes.push(new Scope(
                    Block.IF,
                    new ArrayList<>(List.of(line.substring("if".length()).strip()))));
        } else if (line.startsWith("choice")) {
            scopes.push(new Scope(Block.CHOICE, new ArrayList<>()));
        } else if (line.startsWith("end")) {
            scopes.pop();
        }
    }

    private void attribute(String line, Optional<Entry> entry) {
        Matcher depends = DEPENDS.matcher(line);
        Matcher prompt = PROMPT.matcher(line);
        Matcher select = SELECT.matcher(line);
        if (depends.matches()) {
            entry.map(each -> each.conditions)
                    .or(() -> Optional.ofNullable(scopes.peek())
                            .filter(scope -> scope.block() != Block.IF)
                            .map(Scope::conditions))
                    .ifPresent(conditions -> conditions.add(depends.group(1).strip()));
        } else if (prompt.matches() && entry.isPresent()) {
            Optional.ofNullable(prompt.group(1)).ifPresent(entry.get().conditions::add);
        } else if (select.matches() && entry.isPresent()) {
            selections
                    .computeIfAbsent(select.group(1), symbol -> new ArrayList<>())
                    .add(new Selection(entry.get().symbol, Optional.ofNullable(select.group(2))));
        }
    }

    private void finish(Optional<Entry> entry) {
        entry.ifPresent(ended -> {
            List<String> conditions = new ArrayList<>();
            scopes.descendingIterator().forEachRemaining(scope -> conditions.addAll(scope.conditions()));
            conditions.addAll(ended.conditions);
            definitions
                    .computeIfAbsent(ended.symbol, symbol -> new ArrayList<>())
                    .add(new Definition(ended.file, ended.line, conditions));
        });
    }

    private static final class Entry {
        private final String symbol;
        private final String file;
        private final int line;
        private final List<String> conditions = new ArrayList<>();

        Entry(String symbol, String file, int line) {
            this.symbol = symbol;
            this.file = file;
            this.line = line;
        }
    }

    /** The lines of a file, with continued ones joined, and without comments and surrounding blanks. */
    private static final class Lines {
        private final List<String> lines;
        private int next;

        Lines(List<String> lines) {
            this.lines = lines;
        }

        boolean hasNext() {
            return next < lines.size();
        }

        /** Return the number of the next line, from 1. */
        int number() {
            return next + 1;
        }

        String next() {
            StringBuilder joined = new StringBuilder();
            String line = lines.get(next++);
            while (line.endsWith("\\") && hasNext()) {
                joined.append(line.substring(0, line.length() - 1).strip()).append(' ');
                line = lines.get(next++);
            }
            String whole = joined.append(line.strip()).toString();
            return whole.startsWith("#")
                    ? ""
                    : TRAILING_COMMENT.matcher(whole).replaceFirst("").strip();
        }

        /** A help text ends before the first line that is indented less than its first. */
        void skipHelp() {
            while (hasNext() && lines.get(next).isBlank()) {
                next++;
            }
            int indentation = hasNext() ? indentation(lines.get(next)) : 0;
            while (indentation > 0
                    && hasNext()
                    && (lines.get(next).isBlank() || indentation(lines.get(next)) >= indentation)) {
                next++;
            }
        }

        private static int indentation(String line) {
            int columns = 0;
            for (int i = 0; i < line.length() && Character.isWhitespace(line.charAt(i)); i++) {
                columns = line.charAt(i) == '\t' ? (columns / TAB + 1) * TAB : columns + 1;
            }
            return columns;
        }
    }
}
