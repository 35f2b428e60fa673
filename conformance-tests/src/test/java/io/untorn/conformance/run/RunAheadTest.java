package io.untorn.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.untorn.model.history.Environment;
import io.untorn.model.history.History;
import io.untorn.model.history.KernelUnderTest;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Statx;
import io.untorn.model.operation.Truncate;
import io.untorn.model.target.Target;
import io.untorn.simulated.SimulatedKernel;
import io.untorn.simulated.SimulatedMachine;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RunAheadTest {
    private static final Trace FIRST = trace(1);
    private static final Trace SECOND = trace(2);
    private static final Trace THIRD = trace(3);

    private final Recording kernel = new Recording();
    private final RunAhead ahead = new RunAhead(kernel);

    private static Trace trace(int size) {
        return new Trace(Simulated.EXT4, List.of(new Truncate(8L * size), new Statx()));
    }

    /** A simulated kernel that notes what it is asked for. */
    private static final class Recording implements KernelUnderTest {
        private final KernelUnderTest simulated = new SimulatedKernel(SimulatedMachine.linux("7.3.4"));
        private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
        private boolean breaks;

        @Override
        public Environment prepare(Target target) {
            return simulated.prepare(target);
        }

        @Override
        public History run(Trace trace) {
            Operation first = trace.operations().get(0);
            asked.add(first.toString());
            if (breaks) {
                throw new IllegalStateException("the machine is gone");
            }
            return simulated.run(trace);
        }

        @Override
        public void rearmWarnings() {
            asked.add("rearm");
        }

        @Override
        public void close() {
            asked.add("close");
        }
    }

    @BeforeEach
    void prepare() {
        ahead.prepare(Simulated.EXT4);
    }

    private static String name(Trace trace) {
        return trace.operations().get(0).toString();
    }

    @Test
    void eachTraceRunsOnceAndInOrder() {
        ahead.expect(SECOND);
        assertThat(ahead.run(FIRST).trace()).isEqualTo(FIRST);
        ahead.expect(THIRD);
        assertThat(ahead.run(SECOND).trace()).isEqualTo(SECOND);
        assertThat(ahead.run(THIRD).trace()).isEqualTo(THIRD);

        assertThat(kernel.asked).containsExactly(name(FIRST), name(SECOND), name(THIRD));
    }

    @Test
    void afterARestoreATraceRunsAgain() {
        ahead.expect(SECOND);
        ahead.run(FIRST);
        ahead.restore();
        ahead.run(SECOND);

        assertThat(kernel.asked).containsExactly(name(FIRST), name(SECOND), "rearm", name(SECOND));
    }

    @Test
    void anotherTraceThanExpectedRunsAfterIt() {
        ahead.expect(SECOND);
        ahead.run(FIRST);

        assertThat(ahead.run(THIRD).trace()).isEqualTo(THIRD);
        assertThat(kernel.asked).containsExactly(name(FIRST), name(SECOND), name(THIRD));
    }

    @Test
    void aFailureComesWithTheTraceThatFailed() {
        ahead.expect(SECOND);
        ahead.run(FIRST);
        ahead.settle();
        kernel.breaks = true;
        ahead.expect(THIRD);
        assertThatThrownBy(() -> ahead.run(SECOND)).hasMessage("the machine is gone");
        kernel.breaks = false;
        ahead.expect(SECOND);
        ahead.run(FIRST);
        ahead.settle();

        assertThat(kernel.asked).doesNotContain(name(THIRD));
    }

    @Test
    void nothingThatAKernelIsAskedIsForgotten() {
        assertThat(KernelUnderTest.class.getMethods())
                .allSatisfy(method -> assertThat(RunAhead.class.getMethod(method.getName(), method.getParameterTypes()))
                        .extracting(Method::getDeclaringClass)
                        .as("%s, which RunAhead has to pass on", method.getName())
                        .isEqualTo(RunAhead.class));
    }

    @Test
    void nothingRunsWhenItIsClosed() {
        ahead.expect(SECOND);
        ahead.run(FIRST);
        ahead.close();

        assertThat(kernel.asked).containsExactly(name(FIRST), name(SECOND), "close");
    }
}
