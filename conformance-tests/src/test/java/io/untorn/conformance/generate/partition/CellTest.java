package io.untorn.conformance.generate.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.kernelconfigs.TargetMatrix;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Engine;
import io.untorn.model.oracle.Oracle;
import io.untorn.model.rules.Specifications;
import io.untorn.model.target.Target;
import io.untorn.simulated.SimulatedKernel;
import io.untorn.simulated.SimulatedMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds what a cell says it makes against what it says it contains. */
final class CellTest {
    private static final int DRAFTS = 20;

    static Stream<Target> targets() {
        return TargetMatrix.load().targets().stream().map(TargetMatrix.Entry::target);
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void eachEngineHasACell(Engine engine) {
        assertThat(Engines.ENGINE.cells())
                .as("cells of Engines")
                .extracting(Cell::name)
                .contains(engine.toString());
    }

    @ParameterizedTest
    @MethodSource("targets")
    void mostWritesMadeForACellBelongToIt(Target target) {
        SimulatedKernel kernel = new SimulatedKernel(SimulatedMachine.linux("7.3.4"));
        Testbed testbed = new Testbed(target, kernel.prepare(target), kernel.facilities());
        Oracle oracle = new Oracle(Specifications.linux(testbed.environment().kernel(), target.kind()));
        Random random = new Random(42);
        List<String> missed = new ArrayList<>();
        for (Dimension dimension : Partition.OF_ATOMIC_WRITES.dimensions()) {
            for (int at = 0; at < dimension.cells().size(); at++) {
                Cell cell = dimension.cells().get(at);
                OptionalInt wanted = OptionalInt.of(at);
                int[] hits = new int[1];
                for (int i = 0; i < DRAFTS && cell.reachable().test(testbed); i++) {
                    Draft plain = Draft.on(testbed).at(testbed.hotPlace(testbed.unitMin(), random));
                    Draft made = cell.maker().make(plain, random);
                    oracle.judge(kernel.run(new Trace(target, made.operations())), (operation, on) -> {
                        boolean hit = Attempt.of(operation, on).stream()
                                .anyMatch(attempt -> dimension.indexOf(attempt).equals(wanted));
                        hits[0] += hit ? 1 : 0;
                    });
                }
                if (cell.reachable().test(testbed) && hits[0] * 2 < DRAFTS) {
                    missed.add(dimension.name() + ": " + cell.name() + ", " + hits[0] + " of " + DRAFTS);
                }
            }
        }

        assertThat(missed).isEmpty();
    }
}
