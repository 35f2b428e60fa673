package io.untorn.model.console;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One kind of complaint, as data; {@link SplatKinds} lists all.
 *
 * @param name what it is called
 * @param severity what it leaves unfit
 * @param printedBy the kernels that print it in this form, of those from 6.1 to 7.3
 * @param start what its first line begins with, after the time
 * @param end what its last line contains; a complaint of one line has it there
 * @param allowed lines that begin like it and are not a complaint
 * @param repeated the numbers of errors that an operation returns when the kernel prints this: beside such an answer, which is
 *     judged, the line says nothing more; empty for a complaint whatever the operation returned
 */
public record SplatKind(
        String name,
        Severity severity,
        String printedBy,
        Pattern start,
        Pattern end,
        List<Allowed> allowed,
        Set<Integer> repeated) {
    /** A line that is no complaint, with the reason why. */
    public record Allowed(Pattern line, String reason) {}

    private static final Map<String, Set<String>> NESTED = Map.of(
            "kernel-bug", Set.of("oops"),
            "null-or-page-fault", Set.of("oops"),
            "stack-overflow", Set.of("oops", "double-fault"),
            "list-corruption", Set.of("kernel-bug", "oops", "warning"),
            "usercopy", Set.of("kernel-bug", "oops"));

    public SplatKind {
        allowed = List.copyOf(allowed);
        repeated = Set.copyOf(repeated);
    }

    static SplatKind of(String name, Severity severity, String printedBy, String start, String end) {
        return new SplatKind(
                name, severity, printedBy, Pattern.compile(start), Pattern.compile(end), List.of(), Set.of());
    }

    SplatKind but(String line, String reason) {
        Allowed[] more = Arrays.copyOf(allowed.toArray(Allowed[]::new), allowed.size() + 1);
        more[allowed.size()] = new Allowed(Pattern.compile(line), reason);
        return new SplatKind(name, severity, printedBy, start, end, List.of(more), repeated);
    }

    /** Return the same kind, which is no complaint beside an operation that returned one of these errors. */
    SplatKind repeating(Integer... errors) {
        return new SplatKind(name, severity, printedBy, start, end, allowed, Set.of(errors));
    }

    /** Tell whether it is a complaint whatever the operation returned. */
    public boolean standsAlone() {
        return repeated.isEmpty();
    }

    /** Return the names of the kinds whose first lines may stand within such a complaint, as a part of it. */
    Set<String> nestedKinds() {
        return NESTED.getOrDefault(name, Set.of());
    }

    /** Tell whether a line, without its time, begins such a complaint. */
    boolean begins(String text) {
        return start.matcher(text).lookingAt() && !allows(text);
    }

    /** Tell whether a line, without its time, begins like such a complaint and is none. */
    boolean permits(String text) {
        return start.matcher(text).lookingAt() && allows(text);
    }

    private boolean allows(String text) {
        return allowed.stream().anyMatch(one -> one.line().matcher(text).find());
    }
}
