package io.untorn.conformance.run;

import io.untorn.conformance.exhaustive.ExhaustiveSearch;
import io.untorn.conformance.judge.NonconformanceError;
import io.untorn.conformance.report.TextReport;
import io.untorn.conformance.report.Unreached;
import io.untorn.conformance.result.Settings;
import io.untorn.conformance.result.TargetResult;
import io.untorn.vm.host.UntornException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.MethodLifecycleContext;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyAttributes;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;

/**
 * Connects a property with the session: seed, number of tries or time, failures of machinery, and the rules that must be
 * reached, or the search that must be complete. After a finding the property goes on with the next seed until the session
 * is done.
 */
final class SessionHook implements AroundPropertyHook, AroundTryHook {
    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        PropertyTask task = HandedToJqwik.task();
        Session session = task.session();
        TargetRun run = prepared(task);
        if (isExample(context)) {
            return once(session, run, property);
        }
        orFail(session, run::beginSearch);
        return untilDone(session, run, context.attributes(), property);
    }

    private static boolean isExample(MethodLifecycleContext context) {
        return context.targetMethod().isAnnotationPresent(Example.class);
    }

    private static TargetRun prepared(PropertyTask task) {
        Session session = task.session();
        session.failure().ifPresent(failure -> {
            throw failure;
        });
        orFail(session, task::run);
        return task.run();
    }

    private static void orFail(Session session, Runnable step) {
        try {
            step.run();
        } catch (UntornException e) {
            session.fail(e);
            throw e;
        }
    }

    private static PropertyExecutionResult once(Session session, TargetRun run, PropertyExecutor property) {
        PropertyExecutionResult result = property.execute();
        return failure(session, run, result).map(result::mapToFailed).orElse(result);
    }

    private static PropertyExecutionResult untilDone(
            Session session, TargetRun run, PropertyAttributes attributes, PropertyExecutor property) {
        Settings settings = session.settings();
        attributes.setGeneration(GenerationMode.RANDOMIZED);
        attributes.setEdgeCases(EdgeCasesMode.NONE);
        attributes.setShrinking(ShrinkingMode.OFF);
        Optional<Throwable> first = Optional.empty();
        for (long seed = settings.seed(); ; seed++) {
            attributes.setSeed(Long.toString(seed));
            attributes.setTries(tries(settings, run));
            PropertyExecutionResult result = property.execute();
            Optional<Throwable> failure = failure(session, run, result);
            first = first.or(() -> failure);
            boolean goesOn = result.throwable().orElse(null) instanceof NonconformanceError
                    && session.failure().isEmpty()
                    && !run.isDone();
            if (!goesOn) {
                orFail(session, run::finish);
                return first.or(() -> notEnough(run.result()))
                        .map(result::mapToFailed)
                        .orElse(result);
            }
        }
    }

    /** Return how many traces jqwik may take at most; the run itself says when it is over. */
    private static int tries(Settings settings, TargetRun run) {
        OptionalInt tries = settings.effort().tries();
        return tries.isPresent() ? tries.getAsInt() + run.corpusLeft() : Integer.MAX_VALUE;
    }

    /** Return why a property failed, if it did, with a report of what it found. */
    private static Optional<Throwable> failure(Session session, TargetRun run, PropertyExecutionResult result) {
        if (session.failure().isEmpty() && result.throwable().orElse(null) instanceof NonconformanceError broken) {
            Kept kept = run.keep(broken);
            kept.failure().ifPresent(session::fail);
            String report = TextReport.counterexample(kept.found(), session.settings());
            return Optional.of(new AssertionError(report, kept.failure().orElse(null)));
        }
        return session.failure().<Throwable>map(failure -> failure).or(result::throwable);
    }

    private static Optional<Throwable> notEnough(TargetResult result) {
        if (result.search().isPresent()) {
            ExhaustiveSearch search = result.search().get();
            return search.isComplete()
                    ? Optional.empty()
                    : Optional.of(new AssertionError(
                            "the search on " + result.target() + " is not complete: ran " + search.progress()));
        }
        Optional<String> rules = Unreached.rules(result)
                .map(those -> "rules that hold for " + result.target() + " were never reached in " + result.operations()
                        + " operations: " + those);
        Optional<String> cells = Unreached.cells(result)
                .map(those -> "kinds of atomic write that " + result.target() + " can meet were never tried in "
                        + result.operations() + " operations: " + those);
        return rules.or(() -> cells).map(AssertionError::new);
    }

    @Override
    public TryExecutionResult aroundTry(TryLifecycleContext context, TryExecutor aTry, List<Object> parameters) {
        PropertyTask task = HandedToJqwik.task();
        Session session = task.session();
        if (session.failure().isPresent()) {
            return TryExecutionResult.satisfied(true);
        }
        if (!isExample(context) && task.run().isDone()) {
            return TryExecutionResult.satisfied(true);
        }
        TryExecutionResult result = aTry.execute(parameters);
        if (result.throwable().orElse(null) instanceof UntornException machinery) {
            session.fail(machinery);
            return TryExecutionResult.satisfied(true);
        }
        return result;
    }
}
