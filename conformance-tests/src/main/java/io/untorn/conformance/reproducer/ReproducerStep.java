package io.untorn.conformance.reproducer;

import io.untorn.model.operation.Operation;

/**
 * One step of a demonstration.
 *
 * @param number its number, from 1, which its data is stamped with
 * @param operation what to do
 * @param expected the expected result
 */
record ReproducerStep(int number, Operation operation, Expected expected) {
    /** Return a text with "step" for "operation". */
    static String inSteps(String text) {
        return text.replace("of operation ", "of step ");
    }
}
