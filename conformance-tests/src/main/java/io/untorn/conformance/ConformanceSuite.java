package io.untorn.conformance;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the properties of targets, as a Maven build does, inside this JVM. */
public final class ConformanceSuite {
    private static final Map<String, Class<? extends TargetProperties>> CLASSES = classes();

    /** Says at each start that it keeps no database; held here, because loggers are held weakly. */
    private static final Logger JQWIK = Logger.getLogger("net.jqwik");

    static {
        JQWIK.setLevel(Level.WARNING);
    }

    private ConformanceSuite() {}

    private static Map<String, Class<? extends TargetProperties>> classes() {
        Map<String, Class<? extends TargetProperties>> classes = new LinkedHashMap<>();
        classes.put("bdev", BlockDeviceProperties.class);
        classes.put("ext4", Ext4Properties.class);
        classes.put("ext4-bigalloc", Ext4BigallocProperties.class);
        classes.put("xfs", XfsProperties.class);
        return classes;
    }

    /** Return the names of the targets that there are properties for, in the order they run. */
    public static List<String> targets() {
        return List.copyOf(CLASSES.keySet());
    }

    /**
     * Run the properties of some targets in a session, which holds the results.
     *
     * @param targets names out of {@link #targets()}
     * @return how many properties ran, and the failures that the session does not know of
     */
    public static Result run(Session session, List<String> targets) {
        List<Class<?>> classes = new ArrayList<>();
        targets.forEach(target -> classes.add(CLASSES.get(target)));
        return runAll(session, classes);
    }

    /** Run the saved trace of a session, and make it shorter if it breaks a rule. */
    static Result runSaved(Session session) {
        return runAll(session, List.of(SavedTraceProperty.class));
    }

    private static Result runAll(Session session, List<Class<?>> classes) {
        CurrentSession.install(session);
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
        classes.forEach(each -> request.selectors(selectClass(each)));
        Watch watch = new Watch();
        LauncherDiscoveryRequest built = request.build();
        LauncherFactory.create().execute(built, watch);
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
