package io.untorn.model.rule;

import io.untorn.model.operation.Batch;
import io.untorn.model.operation.Engine;
import io.untorn.model.operation.Layout;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Write;
import io.untorn.model.target.Facility;
import io.untorn.model.target.Limits;
import io.untorn.model.target.TargetKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An ordered list of rules: what one kernel version may do on one kind of target.
 */
public final class Specification {
    /** What decides about an operation in one world: a rule, and what it permits. */
    public record Decision(Rule rule, Expectation expectation) {}

    /** A rule that answers an operation. */
    private record Answering(Rule rule, Rule.Answer<?> answer) {}

    private final String name;
    private final List<Rule> rules;
    private final EngineOrder order;
    private final List<Rule> sequences;
    private final Map<Class<?>, List<Answering>> answers = new HashMap<>();
    private final Map<Engine, List<Answering>> writes = new EnumMap<>(Engine.class);

    /** Create a specification whose rules hold in the order in which they are listed, whatever the engine. */
    public Specification(String name, List<Rule> rules) {
        this(name, rules, EngineOrder.AS_LISTED);
    }

    /** Create a specification whose rules about writes are met in an order that the engine decides. */
    public Specification(String name, List<Rule> rules, EngineOrder order) {
        this.name = name;
        this.order = order;
        this.rules = rules.stream().sorted(Comparator.comparing(Rule::topic)).toList();
        sequences = rules.stream()
                .filter(rule -> rule.check() instanceof Rule.Sequence)
                .toList();
        answering(rules).forEach(answering -> answers.computeIfAbsent(
                        answering.answer.operation(), operation -> new ArrayList<>())
                .add(answering));
        for (Engine engine : Engine.values()) {
            writes.put(
                    engine,
                    answering(order.through(engine, rules))
                            .filter(answering -> answering.answer.operation() == Write.class)
                            .toList());
        }
    }

    private static Stream<Answering> answering(List<Rule> rules) {
        return rules.stream()
                .filter(rule -> rule.check() instanceof Rule.Answer<?>)
                .map(rule -> new Answering(rule, (Rule.Answer<?>) rule.check()));
    }

    /** Return how users name it: {@code linux-7.3}. */
    public String name() {
        return name;
    }

    /** Return the rules that hold; those of writes in the order in which pwritev2 checks. */
    public List<Rule> rules() {
        return rules;
    }

    /** Return the rules about a topic, in order. */
    public List<Rule> about(Topic topic) {
        return rules.stream().filter(rule -> rule.topic() == topic).toList();
    }

    /** Return the rules about writes that one through an engine meets, in the order of the kernel's checks. */
    public List<Rule> through(Engine engine) {
        return order.through(engine, about(Topic.WRITES));
    }

    /**
     * Return what decides about an operation: the first rule that applies. To what is done to the twin the rules of
     * a file apply, in the state that the twin sees.
     *
     * @throws IllegalStateException if no rule applies: a specification speaks of every operation
     */
    public Decision decide(Operation operation, Situation situation) {
        Optional<Operation> ofTwin = operation.seenByTwin();
        if (ofTwin.isPresent() && situation.target().kind().isFile()) {
            Decision seen = decide(ofTwin.orElseThrow(), situation.ofTwin());
            return new Decision(seen.rule, seen.expectation.then(situation.state()::afterTwin));
        }
        Optional<Rule> sequence = sequence(operation);
        if (operation instanceof Layout layout && sequence.isPresent()) {
            return new Decision(sequence.get(), Calls.expectation(layout, situation, this));
        }
        if (operation instanceof Batch batch && sequence.isPresent()) {
            return new Decision(sequence.get(), Requests.expectation(batch, situation, this));
        }
        return first(inOrder(operation), operation, situation)
                .orElseThrow(() -> new IllegalStateException(name + " says nothing about: " + operation));
    }

    /**
     * Return what would decide about an operation if the rule that does did not hold; empty if nothing would.
     *
     * @param rule the rule that decides
     */
    public Optional<Decision> decideWithout(Rule rule, Operation operation, Situation situation) {
        Optional<Operation> ofTwin = operation.seenByTwin();
        if (ofTwin.isPresent() && situation.target().kind().isFile()) {
            return decideWithout(rule, ofTwin.orElseThrow(), situation.ofTwin())
                    .map(seen -> new Decision(seen.rule, seen.expectation.then(situation.state()::afterTwin)));
        }
        if (sequence(operation).isPresent()) {
            return Optional.empty();
        }
        List<Answering> inOrder = inOrder(operation);
        int at = 0;
        while (at < inOrder.size() && !inOrder.get(at).rule.equals(rule)) {
            at++;
        }
        return first(inOrder.subList(Math.min(at + 1, inOrder.size()), inOrder.size()), operation, situation);
    }

    private Optional<Rule> sequence(Operation operation) {
        return sequences.stream()
                .filter(rule -> rule.check() instanceof Rule.Sequence sequence
                        && sequence.of().test(operation))
                .findFirst();
    }

    private List<Answering> inOrder(Operation operation) {
        return operation instanceof Write write
                ? writes.getOrDefault(write.engine(), List.of())
                : answers.getOrDefault(operation.getClass(), List.of());
    }

    private static Optional<Decision> first(List<Answering> inOrder, Operation operation, Situation situation) {
        for (Answering answering : inOrder) {
            if (answering.answer.applies(operation, situation)) {
                return Optional.of(new Decision(answering.rule, answering.answer.expectation(operation, situation)));
            }
        }
        return Optional.empty();
    }

    /** Return the rules that a run can reach on a target of a kind, with these limits and facilities. */
    public List<Rule> reachable(TargetKind target, Limits limits, Set<Facility> facilities) {
        return rules.stream()
                .filter(rule -> rule.scope().facility() == Facility.NONE
                        || facilities.contains(rule.scope().facility()))
                .filter(rule -> rule.scope().support().isMet(target, limits))
                .toList();
    }
}
