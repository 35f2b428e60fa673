package io.untorn.conformance.result;

import io.untorn.conformance.coverage.Coverage;
import io.untorn.conformance.coverage.HiddenRule;
import io.untorn.conformance.exhaustive.ExhaustiveSearch;
import io.untorn.conformance.finding.Counterexample;
import io.untorn.conformance.generate.partition.Partition;
import io.untorn.conformance.generate.partition.Testbed;
import io.untorn.conformance.judge.Judge;
import io.untorn.conformance.judge.KnownDeviation;
import io.untorn.conformance.judge.Signature;
import io.untorn.model.history.Environment;
import io.untorn.model.history.Errno;
import io.untorn.model.history.History;
import io.untorn.model.history.Trace;
import io.untorn.model.oracle.RuleCheck;
import io.untorn.model.oracle.Verdict;
import io.untorn.model.oracle.Verdict.Violation;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Specification;
import io.untorn.model.target.Facility;
import io.untorn.model.target.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What a run did on one target, and the result: counts and findings. */
public final class TargetResult {
    /** How many different lines that the kit does not know are kept. */
    static final int MOST_NEW_LINES = 50;

    /** Stands for those that are not kept. */
    static final String FURTHER_LINES = "further lines";

    private final Target target;
    private final Environment environment;
    private final Specification specification;
    private final Set<Facility> facilities;
    private final Map<Facility, String> lacks;
    private final Optional<ExhaustiveSearch> search;
    private final List<KnownDeviation> expected;
    private final Map<RuleCheck, Integer> checks = new HashMap<>();
    private final Map<KnownDeviation, Integer> deviations = new LinkedHashMap<>();
    private final Map<String, Integer> met = new TreeMap<>();
    private final SortedMap<String, Integer> newLines = new TreeMap<>();
    private final Coverage coverage;
    private int corpusTraces;
    private int corpusSize;
    private int tries;
    private int unjudged;
    private long operations;
    private long nanos;
    private long lookingNanos;
    private final Map<Signature, Counterexample> found = new LinkedHashMap<>();
    private final Map<Signature, Integer> seenAgain = new HashMap<>();

    /**
     * What was counted and found.
     *
     * @param corpusTraces how many traces of the corpus ran
     * @param corpusSize how many were to run
     * @param deviations in how many traces each showed, by their ids
     * @param met how often each could have shown, by their ids
     * @param newLines in how many traces the kernel printed a line that the kit does not know
     */
    public record Counts(
            int corpusTraces,
            int corpusSize,
            int tries,
            int unjudged,
            long operations,
            long nanos,
            long lookingNanos,
            List<CheckCount> checks,
            Map<String, Integer> deviations,
            Map<String, Integer> met,
            List<Found> found,
            Coverage.Counts coverage,
            Map<String, Integer> newLines) {}

    /**
     * How often a rule was checked against one thing, with one result.
     *
     * @param errno the number of the error; 0 for none
     */
    public record CheckCount(String rule, RuleCheck.Against against, int errno, RuleCheck.Result result, int count) {
        CheckCount(RuleCheck check, int count) {
            this(check.rule(), check.against(), check.errno().map(Errno::number).orElse(0), check.result(), count);
        }

        RuleCheck check() {
            return new RuleCheck(rule, against, errno == 0 ? Optional.empty() : Optional.of(new Errno(errno)), result);
        }
    }

    /**
     * A finding.
     *
     * @param trace without the reading back
     * @param history with it
     * @param again in how many other traces it showed
     */
    record Found(Trace trace, History history, Signature signature, int shown, int repeats, String file, int again) {}

    public TargetResult(
            Partition partition,
            Target target,
            Environment environment,
            Specification specification,
            Set<Facility> facilities,
            Map<Facility, String> lacks,
            Optional<ExhaustiveSearch> search,
            List<KnownDeviation> known) {
        this.target = target;
        this.environment = environment;
        this.specification = specification;
        this.facilities = facilities;
        expected = known.stream()
                .filter(deviation -> deviation.covers(target.kind(), environment.kernel()))
                .toList();
        this.lacks = lacks;
        this.search = search;
        coverage = new Coverage(partition, new Testbed(target, environment, facilities), specification);
    }

    public synchronized void add(Trace trace, Verdict verdict, long elapsedNanos) {
        tries++;
        operations += trace.operations().size();
        nanos += elapsedNanos;
        verdict.checks().forEach((one, count) -> checks.merge(one, count, Integer::sum));
        add(verdict.met());
        verdict.newLines().forEach(line -> addNewLine(line, 1));
    }

    private void addNewLine(String line, int count) {
        boolean told = newLines.containsKey(line) || newLines.size() < MOST_NEW_LINES;
        newLines.merge(told ? line : FURTHER_LINES, count, Integer::sum);
    }

