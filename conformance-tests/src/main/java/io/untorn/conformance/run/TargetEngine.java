package io.untorn.conformance.run;

import io.untorn.conformance.report.CoverageReport;
import io.untorn.conformance.report.RuleReport;
import io.untorn.conformance.result.Settings;
import io.untorn.kernelconfigs.TargetMatrix;
import io.untorn.vm.host.UntornException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * A JUnit Platform engine that runs {@link TargetProperties} in builds: below that class a container for each target of
 * {@code targets.json}, and in it a test for each property. jqwik runs them, target by target, all in one session.
 *
 * <pre>{@code
 * TargetProperties
 *   ext4-bigalloc
 *     ext4-bigalloc: the limits are those of the disk and the file system
 *     ext4-bigalloc: every answer in a random sequence is one that the specification permits
 * }</pre>
 */
public final class TargetEngine implements TestEngine {
    private final TargetMatrix matrix;
    private final Function<List<String>, Session> sessions;

    /** Create the engine that a build finds: its session is that of the system properties (see {@link Settings}). */
    public TargetEngine() {
        this(TargetMatrix.load(), VirtualSession::fromSystemProperties);
    }

    /**
     * Create an engine.
     *
     * @param sessions begins a session for the targets with some names
     */
    TargetEngine(TargetMatrix matrix, Function<List<String>, Session> sessions) {
        this.matrix = matrix;
        this.sessions = sessions;
    }

    @Override
    public String getId() {
        return "untorn";
    }

    @Override
    public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId id) {
        EngineDescriptor engine = new EngineDescriptor(id, "untorn");
        boolean selected = request.getSelectorsByType(ClassSelector.class).stream()
                .anyMatch(selector -> selector.getJavaClass().equals(TargetProperties.class));
        if (selected) {
            engine.addChild(everyTarget(id));
        }
        return engine;
    }

    private TestDescriptor everyTarget(UniqueId id) {
        Container all = new Container(
                id.append("class", TargetProperties.class.getName()),
                TargetProperties.class.getName(),
                ClassSource.from(TargetProperties.class));
        List<TestIdentifier> properties = Jqwik.properties(TargetProperties.OnOneTarget.class);
        matrix.targets().forEach(entry -> {
            Container target = new Container(all.getUniqueId().append("target", entry.name()), entry.name(), null);
            properties.forEach(property -> target.addChild(new Property(target, property)));
            all.addChild(target);
        });
        return all;
    }

    @Override
    public void execute(ExecutionRequest request) {
        EngineExecutionListener listener = request.getEngineExecutionListener();
        TestDescriptor engine = request.getRootTestDescriptor();
        started(engine, listener);
        for (TestDescriptor all : engine.getChildren()) {
            started(all, listener);
            List<String> names = all.getChildren().stream()
                    .map(TestDescriptor::getDisplayName)
                    .toList();
            try (Session session = sessions.apply(names)) {
                all.getChildren().forEach(target -> execute(target, session, listener));
                listener.executionFinished(all, saved(session));
            }
        }
        finished(engine, listener);
    }

    /** Save how often each cell was hit, and each rule checked. */
    private static TestExecutionResult saved(Session session) {
        try {
            CoverageReport.save(session.settings().output(), session.targetResults());
            RuleReport.save(session.settings().output(), session.targetResults());
            return TestExecutionResult.successful();
        } catch (UntornException e) {
            return TestExecutionResult.failed(e);
        }
    }

    private static void execute(TestDescriptor target, Session session, EngineExecutionListener listener) {
        started(target, listener);
        Jqwik.run(
                TargetProperties.OnOneTarget.class,
                PropertyTask.generated(session, target.getDisplayName()),
                new Relay(target, listener));
        finished(target, listener);
    }

    private static void started(TestDescriptor container, EngineExecutionListener listener) {
        listener.executionStarted(container);
    }

    private static void finished(TestDescriptor container, EngineExecutionListener listener) {
        listener.executionFinished(container, TestExecutionResult.successful());
    }

    private static final class Container extends AbstractTestDescriptor {
        Container(UniqueId id, String name, @Nullable TestSource source) {
            super(id, name, source);
        }

        @Override
        public Type getType() {
            return Type.CONTAINER;
        }
    }

    /** A property on one target; its name has both, because builds report nothing else. */
    private static final class Property extends AbstractTestDescriptor {
        private final String ofJqwik;

        Property(TestDescriptor target, TestIdentifier property) {
            super(
                    target.getUniqueId().append("property", property.getDisplayName()),
                    target.getDisplayName() + ": " + property.getDisplayName());
            ofJqwik = property.getUniqueId();
        }

        @Override
        public Type getType() {
            return Type.TEST;
        }
    }

    /** Reports for the properties on one target what jqwik reports for its own. */
    private static final class Relay implements TestExecutionListener {
        private final Map<String, Property> properties = new LinkedHashMap<>();
        private final EngineExecutionListener listener;

        Relay(TestDescriptor target, EngineExecutionListener listener) {
            this.listener = listener;
            target.getChildren().stream()
                    .map(Property.class::cast)
                    .forEach(property -> properties.put(property.ofJqwik, property));
        }

        @Override
        public void executionStarted(TestIdentifier test) {
            if (test.isTest()) {
                listener.executionStarted(properties.get(test.getUniqueId()));
            }
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest()) {
                listener.executionFinished(properties.get(test.getUniqueId()), result);
            }
        }

        @Override
        public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
            listener.reportingEntryPublished(properties.get(test.getUniqueId()), entry);
        }
    }
}
