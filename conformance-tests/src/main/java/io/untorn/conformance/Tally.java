package io.untorn.conformance;

import io.untorn.model.Environment;
import io.untorn.model.Facility;
import io.untorn.model.Rule;
import io.untorn.model.Specification;
import io.untorn.model.Target;
import io.untorn.model.Trace;
import io.untorn.model.Verdict;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Counts what was done on one target, and what came of it. */
public final class Tally {
    private final Target target;
    private final Environment environment;
    private final Specification specification;
    private final Set<Facility> facilities;
    private final Map<String, Integer> reached = new TreeMap<>();
    private final Map<String, Integer> notes = new TreeMap<>();
    private final Map<KnownDeviation, Integer> deviations = new LinkedHashMap<>();
    private int tries;
    private long operations;
    private long nanos;
    private Optional<Counterexample> counterexample = Optional.empty();

    Tally(Target target, Environment environment, Specification specification, Set<Facility> facilities) {
        this.target = target;
        this.environment = environment;
        this.specification = specification;
        this.facilities = facilities;
    }

    synchronized void add(Trace trace, Verdict verdict, long elapsedNanos) {
        tries++;
        operations += trace.operations().size();
        nanos += elapsedNanos;
        verdict.reached().forEach((rule, count) -> reached.merge(rule, count, Integer::sum));
        verdict.notes().forEach(note -> notes.merge(note, 1, Integer::sum));
    }

    synchronized void add(KnownDeviation deviation) {
        deviations.merge(deviation, 1, Integer::sum);
    }

    synchronized void found(Counterexample found) {
        counterexample = Optional.of(found);
    }

    /** Return where the traces ran. */
    public Target target() {
        return target;
    }

    /** Return what the traces found there. */
    public Environment environment() {
        return environment;
    }

    /** Return what they were judged against. */
    public Specification specification() {
        return specification;
    }

    /** Return what the kernel can do beyond running operations. */
    public Set<Facility> facilities() {
        return facilities;
    }

    /** Return how many traces were judged. */
    public synchronized int tries() {
        return tries;
    }

    /** Return how many generated operations were judged; the reading back is not counted. */
    public synchronized long operations() {
        return operations;
    }

    /** Return the time spent in running and judging. */
    public synchronized Duration elapsed() {
        return Duration.ofNanos(nanos);
    }

    /** Return what was allowed and is worth telling, with how often it was seen. */
    public synchronized Map<String, Integer> notes() {
        return Map.copyOf(notes);
    }

    /** Return the known deviations that were seen, with how often. */
    public synchronized Map<KnownDeviation, Integer> deviations() {
        return new LinkedHashMap<>(deviations);
    }

    /** Return the shortest trace that breaks a rule, if one was found. */
    public synchronized Optional<Counterexample> counterexample() {
        return counterexample;
    }

    /** Return the rules that hold here and can be reached. */
    public List<Rule> holding() {
        return specification.reachable(target.kind(), environment.limits(), facilities);
    }

    /** Return the rules that hold here and were never reached. */
    public synchronized List<Rule> unreached() {
        return holding().stream()
                .filter(rule -> !reached.containsKey(rule.id()))
                .toList();
    }
}
