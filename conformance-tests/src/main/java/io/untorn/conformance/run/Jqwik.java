package io.untorn.conformance.run;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.jqwik.engine.JqwikTestEngine;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the properties of a class by jqwik, in this thread and with no other engine or listener beside it. */
public final class Jqwik {
    /** Logs at each start that it keeps no database; the reference keeps the logger from being collected. */
    private static final Logger LOGGER = Logger.getLogger("net.jqwik");

    static {
        LOGGER.setLevel(Level.WARNING);
    }

    private Jqwik() {}

    /** Return the properties of a class, in the order they run. */
    static List<TestIdentifier> properties(Class<?> properties) {
        TestPlan plan = launcher().discover(request(properties));
        return plan.getRoots().stream()
                .flatMap(root -> plan.getDescendants(root).stream())
                .filter(TestIdentifier::isTest)
                .toList();
    }

    /**
     * Run the properties of a class.
     *
     * @param task what they are to hold for
     */
    public static void run(Class<?> properties, PropertyTask task, TestExecutionListener listener) {
        HandedToJqwik.during(() -> launcher().execute(request(properties), listener), task);
    }

    private static Launcher launcher() {
        return LauncherFactory.create(LauncherConfig.builder()
                .enableTestEngineAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .enableLauncherDiscoveryListenerAutoRegistration(false)
                .enablePostDiscoveryFilterAutoRegistration(false)
                .addTestEngines(new JqwikTestEngine())
                .build());
    }

    private static LauncherDiscoveryRequest request(Class<?> properties) {
        return LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(properties))
                .build();
    }
}