    private void add(Map<String, Integer> more) {
        more.forEach((deviation, count) -> met.merge(deviation, count, Integer::sum));
    }

    /** Count time that the kernel took to show what a trace left, beyond direct reads. */
    public synchronized void addLooking(Duration time) {
        lookingNanos += time.toNanos();
    }

    /** Set how many traces of the corpus are to run before random ones. */
    public synchronized void planCorpus(int traces) {
        corpusSize = Math.max(corpusSize, traces);
    }

    /** Count a trace of the corpus, which counts for nothing else. */
    public synchronized void addCorpusTrace() {
        corpusTraces++;
    }

    /** Return how many traces of the corpus ran. */
    public synchronized int corpusTraces() {
        return corpusTraces;
    }

    /** Return how many traces of the corpus were to run; 0 if there is none for the target. */
    public synchronized int corpusSize() {
        return corpusSize;
    }

    public synchronized void addUnjudged(long elapsedNanos) {
        unjudged++;
        nanos += elapsedNanos;
    }

    public synchronized void add(KnownDeviation deviation) {
        deviations.merge(deviation, 1, Integer::sum);
    }

    public synchronized void found(Counterexample counterexample) {
        found.put(counterexample.signature(), counterexample);
    }

    /** Put a shorter finding in the place of one that shows the same. */
    public synchronized void replace(Counterexample longer, Counterexample shorter) {
        found.remove(longer.signature());
        found.put(shorter.signature(), shorter);
    }

    public synchronized boolean isFound(Signature signature) {
        return found.containsKey(signature);
    }

    /** Tell whether this was found before, and count it if so. */
    public synchronized boolean isFoundAgain(Signature signature) {
        boolean known = isFound(signature);
        if (known) {
            seenAgain.merge(signature, 1, Integer::sum);
        }
        return known;
    }

    public synchronized Counts counts() {
        Map<String, Integer> known = new TreeMap<>();
        deviations.forEach((deviation, count) -> known.put(deviation.id(), count));
        return new Counts(
                corpusTraces,
                corpusSize,
                tries,
                unjudged,
                operations,
                nanos,
                lookingNanos,
                checks.entrySet().stream()
                        .map(one -> new CheckCount(one.getKey(), one.getValue()))
                        .sorted(Comparator.comparing(CheckCount::toString))
                        .toList(),
                known,
                new TreeMap<>(met),
                found.values().stream()
                        .map(one -> new Found(
                                one.trace(),
                                one.history(),
                                one.signature(),
                                one.shown(),
                                one.repeats(),
                                one.file().toString(),
                                seenAgain(one)))
                        .toList(),
                coverage.counts(),
                new TreeMap<>(newLines));
    }

    /** Make these the counts, with what was found. */
    public synchronized void restore(Counts counts) {
        corpusTraces = 0;
        corpusSize = 0;
        tries = 0;
        unjudged = 0;
        operations = 0;
        nanos = 0;
        lookingNanos = 0;
        checks.clear();
        deviations.clear();
        met.clear();
        found.clear();
        seenAgain.clear();
        coverage.clear();
        newLines.clear();
        add(counts);
    }

    /** Return the sum of this and another on the same kernel. */
    TargetResult joined(TargetResult other) {
        TargetResult sum = new TargetResult(
                coverage.partition(), target, environment, specification, facilities, lacks, search, expected);
        sum.add(counts());
        sum.add(other.counts());
        return sum;
    }

    /** Add what was counted and found before, or elsewhere on the same kernel; of two findings alike the shorter stays. */
    public synchronized void add(Counts counts) {
        corpusTraces = Math.max(corpusTraces, counts.corpusTraces);
        corpusSize = Math.max(corpusSize, counts.corpusSize);
        tries += counts.tries;
        unjudged += counts.unjudged;
        operations += counts.operations;
        nanos += counts.nanos;
        lookingNanos += counts.lookingNanos;
        counts.checks.forEach(one -> checks.merge(one.check(), one.count(), Integer::sum));
        counts.deviations.forEach((id, count) -> expected.stream()
                .filter(deviation -> deviation.id().equals(id))
                .forEach(deviation -> deviations.merge(deviation, count, Integer::sum)));
        add(counts.met);
        counts.found.forEach(this::add);
        coverage.add(counts.coverage);
        counts.newLines.forEach(this::addNewLine);
    }

