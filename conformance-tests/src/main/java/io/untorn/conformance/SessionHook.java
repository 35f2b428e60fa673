package io.untorn.conformance;

import io.untorn.model.Rule;
import io.untorn.vm.UntornException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyAttributes;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;
import org.jspecify.annotations.Nullable;

/**
 * Ties a property to the session: its seed, its number of tries or its time, its failures of machinery, and the rules
 * that it must have reached.
 */
final class SessionHook implements AroundPropertyHook, AroundTryHook {
    private static final Duration SHRINKING_LIMIT = Duration.ofSeconds(45);

    private volatile @Nullable NonconformanceError first;
    private volatile @Nullable Thread generating;
    private volatile long shrinkingSince;

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        first = null;
        generating = Thread.currentThread();
        Session session = Session.current();
        Tally tally = prepared(session, ((TargetProperties) context.testInstance()).target());
        boolean example = context.attributes().tries().orElse(0) == 1;
        if (!example) {
            adjust(context.attributes(), session.settings());
        }
        PropertyExecutionResult result = property.execute();
        Optional<UntornException> failure = session.failure();
        if (failure.isPresent()) {
            return result.mapToFailed(failure.get());
        }
        if (result.throwable().orElse(null) instanceof NonconformanceError shortest) {
            return told(session, result, shortest);
        }
        return example ? result : reachedAll(session, tally, result);
    }

    private static Tally prepared(Session session, String target) {
        session.failure().ifPresent(failure -> {
            throw failure;
        });
        try {
            return session.prepare(target);
        } catch (UntornException e) {
            session.fail(e);
            throw e;
        }
    }

    private static void adjust(PropertyAttributes attributes, Settings settings) {
        attributes.setTries(settings.tries().orElse(Integer.MAX_VALUE));
        attributes.setSeed(Long.toString(settings.seed()));
        attributes.setGeneration(GenerationMode.RANDOMIZED);
        attributes.setEdgeCases(EdgeCasesMode.NONE);
    }

    private static PropertyExecutionResult told(
            Session session, PropertyExecutionResult result, NonconformanceError shortest) {
        try {
            Counterexample found = session.confirm(shortest);
            return result.mapToFailed(new AssertionError(TextReport.counterexample(found, session.settings())));
        } catch (UntornException e) {
            session.fail(e);
            return result.mapToFailed(e);
        }
    }

    private static PropertyExecutionResult reachedAll(Session session, Tally tally, PropertyExecutionResult result) {
        session.listener().finished(tally);
        List<Rule> unreached = tally.unreached();
        return unreached.isEmpty()
                ? result
                : result.mapToFailed(
                        new AssertionError("rules that hold for " + tally.target() + " and were never reached in "
                                + tally.operations() + " operations: "
                                + unreached.stream().map(Rule::id).collect(Collectors.joining(", "))));
    }

    @Override
    public TryExecutionResult aroundTry(TryLifecycleContext context, TryExecutor aTry, List<Object> parameters) {
        Session session = Session.current();
        if (session.failure().isPresent() || isTimeUp(session) || isShrinkingOver()) {
            return TryExecutionResult.satisfied(true);
        }
        TryExecutionResult result = aTry.execute(parameters);
        Throwable thrown = result.throwable().orElse(null);
        if (thrown instanceof UntornException machinery) {
            session.fail(machinery);
            return TryExecutionResult.satisfied(true);
        }
        if (thrown instanceof NonconformanceError broken) {
            return isSame(session, broken) ? result : TryExecutionResult.satisfied();
        }
        return result;
    }

    /**
     * Tell whether this breaks the rule that was broken first: shrinking must not slip to another. Which of the rules about
     * data is to blame is plain only when the trace is short.
     */
    private boolean isSame(Session session, NonconformanceError broken) {
        NonconformanceError before = first;
        if (before == null) {
            first = broken;
            shrinkingSince = System.nanoTime();
            session.listener()
                    .shrinking(
                            broken.trace().target(), broken.trace().operations().size());
            return true;
        }
        Rule wanted = before.violation().rule();
        Rule shown = broken.violation().rule();
        return wanted.equals(shown) || (wanted.check() instanceof Rule.Data && shown.check() instanceof Rule.Data);
    }

    /**
     * Tell whether a candidate comes too late: jqwik leaves the thread that shrinks behind when its own bound, of a minute,
     * is reached, and it would go on while the next property runs.
     */
    private boolean isShrinkingOver() {
        return first == null
                ? Thread.currentThread() != generating
                : System.nanoTime() - shrinkingSince > SHRINKING_LIMIT.toNanos();
    }

    private boolean isTimeUp(Session session) {
        Settings settings = session.settings();
        Duration spent = session.judgingTime();
        Duration budget = settings.budget();
        return first == null
                && settings.tries().isEmpty()
                && spent.compareTo(budget) >= 0
                && (spent.compareTo(budget.multipliedBy(Settings.PATIENCE)) >= 0 || session.reachedAll());
    }
}
