package io.untorn.conformance;

import io.untorn.conformance.partition.Ground;
import io.untorn.conformance.partition.Partition;
import io.untorn.conformance.reproducer.Demonstration;
import io.untorn.conformance.reproducer.Proof;
import io.untorn.kernelconfigs.TargetMatrix;
import io.untorn.model.Environment;
import io.untorn.model.History;
import io.untorn.model.KernelUnderTest;
import io.untorn.model.Oracle;
import io.untorn.model.Specification;
import io.untorn.model.Target;
import io.untorn.model.TooManyWorldsException;
import io.untorn.model.Trace;
import io.untorn.model.Verdict;
import io.untorn.model.Witness;
import io.untorn.vm.BootedKernel;
import io.untorn.vm.Targets;
import io.untorn.vm.UntornException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One run against one kernel: the kernel, what was asked for, and what came of it so far.
 *
 * <p>jqwik makes property classes by itself, so they find the session by {@link #current()}. A program installs its own
 * before it runs them; else the first property begins one from the system properties (see {@link Settings}).
 */
public final class Session implements AutoCloseable {
    private static final AtomicReference<@Nullable Session> CURRENT = new AtomicReference<>();
    private static final int REPEATS = 3;

    private final Settings settings;
    private final Listener listener;
    private final Partition partition;
    private final TargetMatrix matrix = TargetMatrix.load();
    private final Function<Session, KernelUnderTest> kernels;
    private final List<KnownDeviation> knownDeviations;
    private final Map<String, Tally> tallies = new LinkedHashMap<>();
    private @Nullable KernelUnderTest kernel;
    private @Nullable Trace saved;
    private @Nullable Tally tally;
    private @Nullable SearchFile searchFile;
    private @Nullable UntornException failure;
    private volatile @Nullable Shrinking shrinking;

    /**
     * Create a session.
     *
     * @param kernels brings up the kernel, when the first target is prepared
     */
    public Session(Settings settings, Listener listener, Function<Session, KernelUnderTest> kernels) {
        this(settings, listener, Partition.OF_ATOMIC_WRITES, kernels);
    }

    /** Create a session whose atomic writes are drawn from a partition, and counted by it. */
    Session(Settings settings, Listener listener, Partition partition, Function<Session, KernelUnderTest> kernels) {
        this.settings = settings;
        this.listener = listener;
        this.partition = partition;
        this.kernels = kernels;
        this.knownDeviations = settings.excuses().known();
    }

    /** Make this the session that properties find. */
    public void install() {
        CURRENT.set(this);
    }

    /** Take a saved trace to run, in place of generated ones. */
    void take(Trace trace) {
        saved = trace;
    }

    /** Return the saved trace. */
    Trace saved() {
        Trace taken = saved;
        if (taken == null) {
            throw new IllegalStateException("no saved trace was taken");
        }
        return taken;
    }

    static Session current() {
        Session installed = CURRENT.get();
        if (installed == null) {
            installed = VirtualSession.fromSystemProperties();
            CURRENT.set(installed);
        }
        return installed;
    }

    /** Return what the run was asked to do. */
    public Settings settings() {
        return settings;
    }

    /** Return what atomic writes are drawn from. */
    Partition partition() {
        return partition;
    }

    /** Return who follows the run. */
    public Listener listener() {
        return listener;
    }

    /** Return what was done so far, by target, in order. */
    public synchronized Collection<Tally> tallies() {
        return List.copyOf(tallies.values());
    }

    /** Return why the run could not go on, if it could not. */
    public synchronized Optional<UntornException> failure() {
        return Optional.ofNullable(failure);
    }

    synchronized void fail(UntornException reason) {
        if (failure == null) {
            failure = reason;
        }
    }

    /** Make a target ready, unless it is. */
    Tally prepare(String targetName) {
        Tally ready = tally;
        if (ready != null && ready.target().name().equals(targetName)) {
            return ready;
        }
        Target target = Targets.named(matrix, targetName).target();
        KernelUnderTest running = kernel;
        if (running == null) {
            running = kernels.apply(this);
            kernel = running;
        }
        Environment environment = running.prepare(target);
        Ground ground = new Ground(target, environment, running.facilities());
        Optional<ExhaustiveSearch> search = settings.effort().exhaustive().stream()
                .mapToObj(length -> new ExhaustiveSearch(ground, length))
                .findFirst();
        Tally prepared = new Tally(
                partition,
                target,
                environment,
                Judge.specification(settings.specification(), target, environment),
                running.facilities(),
                running.lacks(),
                search,
                settings.excuses().excused());
        synchronized (this) {
            tallies.put(targetName, prepared);
        }
        tally = prepared;
        searchFile = search.map(one -> SearchFile.of(prepared, one, settings)).orElse(null);
        listener.prepared(prepared);
        return prepared;
    }

    /**
     * Run a trace on the target made ready last and judge it. Traces that are not candidates of shrinking are counted.
     *
     * @throws NonconformanceError if the kernel broke a rule, is not known to, and was not found to in this session; if
     *     the trace is a candidate, only if it breaks the rule that the trace which is made shorter broke
     */
    void judge(Trace trace) {
        Shrinking now = shrinking;
        if (now == null) {
            judgeGenerated(trace);
        } else {
            judgeCandidate(trace, now);
        }
    }

    private void judgeCandidate(Trace trace, Shrinking now) {
        for (int i = 0; i < now.attempts() && !now.isOver(); i++) {
            try {
                examine(trace, Witness.NONE);
            } catch (TooManyWorldsException e) {
                return;
            } catch (NonconformanceError broken) {
                running().restore();
                if (counts(broken) && now.isSame(broken) && !ready().isFound(broken.signature())) {
                    throw broken;
                }
            }
        }
    }

    private void judgeGenerated(Trace trace) {
        Tally counted = ready();
        long start = System.nanoTime();
        try {
            counted.add(trace, examine(trace, counted.coverage()), System.nanoTime() - start);
            searched(trace, OptionalLong.of(counted.coverage().lastState()));
        } catch (TooManyWorldsException e) {
            counted.addUnjudged(System.nanoTime() - start);
            searched(trace, OptionalLong.empty());
        } catch (NonconformanceError broken) {
            counted.add(trace, broken.verdict(), System.nanoTime() - start);
            OptionalLong state = broken.isFollowedToTheEnd()
                    ? OptionalLong.of(counted.coverage().lastState())
                    : OptionalLong.empty();
            if (!counts(broken)) {
                broken.deviations().forEach(counted::add);
                searched(trace, state);
                return;
            }
            running().restore();
            if (counted.isFoundAgain(broken.signature())) {
                searched(trace, state);
                return;
            }
            counted.search().ifPresent(search -> search.tried(trace, state));
            listener.shrinking(trace.target(), trace.operations().size());
            shrinking = new Shrinking(
                    broken, shownAgain(broken), REPEATS, settings.effort().shrinking());
            throw broken;
        } finally {
            listener.judged(counted);
        }
    }

    /** Tell whether it makes the kernel fail: a known deviation does in a strict run. */
    private boolean counts(NonconformanceError broken) {
        return settings.excuses().strict() || !broken.isKnown();
    }

    private void searched(Trace trace, OptionalLong state) {
        ready().search().ifPresent(search -> {
            search.tried(trace, state);
            search.advance();
        });
        if (searchFile != null) {
            searchFile.saveWhenDue();
        }
    }

    /** Begin the search on the target made ready last, or go on where it was ended; nothing where traces are random. */
    void beginSearch() {
        if (searchFile != null) {
            searchFile.resume();
            listener.searching(ready());
        }
    }

    /** Keep how far the search on the target made ready last is; nothing where traces are random. */
    private void keepSearch() {
        if (searchFile != null) {
            searchFile.save();
        }
    }

    /**
     * Run a trace once more and judge it, without counting it.
     *
     * @param left how many times more it will run so
     * @throws NonconformanceError if the kernel broke a rule
     */
    void again(Trace trace, int left) {
        running().restore();
        if (left > 0) {
            running().expectRestore();
        }
        try {
            examine(trace, Witness.NONE);
        } catch (TooManyWorldsException e) {
            throw Judge.unjudgeable(e);
        }
    }

    private Verdict examine(Trace trace, Witness witness) {
        Trace observed = trace.withReadBack();
        History history = running().run(observed);
        Specification specification = ready().specification();
        Verdict verdict = new Oracle(specification).judge(history, witness);
        if (!verdict.conforms()) {
            throw NonconformanceError.of(trace, history, verdict, specification, knownDeviations);
        }
        if (verdict.judged() != observed.operations().size()) {
            throw UntornException.machinery("the agent answered " + verdict.judged() + " of "
                    + observed.operations().size() + " operations; please report this with the trace: " + trace);
        }
        return verdict;
    }

    /** Tell whether a trace is being made shorter. */
    boolean isShrinking() {
        return shrinking != null;
    }

    /** Tell whether the time for making it shorter is over. */
    boolean isShrinkingOver() {
        Shrinking now = shrinking;
        return now != null && now.isOver();
    }

    /** Tell whether nothing more is to be generated on the target made ready last. */
    boolean isDone() {
        Tally counted = ready();
        return settings.effort().isSpentOn(counted)
                || counted.counterexamples().size() >= settings.effort().findings();
    }

    /** Save what broke a rule, as short as it was made, and see how often it does so again. */
    Counterexample confirm(NonconformanceError broken) {
        shrinking = null;
        int shown = shownAgain(broken);
        Counterexample found = new Counterexample(
                broken.trace(),
                broken.history(),
                broken.violation(),
                broken.signature(),
                shown,
                REPEATS,
                Findings.fileFor(settings.output(), broken.trace().target(), broken.signature()));
        ready().found(found);
        Findings.save(finding(found, MarkdownReport.subject(found)), settings);
        ready().search().ifPresent(ExhaustiveSearch::advance);
        keepSearch();
        return found;
    }

    /** Be done with the target made ready last. */
    void finish() {
        if (ready().search().filter(ExhaustiveSearch::isBetweenTraces).isPresent()) {
            keepSearch();
        }
        listener.finished(ready());
    }

    /** Return what a kernel developer gets, with the proof that the program shows it on this kernel. */
    Finding finding(Counterexample found, String subject) {
        Optional<Demonstration> demonstration =
                Demonstration.of(subject, found.trace(), found.history(), found.violation(), ready().specification());
        if (!(running() instanceof BootedKernel booted)) {
            Proof none = Proof.none("reproducer.c was not run: this kernel runs no programs");
            return new Finding(subject, found, demonstration, none, settings.kernel(), Optional.empty());
        }
        Proof proof = demonstration
                .map(shown -> prove(shown, booted))
                .orElseGet(() -> Proof.none("no program could be run: none can cut the power"));
        return new Finding(subject, found, demonstration, proof, booted.name(), booted.config());
    }

    /** Run the program on a target that is made anew: the traces may have left a file system that is broken. */
    private Proof prove(Demonstration demonstration, BootedKernel booted) {
        running().rearmWarnings();
        running().prepare(demonstration.target());
        return Proof.of(demonstration, booted);
    }

    /** Return how many times of {@value #REPEATS} a trace breaks its rule again. */
    private int shownAgain(NonconformanceError broken) {
        int shown = 0;
        for (int left = REPEATS - 1; left >= 0; left--) {
            try {
                again(broken.trace(), left);
            } catch (NonconformanceError again) {
                shown += again.signature().isLike(broken.signature()) ? 1 : 0;
            }
        }
        return shown;
    }

    private Tally ready() {
        Tally ready = tally;
        if (ready == null) {
            throw new IllegalStateException("no target was made ready");
        }
        return ready;
    }

    private KernelUnderTest running() {
        KernelUnderTest running = kernel;
        if (running == null) {
            throw new IllegalStateException("no target was made ready");
        }
        return running;
    }

    @Override
    public void close() {
        KernelUnderTest running = kernel;
        if (running != null) {
            running.close();
            kernel = null;
        }
        CURRENT.compareAndSet(this, null);
    }
}
