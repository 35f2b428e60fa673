package io.untorn.conformance.reproducer;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.model.operation.Operation;
import org.junit.jupiter.api.Test;

/** Sees that both ways to carry out a step know every operation. */
final class StepsTest {
    @Test
    void everyOperationIsKnown() {
        assertThat(Operation.class.getPermittedSubclasses())
                .isNotEmpty()
                .allMatch(CStep::knows, "is known to CStep")
                .allMatch(XfsIoStep::knows, "is known to XfsIoStep");
    }
}
