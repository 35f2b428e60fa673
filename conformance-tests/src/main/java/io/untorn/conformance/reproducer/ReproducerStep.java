package io.untorn.conformance.reproducer;

import io.untorn.model.operation.Operation;

/**
 * One step of a demonstration.
 *
 * @param number its place, from 1, which its data is marked with
 * @param operation what to do
 * @param expected what may come back
 */
record ReproducerStep(int number, Operation operation, Expected expected) {
    /** Return a text in which the operations that it speaks of are steps, as a demonstration calls them. */
    static String inSteps(String text) {
        return text.replace("of operation ", "of step ");
    }
}
