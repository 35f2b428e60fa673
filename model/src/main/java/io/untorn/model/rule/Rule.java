package io.untorn.model.rule;

import static io.untorn.model.rule.Expectation.allowed;
import static io.untorn.model.rule.Expectation.notable;

import io.untorn.model.history.Errno;
import io.untorn.model.history.History;
import io.untorn.model.history.Outcome;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Write;
import io.untorn.model.target.Facility;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One thing that a kernel must, or may, do.
 *
 * @param id the name: {@code offset-naturally-aligned}
 * @param sentence the rule, in one sentence
 * @param source where it is written down
 * @param scope the kernels and targets it holds for
 * @param authority the ground that it stands on
 * @param check how a history is checked against it
 */
public record Rule(String id, String sentence, Source source, Scope scope, Authority authority, Check check) {
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
        /** Return a check that applies to every operation of a kind. */
        public static <O extends Operation> Answer<O> always(Class<O> operation, Permission<O> permission) {
            return new Answer<>(operation, (asked, situation) -> true, permission);
        }

        boolean applies(Operation asked, Situation situation) {
            return condition.applies(operation.cast(asked), situation);
        }

        Expectation expectation(Operation asked, Situation situation) {
            return permission.permits(operation.cast(asked), situation);
        }
    }

    /**
     * The rule decides about an operation that is several calls: each is decided about by the rules for it.
     *
     * @param of tells which operations it decides about
     */
    public record Sequence(Predicate<Operation> of) implements Check {}

    /** The rule holds for a history as a whole. */
    public record Inspection(Inspector inspector) implements Check {}

    /** The rule holds for what reads bring, and for what the target holds at the end. */
    public record Data(DataFault fault) implements Check {}

    /** The rule is printed, and nothing is checked against it. */
    public record Untested(Topic topic) implements Check {}

    /** Decides when a rule applies. */
    @FunctionalInterface
    public interface Condition<O extends Operation> {
        boolean applies(O operation, Situation situation);
    }

    /** Decides what a rule permits if it applies. */
    @FunctionalInterface
    public interface Permission<O extends Operation> {
        Expectation permits(O operation, Situation situation);
    }

    /**
     * Permits one error, and no change.
     *
     * @param errno the error
     * @param mayAskAgain when EAGAIN, notable, is permitted beside it
     * @param mayLackSpace when ENOSPC, notable, is permitted beside it
     */
    public record Refusal<O extends Operation>(Errno errno, Condition<O> mayAskAgain, Condition<O> mayLackSpace)
            implements Permission<O> {
        public static <O extends Operation> Refusal<O> always(Errno errno) {
            return new Refusal<>(errno, (operation, situation) -> false, (operation, situation) -> false);
        }

        @Override
        public Expectation permits(O operation, Situation situation) {
            List<Expectation.Permit> permits = new ArrayList<>();
            if (mayAskAgain.applies(operation, situation)) {
                permits.add(notable(new Outcome.Failed(Errno.EAGAIN), situation.state()));
            }
            if (mayLackSpace.applies(operation, situation)) {
                permits.add(situation.noSpace());
            }
            if (permits.isEmpty()) {
                return situation.refusal(errno);
            }
            permits.add(0, allowed(new Outcome.Failed(errno), situation.state()));
            return new Expectation(permits);
        }
    }

    /** Looks at a history. */
    @FunctionalInterface
    public interface Inspector {
        /** Return what the history shows. */
        Seen inspect(History history);
    }

    /** What an inspection saw: nothing to look at, all well, or what was there instead, once or more. */
    public sealed interface Seen {
        Seen NOT_APPLICABLE = new NotApplicable();
        Seen HOLDS = new Holds();

        /** The history shows nothing that the rule speaks of. */
        record NotApplicable() implements Seen {}

        /** The history shows what the rule says. */
        record Holds() implements Seen {}

        /** The history shows something else, once or more. */
        record Broken(List<Sight> sights) implements Seen {
            public Broken {
                sights = List.copyOf(sights);
            }

            public Broken(Actual actual) {
                this(List.of(new Sight(Optional.empty(), actual)));
            }
        }

        /**
         * Something that a history should not show.
         *
         * @param step the place of the operation that brought it about, from 0; empty where that is not known
         * @param actual what it is
         */
        record Sight(Optional<Integer> step, Actual actual) {}
    }

    public static Rule answering(
            String id, String sentence, Scope scope, Answer<? extends Operation> answer, String... sources) {
        return new Rule(id, sentence, new Source(Arrays.asList(sources)), scope, Authority.INTERFACE, answer);
    }

    public static Rule sequence(String id, String sentence, Scope scope, Predicate<Operation> of, String... sources) {
        return new Rule(id, sentence, new Source(Arrays.asList(sources)), scope, Authority.INTERFACE, new Sequence(of));
    }

    /** Return a rule about writes that is written down, but that no trace can reach. */
    public static Rule unreachable(String id, String sentence, Scope scope, String... sources) {
        return new Rule(
                id,
                sentence,
                new Source(Arrays.asList(sources)),
                scope.needing(Facility.OUT_OF_REACH),
                Authority.INTERFACE,
                new Untested(Topic.WRITES));
    }

    public static Rule inspecting(String id, String sentence, Scope scope, Inspector inspector, String... sources) {
        return new Rule(
                id,
                sentence,
                new Source(Arrays.asList(sources)),
                scope,
                Authority.INTERFACE,
                new Inspection(inspector));
    }

    public static Rule aboutData(String id, String sentence, Scope scope, DataFault fault, String... sources) {
        return new Rule(id, sentence, new Source(Arrays.asList(sources)), scope, Authority.PROMISE, new Data(fault));
    }

    /** Return what the rule is about. */
    public Topic topic() {
        if (check instanceof Answer<?> answer) {
            return answer.operation() == Write.class ? Topic.WRITES : Topic.OPERATIONS;
        }
        if (check instanceof Sequence) {
            return Topic.OPERATIONS;
        }
        if (check instanceof Untested untested) {
            return untested.topic();
        }
        return authority == Authority.PROMISE ? Topic.PROMISE : Topic.LIMITS;
    }

    /** Return the one error that the rule permits; empty if it permits something else, or more. */
    public Optional<Errno> refusal() {
        return check instanceof Answer<?> answer && answer.permission() instanceof Refusal<?> refusal
                ? Optional.of(refusal.errno())
                : Optional.empty();
    }

    /** Return this rule for other kernels and targets. */
    public Rule within(Scope other) {
        return new Rule(id, sentence, source, other, authority, check);
    }

    /** Return this rule with another check. */
    public Rule checking(Check other) {
        return new Rule(id, sentence, source, scope, authority, other);
    }

    /** Return this rule as one that the documents promise. */
    public Rule promised() {
        return new Rule(id, sentence, source, scope, Authority.PROMISE, check);
    }

    /** Return this rule as one of the authority {@link Authority#SILENT}. */
    public Rule silent() {
        return new Rule(id, sentence, source, scope, Authority.SILENT, check);
    }

    @Override
    public String toString() {
        return id;
    }
}
