package io.untorn.vm.build;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A condition in a Kconfig file (the kernel's Documentation/kbuild/kconfig-language.rst).
 *
 * <p>As documented there, {@code n} is 0, {@code m} is 1, {@code y} is 2; {@code &&} is the minimum, {@code ||} the
 * maximum.
 */
final class KconfigExpression {
    private static final int NO = 0;
    private static final int MODULE = 1;
    private static final int YES = 2;
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(\\$\\((?:[^()]|\\([^()]*\\))*\\)|\\|\\||&&|!=|<=|>=|[()!=<>]|\"[^\"]*\"|'[^']*'|[\\w./-]+)");
    private static final Pattern SYMBOL = Pattern.compile("[A-Z0-9_]*[A-Z_][A-Z0-9_]*");

    private final String text;
    private final List<String> tokens;
    private final UnaryOperator<String> values;
    private int next;

    private KconfigExpression(String text, UnaryOperator<String> values) {
        this.text = text;
        this.values = values;
        this.tokens = tokens(text);
    }

    /** Return the parts of a condition that must all hold. */
    static List<String> terms(String text) {
        List<String> terms = new ArrayList<>();
        StringBuilder term = new StringBuilder();
        int depth = 0;
        List<String> tokens = tokens(text);
        if (hasOr(tokens)) {
            return List.of(text.strip());
        }
        for (String token : tokens) {
            if (token.equals("&&") && depth == 0) {
                terms.add(term.toString().strip());
                term.setLength(0);
                continue;
            }
            depth += token.equals("(") ? 1 : token.equals(")") ? -1 : 0;
            term.append(spaced(token));
        }
        terms.add(term.toString().strip().replace("( ", "(").replace(" )", ")"));
        return terms;
    }

    private static String spaced(String token) {
        return token.equals("!") || token.equals("(") ? token : token + " ";
    }

    private static boolean hasOr(List<String> tokens) {
        int depth = 0;
        for (String token : tokens) {
            depth += token.equals("(") ? 1 : token.equals(")") ? -1 : 0;
            if (depth == 0 && token.equals("||")) {
                return true;
            }
        }
        return false;
    }

    /** Return the symbols that a condition names, each once. */
    static List<String> symbols(String text) {
        return tokens(text).stream()
                .filter(token -> SYMBOL.matcher(token).matches())
                .distinct()
                .collect(Collectors.toList());
    }

    /**
     * Tell whether a condition allows a value.
     *
     * @param wanted the value; {@code m} needs a condition of {@code m} or {@code y}, others need {@code y}
     * @param values the value of each symbol, {@code n} if it does not exist
     * @throws IllegalArgumentException if it is no condition
     */
    static boolean allows(String text, String wanted, UnaryOperator<String> values) {
        KconfigExpression expression = new KconfigExpression(text, values);
        int value = expression.or();
        if (expression.next < expression.tokens.size()) {
            throw new IllegalArgumentException("no condition: " + text);
        }
        return value >= (wanted.equals("m") ? MODULE : YES);
    }

    private int or() {
        int value = and();
        while (accept("||")) {
            value = Math.max(value, and());
        }
        return value;
    }

    private int and() {
        int value = not();
        while (accept("&&")) {
            value = Math.min(value, not());
        }
        return value;
    }

    private int not() {
        if (accept("!")) {
            return YES - not();
        }
        if (accept("(")) {
            int value = or();
            if (!accept(")")) {
                throw new IllegalArgumentException("no condition: " + text);
            }
            return value;
        }
        return comparison();
    }

    private int comparison() {
        String left = value(take());
        for (String operator : List.of("=", "!=", "<", "<=", ">", ">=")) {
            if (accept(operator)) {
                return holds(left, operator, value(take())) ? YES : NO;
            }
        }
        return switch (left) {
            case "y" -> YES;
            case "m" -> MODULE;
            default -> NO;
        };
    }

    private static boolean holds(String left, String operator, String right) {
        int order = left.matches("-?\\d+") && right.matches("-?\\d+")
                ? Long.compare(Long.parseLong(left), Long.parseLong(right))
                : left.compareTo(right);
        return switch (operator) {
            case "=" -> order == 0;
            case "!=" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    /** The result of a macro, such as a test of the compiler, is not known here and counts as {@code y}. */
    private String value(String token) {
        if (token.startsWith("$(")) {
            return "y";
        }
        if (token.startsWith("\"") || token.startsWith("'")) {
            return token.substring(1, token.length() - 1);
        }
        if (SYMBOL.matcher(token).matches()) {
            String value = values.apply(token);
            return value.startsWith("\"") ? value.substring(1, value.length() - 1) : value;
        }
        return token;
    }

    private boolean accept(String token) {
        boolean there = next < tokens.size() && tokens.get(next).equals(token);
        next += there ? 1 : 0;
        return there;
    }

    private String take() {
        if (next == tokens.size()) {
            throw new IllegalArgumentException("no condition: " + text);
        }
        return tokens.get(next++);
    }

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        Matcher token = TOKEN.matcher(text.strip());
        int at = 0;
        while (token.find() && token.start() == at) {
            tokens.add(token.group(1));
            at = token.end();
        }
        if (at < text.strip().length()) {
            throw new IllegalArgumentException("no condition: " + text);
        }
        return tokens;
    }
}
