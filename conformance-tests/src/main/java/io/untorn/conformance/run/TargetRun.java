package io.untorn.conformance.run;

import io.untorn.conformance.corpus.Corpus;
import io.untorn.conformance.exhaustive.ExhaustiveSearch;
import io.untorn.conformance.generate.AuditSample;
import io.untorn.conformance.generate.TraceArbitraries;
import io.untorn.conformance.judge.Judge;
import io.untorn.conformance.judge.NonconformanceError;
import io.untorn.conformance.result.Settings;
import io.untorn.conformance.result.TargetResult;
import io.untorn.model.contents.TooManyWorldsException;
import io.untorn.model.history.History;
import io.untorn.model.history.KernelUnderTest;
import io.untorn.model.history.Trace;
import io.untorn.model.oracle.JudgementListener;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import org.jspecify.annotations.Nullable;

/** The run of one target, from when it is prepared until enough was done or found: judges traces and counts them. */
public final class TargetRun {
    /** The number of tries that jqwik assumes; which values it then prefers does not matter here. */
    private static final int SIZE_HINT = 1000;

    private final TargetResult result;
    private final Settings settings;
    private final Listener listener;
    private final RunAhead ahead;
    private final Examiner examiner;
    private final FindingKeeper keeper;
    private final Optional<SearchFile> searchFile;
    private final List<Trace> seeds;
    private final CorpusQueue corpus;
    private final AuditSample audits = new AuditSample();

    /**
     * Begin the run of a target that a kernel was made ready for.
     *
     * @param corpus what to run before random traces, some of which grow from it
     */
    TargetRun(TargetResult result, KernelUnderTest kernel, Settings settings, Corpus corpus, Listener listener) {
        this.result = result;
        this.settings = settings;
        this.listener = listener;
        this.ahead = new RunAhead(kernel);
        this.examiner =
                new Examiner(ahead, result.specification(), settings.policy().known());
        this.keeper = new FindingKeeper(result, kernel, examiner, settings);
        this.seeds = corpus.on(result.target(), result.facilities());
        this.corpus = new CorpusQueue(seeds);
        this.searchFile = result.search().map(search -> SearchFile.of(result, search, settings));
    }

    /** Return what was counted and found. */
    public TargetResult result() {
        return result;
    }

    /** Return the examiner, which runs traces without counting them. */
    public Examiner examiner() {
        return examiner;
    }

    /** Return the keeper of findings. */
    public FindingKeeper keeper() {
        return keeper;
    }

    /** Return the traces to judge: those of the corpus and then random ones, or the next of an exhaustive search. */
    Arbitrary<Trace> traces() {
        return result.search().map(ExhaustiveSearch::traces).orElseGet(() -> {
            result.planCorpus(corpus.size());
            RandomGenerator<Trace> random = TraceArbitraries.of(
                            result.coverage().partition(),
                            result.target(),
                            result.environment(),
                            result.facilities(),
                            seeds)
                    .generator(SIZE_HINT);
            RandomGenerator<Trace> aimed =
                    new AimedTraces(random, result, () -> settings.effort().isLateFor(result));
            return Arbitraries.fromGenerator(corpus.before(new LookingAhead(aimed)));
        });
    }

    /** Return how many traces of the corpus are still to be run. */
    int corpusLeft() {
        return result.search().isPresent() ? 0 : corpus.size();
    }

    /** Draws each trace one turn before it is judged, so that the kernel can begin it. */
    private final class LookingAhead implements RandomGenerator<Trace> {
        private final RandomGenerator<Trace> traces;
        private @Nullable Shrinkable<Trace> next;

        LookingAhead(RandomGenerator<Trace> traces) {
            this.traces = traces;
        }

        @Override
        public Shrinkable<Trace> next(Random random) {
            Shrinkable<Trace> drawn = next == null ? sampled(random) : next;
            next = sampled(random);
            ahead.expect(Examiner.observed(next.value()));
            return drawn;
        }

        private Shrinkable<Trace> sampled(Random random) {
            return Shrinkable.unshrinkable(audits.sampled(traces.next(random).value()));
        }
    }

