package io.untorn.conformance;

import io.untorn.model.Environment;
import io.untorn.model.History;
import io.untorn.model.KernelUnderTest;
import io.untorn.model.Target;
import io.untorn.model.Trace;
import io.untorn.model.Verdict;
import io.untorn.vm.TargetMatrix;
import io.untorn.vm.UntornException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final TargetMatrix matrix = TargetMatrix.load();
    private final Function<Session, KernelUnderTest> kernels;
    private final List<KnownDeviation> knownDeviations;
    private final Map<String, Tally> tallies = new LinkedHashMap<>();
    private @Nullable KernelUnderTest kernel;
    private @Nullable Tally tally;
    private @Nullable UntornException failure;

    /**
     * Create a session.
     *
     * @param kernels brings up the kernel, when the first target is prepared
     */
    public Session(Settings settings, Listener listener, Function<Session, KernelUnderTest> kernels) {
        this.settings = settings;
        this.listener = listener;
        this.kernels = kernels;
        this.knownDeviations = settings.strict() ? List.of() : KnownDeviation.load();
    }

    /** Make this the session that properties find. */
    public void install() {
        CURRENT.set(this);
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
        Target target = matrix.named(targetName).target();
        KernelUnderTest running = kernel;
        if (running == null) {
            running = kernels.apply(this);
            kernel = running;
        }
        Environment environment = running.prepare(target);
        Tally prepared = new Tally(
                target,
                environment,
                Judge.specification(settings.specification(), target, environment),
                running.facilities());
        synchronized (this) {
            tallies.put(targetName, prepared);
        }
        tally = prepared;
        listener.prepared(prepared);
        return prepared;
    }

    /**
     * Run a trace on the target made ready last, judge it and count it.
     *
     * @throws NonconformanceError if the kernel broke a rule and is not known to
     */
    void judge(Trace trace) {
        Tally counted = ready();
        long start = System.nanoTime();
        try {
            counted.add(trace, examine(trace), System.nanoTime() - start);
        } catch (NonconformanceError broken) {
            counted.add(trace, broken.verdict(), System.nanoTime() - start);
            if (broken.isKnown()) {
                broken.deviations().forEach(counted::add);
                return;
            }
            running().rearmWarnings();
            throw broken;
        } finally {
            listener.judged(counted);
        }
    }

    /**
     * Run a trace once more and judge it, without counting it.
     *
     * @throws NonconformanceError if the kernel broke a rule
     */
    void again(Trace trace) {
        running().rearmWarnings();
        examine(trace);
    }

    private Verdict examine(Trace trace) {
        Trace observed = trace.withReadBack();
        History history = running().run(observed);
        Verdict verdict = Judge.judge(history, ready().specification());
        if (!verdict.conforms()) {
            throw NonconformanceError.of(trace, history, verdict, knownDeviations);
        }
        if (verdict.judged() != observed.operations().size()) {
            throw UntornException.machinery("the agent answered " + verdict.judged() + " of "
                    + observed.operations().size() + " operations; please report this with the trace: " + trace);
        }
        return verdict;
    }

    /** Tell whether every rule that holds for the target made ready last was reached. */
    boolean reachedAll() {
        return ready().unreached().isEmpty();
    }

    /** Return the time spent in running and judging on the target made ready last. */
    Duration judgingTime() {
        return ready().elapsed();
    }

    /** Save what broke a rule, and see how often it does so again. */
    Counterexample confirm(NonconformanceError broken) {
        int shown = 0;
        for (int i = 0; i < REPEATS; i++) {
            try {
                again(broken.trace());
            } catch (NonconformanceError again) {
                shown += again.violation().rule().equals(broken.violation().rule()) ? 1 : 0;
            }
        }
        Counterexample found = new Counterexample(
                broken.trace(),
                broken.history(),
                broken.violation(),
                shown,
                REPEATS,
                Findings.fileFor(settings.output(), broken));
        ready().found(found);
        Findings.save(found, settings);
        return found;
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