    private void add(Found one) {
        Violation violation = Judge.judge(one.history, specification).violations().stream()
                .filter(one.signature::isOf)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException("the history of a finding no longer breaks " + one.signature.rule()));
        Counterexample other = new Counterexample(
                one.trace, one.history, violation, one.signature, one.shown, one.repeats, Path.of(one.file));
        boolean alike = found.containsKey(one.signature);
        found.merge(one.signature, other, TargetResult::shorter);
        seenAgain.merge(one.signature, one.again + (alike ? 1 : 0), Integer::sum);
    }

    /** Put something in the place of each finding, such as the same in another folder. */
    synchronized void replaceFound(UnaryOperator<Counterexample> replacement) {
        found.replaceAll((signature, counterexample) -> replacement.apply(counterexample));
    }

    private static Counterexample shorter(Counterexample first, Counterexample second) {
        return second.trace().operations().size() < first.trace().operations().size() ? second : first;
    }

    /** Return the exhaustive search that the traces come from; empty if they are random. */
    public Optional<ExhaustiveSearch> search() {
        return search;
    }

    /** Return where the traces ran. */
    public Target target() {
        return target;
    }

    /** Return what the traces found there. */
    public Environment environment() {
        return environment;
    }

    /** Return what they were judged by. */
    public Specification specification() {
        return specification;
    }

    /** Return what the kernel can do beyond running operations. */
    public Set<Facility> facilities() {
        return facilities;
    }

    /** Return what the kernel can't do, each with the reason. */
    public Map<Facility, String> lacks() {
        return lacks;
    }

    /** Return the rules that are skipped because the kernel lacks a facility. */
    public List<Rule> skippedFor(Facility facility) {
        return specification.rules().stream()
                .filter(rule -> rule.scope().facility() == facility)
                .toList();
    }

    /** Return how many traces were judged. */
    public synchronized int tries() {
        return tries;
    }

    /** Return how many more traces ran without a verdict: they left more states possible than can be followed. */
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

    /** Return the part of that time in which the kernel showed what traces left, beyond direct reads. */
    public synchronized Duration looking() {
        return Duration.ofNanos(lookingNanos);
    }

    /** Return the known deviations that were seen, with the number of traces. */
    public synchronized Map<KnownDeviation, Integer> deviations() {
        return new LinkedHashMap<>(deviations);
    }

    /** Return how often a known deviation could have shown: its operation met its state. */
    synchronized int met(KnownDeviation deviation) {
        return met.getOrDefault(deviation.id(), 0);
    }

    /** Return the lines that the kernel printed and the kit does not know, sorted, each with the number of its traces. */
    public synchronized SortedMap<String, Integer> newLines() {
        return new TreeMap<>(newLines);
    }

    /** Return the known deviations that this kernel may show here. */
    List<KnownDeviation> expected() {
        return expected;
    }

    /** Return how often each rule was checked against what. */
    public synchronized Map<RuleCheck, Integer> checks() {
        return Map.copyOf(checks);
    }

    /** Return how often a rule was checked. */
    public synchronized int reached(String rule) {
        return checks.entrySet().stream()
                .filter(one -> one.getKey().rule().equals(rule))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** Return the findings: the shortest traces that break a rule, one for each signature. */
    public synchronized List<Counterexample> counterexamples() {
        return List.copyOf(found.values());
    }

    /** Return in how many other traces a finding showed. */
    public synchronized int seenAgain(Counterexample counterexample) {
        return seenAgain.getOrDefault(counterexample.signature(), 0);
    }

    /** Return which cells the atomic writes hit, and which states were met. */
    public Coverage coverage() {
        return coverage;
    }

    /** Return the rules that hold here and can be reached. */
    public List<Rule> holding() {
        return specification.reachable(target.kind(), environment.limits(), facilities);
    }

    /** Tell whether all rules and cells were reached that can be. */
    public boolean isEnough() {
        return search.map(ExhaustiveSearch::isComplete)
                .orElseGet(() -> unreached().isEmpty() && coverage.empty().isEmpty());
    }

    /** Return the rules that hold here and were never reached: no operation told them apart. */
    public synchronized List<Rule> unreached() {
        return holding().stream().filter(rule -> !isReached(rule)).toList();
    }

    /**
     * Tell whether a rule was reached. One that decides about operations was if an operation told it apart; one that looks at
     * histories or data, or that others always hide, if it was checked.
     */
    public synchronized boolean isReached(Rule rule) {
        boolean isToldApart =
                rule.check() instanceof Rule.Answer<?> && hiding(rule).isEmpty();
        return isToldApart ? coverage.rules().contains(rule.id()) : reached(rule.id()) > 0;
    }

    /** Return what hides a rule here, so that no operation tells it apart; empty if nothing does. */
    public Optional<HiddenRule> hiding(Rule rule) {
        return HiddenRule.of(rule, target.kind(), environment);
    }

    /** Return the rules that hold here and that no operation can tell apart, each with what hides it. */
    public List<HiddenRule> hidden() {
        return holding().stream().flatMap(rule -> hiding(rule).stream()).toList();
    }
}
