package io.untorn.conformance;

import io.untorn.conformance.partition.Ground;
import io.untorn.conformance.partition.Partition;
import io.untorn.model.Environment;
import io.untorn.model.Facility;
import io.untorn.model.Rule;
import io.untorn.model.Specification;
import io.untorn.model.Target;
import io.untorn.model.Trace;
import io.untorn.model.Verdict;
import io.untorn.model.Verdict.Violation;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts what was done on one target, and what came of it. */
public final class Tally {
    private final Target target;
    private final Environment environment;
    private final Specification specification;
    private final Set<Facility> facilities;
    private final List<KnownDeviation> expected;
    private final Map<String, Integer> reached = new TreeMap<>();
    private final Map<String, Integer> notes = new TreeMap<>();
    private final Map<KnownDeviation, Integer> deviations = new LinkedHashMap<>();
    private final Coverage coverage;
    private int tries;
    private int unjudged;
    private long operations;
    private long nanos;
    private final Map<Signature, Counterexample> found = new LinkedHashMap<>();
    private final Map<Signature, Integer> seenAgain = new HashMap<>();

    Tally(
            Partition partition,
            Target target,
            Environment environment,
            Specification specification,
            Set<Facility> facilities,
            List<KnownDeviation> known) {
        this.target = target;
        this.environment = environment;
        this.specification = specification;
        this.facilities = facilities;
        expected = known.stream()
                .filter(deviation -> deviation.covers(target.kind(), environment.kernel()))
                .toList();
        coverage = new Coverage(partition, new Ground(target, environment));
    }

    synchronized void add(Trace trace, Verdict verdict, long elapsedNanos) {
        tries++;
        operations += trace.operations().size();
        nanos += elapsedNanos;
        verdict.reached().forEach((rule, count) -> reached.merge(rule, count, Integer::sum));
        verdict.notes().forEach(note -> notes.merge(note, 1, Integer::sum));
    }

    synchronized void addUnjudged(long elapsedNanos) {
        unjudged++;
        nanos += elapsedNanos;
    }

    synchronized void add(KnownDeviation deviation) {
        deviations.merge(deviation, 1, Integer::sum);
    }

    synchronized void found(Signature signature, Counterexample counterexample) {
        found.put(signature, counterexample);
    }

    synchronized boolean isFound(Violation violation) {
        return found.containsKey(Signature.of(violation));
    }

    /** Tell whether this was found before, and count it if so. */
    synchronized boolean isFoundAgain(Violation violation) {
        boolean known = isFound(violation);
        if (known) {
            seenAgain.merge(Signature.of(violation), 1, Integer::sum);
        }
        return known;
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

    /** Return how many more traces ran, and left more states possible than can be followed: nothing is said of them. */
    public synchronized int unjudged() {
        return unjudged;
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

    /** Return the known deviations that this kernel may show here. */
    List<KnownDeviation> expected() {
        return expected;
    }

    /** Return how often a rule was held against what was done. */
    synchronized int reached(String rule) {
        return reached.getOrDefault(rule, 0);
    }

    /** Return what was found: the shortest traces that break a rule, one for each signature. */
    public synchronized List<Counterexample> counterexamples() {
        return List.copyOf(found.values());
    }

    /** Return in how many other traces what was found showed. */
    public synchronized int seenAgain(Counterexample counterexample) {
        return seenAgain.getOrDefault(Signature.of(counterexample.violation()), 0);
    }

    /** Return what the atomic writes were like, and what they met. */
    public Coverage coverage() {
        return coverage;
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
