package io.untorn.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final Map<Class<?>, List<Answering>> answers = new HashMap<>();
    private final Map<Engine, List<Answering>> writes = new EnumMap<>(Engine.class);

    public Specification(String name, List<Rule> rules) {
        this.name = name;
        this.rules = rules.stream().sorted(Comparator.comparing(Rule::topic)).toList();
        answering(rules).forEach(answering -> answers.computeIfAbsent(
                        answering.answer.operation(), operation -> new ArrayList<>())
                .add(answering));
        for (Engine engine : Engine.values()) {
            writes.put(
                    engine,
                    answering(FrontEnd.through(engine, rules))
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

    /** Return what mainline Linux of a version does on a kind of target. */
    public static Specification linux(KernelVersion kernel, TargetKind target) {
        return new Specification(
                "linux-" + kernel,
                LinuxRules.of(target).stream()
                        .filter(rule -> rule.scope().covers(target, kernel))
                        .toList());
    }

    /** Return the rules of every version of mainline Linux for a kind of target, each with its scope. */
    public static Specification linux(TargetKind target) {
        return new Specification(
                "linux",
                LinuxRules.of(target).stream()
                        .filter(rule -> rule.scope().targets().contains(target))
                        .toList());
    }

    /**
     * Return the specification with a name.
     *
     * @throws IllegalArgumentException if there is none; the message lists the names
     */
    public static Specification named(String name, TargetKind target) {
        return SpecificationName.parse(name).on(target);
    }

    /** Return the rules about a topic, in order. */
    public List<Rule> about(Topic topic) {
        return rules.stream().filter(rule -> rule.topic() == topic).toList();
    }

    /** Return the rules about writes that one through an engine meets, in the order of the kernel's checks. */
    public List<Rule> through(Engine engine) {
        return FrontEnd.through(engine, about(Topic.WRITES));
    }

    /** Return what ext4 does with the series of 2023 put on a version of mainline Linux. */
    public static Specification rfcExt4(KernelVersion kernel) {
        return new Specification("rfc-ext4-2023", RfcExt4Rules.of(kernel));
    }

    /** Return what the man pages and the kernel's Documentation promise for a version and a kind of target. */
    public static Specification promise(TargetKind target, KernelVersion kernel) {
        return new Specification("promise", PromiseRules.of(target, kernel));
    }

    /**
     * Return what decides about an operation: the first rule that applies.
     *
     * @throws IllegalStateException if no rule applies: a specification speaks of every operation
     */
    public Decision decide(Operation operation, Situation situation) {
        List<Answering> inOrder = operation instanceof Write write
                ? writes.getOrDefault(write.engine(), List.of())
                : answers.getOrDefault(operation.getClass(), List.of());
        for (Answering answering : inOrder) {
            if (answering.answer.applies(operation, situation)) {
                return new Decision(answering.rule, answering.answer.expectation(operation, situation));
            }
        }
        throw new IllegalStateException(name + " says nothing about: " + operation);
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
