package io.untorn.conformance.run;

import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Runs the properties of targets, as a Maven build does, inside this JVM. */
public final class ConformanceSuite {
    private ConformanceSuite() {}

    /**
     * Run the properties of some targets in a session, which holds the results.
     *
     * @param targets their names
     * @return how many properties ran, and the failures that the session does not know of
     */
    public static Result run(Session session, List<String> targets) {
        Watch watch = new Watch();
        targets.forEach(target ->
                Jqwik.run(TargetProperties.OnOneTarget.class, PropertyTask.generated(session, target), watch));
        return new Result(watch.passed, List.copyOf(watch.failures));
    }

    /**
     * What the properties came to.
     *
     * @param passed how many passed
     * @param failures what the others failed with
     */
    public record Result(int passed, List<Throwable> failures) {}

    private static final class Watch implements TestExecutionListener {
        private final List<Throwable> failures = new ArrayList<>();
        private int passed;

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            result.getThrowable().ifPresent(failures::add);
            if (test.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
                passed++;
            }
        }
    }
}
