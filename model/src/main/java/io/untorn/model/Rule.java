package io.untorn.model;

import java.util.Arrays;
import java.util.Optional;

/**
 * One thing that a kernel must, or may, do.
 *
 * @param id the name, which reads: {@code offset-naturally-aligned}
 * @param sentence the rule, in one sentence
 * @param source where it is written down
 * @param scope the kernels and targets it holds for
 * @param check how a history is held against it
 */
public record Rule(String id, String sentence, Source source, Scope scope, Check check) {
    /** How a rule looks at a history. */
    public sealed interface Check {}

    /**
     * The rule decides what an operation may answer, where it applies and no rule before it does.
     *
     * @param operation the kind of operation
     * @param condition when the rule applies
     * @param permission what it then permits
     */
    public record Answer<O extends Operation>(Class<O> operation, Condition<O> condition, Permission<O> permission)
            implements Check {
        Optional<Expectation> expectation(Operation asked, Situation situation) {
            if (!operation.isInstance(asked)) {
                return Optional.empty();
            }
            O mine = operation.cast(asked);
            return condition.applies(mine, situation)
                    ? Optional.of(permission.permits(mine, situation))
                    : Optional.empty();
        }
    }

    /** The rule holds for a history as a whole. */
    public record Inspection(Inspector inspector) implements Check {}

    /** The rule holds for what reads bring, and for what the target holds at the end. */
    public record Data(DataFault fault) implements Check {}

    /** Tells when a rule applies. */
    @FunctionalInterface
    public interface Condition<O extends Operation> {
        boolean applies(O operation, Situation situation);
    }

    /** Tells what a rule permits where it applies. */
    @FunctionalInterface
    public interface Permission<O extends Operation> {
        Expectation permits(O operation, Situation situation);
    }

    /** Looks at a history. */
    @FunctionalInterface
    public interface Inspector {
        /** Return what the history shows. */
        Seen inspect(History history);
    }

    /** What an inspection saw: nothing to look at, all well, or what was expected and what was there. */
    public sealed interface Seen {
        Seen NOT_APPLICABLE = new NotApplicable();
        Seen HOLDS = new Holds();

        /** The history shows nothing that the rule speaks of. */
        record NotApplicable() implements Seen {}

        /** The history shows what the rule says. */
        record Holds() implements Seen {}

        /** The history shows something else. */
        record Broken(String expected, String actual) implements Seen {}
    }

    static Rule answering(
            String id, String sentence, Scope scope, Answer<? extends Operation> answer, String... sources) {
        return new Rule(id, sentence, new Source(Arrays.asList(sources)), scope, answer);
    }

    static Rule inspecting(String id, String sentence, Scope scope, Inspector inspector, String... sources) {
        return new Rule(id, sentence, new Source(Arrays.asList(sources)), scope, new Inspection(inspector));
    }

    static Rule aboutData(String id, String sentence, Scope scope, DataFault fault, String... sources) {
        return new Rule(id, sentence, new Source(Arrays.asList(sources)), scope, new Data(fault));
    }

    @Override
    public String toString() {
        return id;
    }
}
