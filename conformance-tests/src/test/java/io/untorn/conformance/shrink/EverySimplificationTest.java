package io.untorn.conformance.shrink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.untorn.conformance.run.Simulated;
import io.untorn.model.history.Environment;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Operation;
import io.untorn.model.oracle.Oracle;
import io.untorn.model.rules.Specifications;
import io.untorn.model.target.Facility;
import io.untorn.model.target.Target;
import io.untorn.simulated.SimulatedKernel;
import io.untorn.simulated.SimulatedMachine;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** What must hold for every way to make operations simpler, whatever the operations are. */
final class EverySimplificationTest {
    private static final int ENOUGH_FOR_EVERY_KIND = 1000;

    /** One of how many candidates runs. */
    private static final int SAMPLED = 16;

    @Provide
    Arbitrary<List<Operation>> one() {
        return Arbitraries.randomValue(random -> AnyOperation.some(random, 1, 1));
    }

    @Provide
    Arbitrary<List<Operation>> two() {
        return Arbitraries.randomValue(random -> AnyOperation.some(random, 2, 2));
    }

    @Provide
    Arbitrary<List<Operation>> many() {
        return Arbitraries.randomValue(random -> AnyOperation.some(random, 3, 20));
    }

    @Provide
    Arbitrary<Target> targets() {
        return Arbitraries.of(Simulated.DEVICE, Simulated.EXT4, Simulated.BIGALLOC, Simulated.XFS);
    }

    @Test
    void everyKindOfOperationIsDrawn() {
        Set<Class<?>> kinds = new HashSet<>();
        AnyOperation.some(new Random(42), ENOUGH_FOR_EVERY_KIND, ENOUGH_FOR_EVERY_KIND)
                .forEach(operation -> kinds.add(operation.getClass()));

        assertThat(kinds).containsExactlyInAnyOrderElementsOf(Arrays.asList(Operation.class.getPermittedSubclasses()));
    }

    @Property(tries = 2000, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("of one operation, every way makes only what can run")
    void ofOneOperation(@ForAll("targets") Target target, @ForAll("one") List<Operation> operations) {
        onlyWhatCanRunIsTried(target, operations);
    }

    @Property(tries = 2000, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("of two operations, every way makes only what can run")
    void ofTwoOperations(@ForAll("targets") Target target, @ForAll("two") List<Operation> operations) {
        onlyWhatCanRunIsTried(target, operations);
    }

    @Property(tries = 200, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("of many operations, every way makes only what can run")
    void ofManyOperations(@ForAll("targets") Target target, @ForAll("many") List<Operation> operations) {
        onlyWhatCanRunIsTried(target, operations);
    }

    @Property(tries = 200, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("whatever candidates show, the descent ends, and each step is simpler")
    void theDescentEnds(@ForAll("targets") Target target, @ForAll("two") List<Operation> operations) {
        Assume.that(canRun(target, operations));
        Simplicity[] last = {Simplicity.of(operations)};
        descent(target, operations, candidate -> {
                    assertThat(Simplicity.of(candidate)).isLessThan(last[0]);
                    if (candidate.hashCode() % 3 != 0) {
                        return false;
                    }
                    last[0] = Simplicity.of(candidate);
                    return true;
                })
                .toTheEnd();
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("what is tried of two operations runs on a kernel and is judged")
    void whatIsTriedRuns(@ForAll("targets") Target target, @ForAll("two") List<Operation> operations) {
        Assume.that(canRun(target, operations));
        try (SimulatedKernel kernel = new SimulatedKernel(SimulatedMachine.linux("7.3.4"))) {
            Environment environment = kernel.prepare(target);
            Oracle oracle = new Oracle(Specifications.linux(environment.kernel(), target.kind()));
            descent(target, operations, candidate -> {
                        if (candidate.hashCode() % SAMPLED == 0) {
                            assertThatCode(() -> oracle.judge(kernel.run(new Trace(target, candidate).withReadBack())))
                                    .as("%s", candidate)
                                    .doesNotThrowAnyException();
                        }
                        return false;
                    })
                    .toTheEnd();
        }
    }

    /** The ways make values that the records take, and of those only what the target takes is tried. */
    private static void onlyWhatCanRunIsTried(Target target, List<Operation> operations) {
        Assume.that(canRun(target, operations));
        Simplifications.on(target)
                .forEach(way -> assertThatCode(() -> way.of(operations).forEach(candidate -> {}))
                        .as("simpler than %s", operations)
                        .doesNotThrowAnyException());
        descent(target, operations, candidate -> {
                    assertThat(canRun(target, candidate)).as("%s", candidate).isTrue();
                    return false;
                })
                .toTheEnd();
    }

    private static Descent descent(Target target, List<Operation> operations, Predicate<List<Operation>> shows) {
        return new Descent(
                new Trace(target, operations), EnumSet.allOf(Facility.class), Simplifications.on(target), shows);
    }

    private static boolean canRun(Target target, List<Operation> operations) {
        try {
            return new Trace(target, operations).withReadBack().operations().size() > operations.size();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