    /**
     * Run a trace, judge it and count it.
     *
     * @throws NonconformanceError if the kernel broke a rule in a way that is neither known nor found before in this run
     */
    void judge(Trace trace) {
        if (corpus.isFrom(trace)) {
            judgeFromCorpus(trace);
        } else {
            judgeGenerated(trace);
        }
    }

    /** Judge a trace that is no evidence of what random ones reach: rules, cells and time are not counted. */
    private void judgeFromCorpus(Trace trace) {
        result.addCorpusTrace();
        try {
            examiner.examine(trace, JudgementListener.NONE);
        } catch (TooManyWorldsException e) {
            throw Judge.unjudgeable(e);
        } catch (NonconformanceError broken) {
            if (isNew(broken, trace)) {
                throw broken;
            }
        } finally {
            listener.judged(result);
        }
    }

    private void judgeGenerated(Trace trace) {
        long start = System.nanoTime();
        try {
            Examined examined = examiner.examine(trace, result.coverage());
            result.add(trace, examined.verdict(), System.nanoTime() - start);
            countLooks(trace, examined.history());
            searched(trace, stateAfter(trace, examined.history()));
        } catch (TooManyWorldsException e) {
            result.addUnjudged(System.nanoTime() - start);
            searched(trace, OptionalLong.empty());
        } catch (NonconformanceError broken) {
            result.add(trace, broken.verdict(), System.nanoTime() - start);
            countLooks(trace, broken.history());
            if (isNew(broken, trace)) {
                throw broken;
            }
        } finally {
            listener.judged(result);
        }
    }

    private void countLooks(Trace trace, History history) {
        result.addLooking(Examined.looking(trace, history));
        audits.ran(history);
    }

    /** Tell whether a trace that broke a rule is to be shrunk; if not, it is counted. */
    private boolean isNew(NonconformanceError broken, Trace trace) {
        OptionalLong state = broken.isFollowedToTheEnd() ? stateAfter(trace, broken.history()) : OptionalLong.empty();
        if (broken.isToleratedBy(settings.policy())) {
            broken.deviations().forEach(result::add);
            searched(trace, state);
            return false;
        }
        examiner.restore();
        if (result.isFoundAgain(broken.signature())) {
            searched(trace, state);
            return false;
        }
        result.search().ifPresent(search -> search.tried(trace, state));
        return true;
    }

    /** Return the hash of what a kernel tells apart of the state that a trace left; empty if nothing is searched. */
    private OptionalLong stateAfter(Trace trace, History history) {
        return result.search()
                .map(search -> OptionalLong.of(search.state(
                        result.coverage().stateAfter(trace.operations().size()), history.extents())))
                .orElse(OptionalLong.empty());
    }

    private void searched(Trace trace, OptionalLong state) {
        result.search().ifPresent(search -> {
            search.tried(trace, state);
            search.advance();
        });
        searchFile.ifPresent(SearchFile::saveWhenDue);
    }

    /** Begin or resume the search; do nothing if traces are random. */
    void beginSearch() {
        searchFile.ifPresent(file -> {
            file.resume();
            listener.searching(result);
        });
    }

    /** Tell whether enough was done or found. */
    boolean isDone() {
        return settings.effort().isSpentOn(result)
                || result.counterexamples().size() >= settings.effort().findings();
    }

    /** Keep a trace that broke a rule, as short as it can be made. */
    public Kept keep(NonconformanceError broken) {
        Trace trace = broken.trace();
        listener.shrinking(trace.target(), trace.operations().size());
        Kept kept = keeper.keep(broken);
        listener.shrunk(kept.effort());
        result.search().ifPresent(ExhaustiveSearch::advance);
        searchFile.ifPresent(SearchFile::save);
        return kept;
    }

    /** End the run of the target. */
    void finish() {
        ahead.settle();
        if (result.search().filter(ExhaustiveSearch::isBetweenTraces).isPresent()) {
            searchFile.ifPresent(SearchFile::save);
        }
        listener.finished(result);
    }
}
