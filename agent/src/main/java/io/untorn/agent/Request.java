package io.untorn.agent;

import io.untorn.model.Trace;

/** What the host asks of the agent. */
public sealed interface Request {
    /** Make a target ready; answered with {@link Reply.Ready}. */
    record Prepare(Preparation preparation) implements Request {}

    /** Answer at once, with {@link Reply.Pong}. */
    record Ping() implements Request {}

    /**
     * Let the kernel print again what it prints but once, if it was built to; answered with {@link Reply.Pong}.
     *
     * <p>Source: kernel Documentation/admin-guide/clearing-warn-once.rst.
     */
    record RearmWarnings() implements Request {}

    /**
     * Run a trace on the target that was made ready, from its pristine state; answered with {@link Reply.Ran}.
     *
     * @param run a number that no earlier run had
     */
    record Run(int run, Trace trace) implements Request {}

    /**
     * Run a program on the target that was made ready, from its pristine state, to its end; answered with {@link
     * Reply.ProgramEnded}. The program's only argument is the device's node, or the path of a file that does not exist.
     *
     * @param seconds how long it may take, 1 or more; it is killed then
     */
    record RunProgram(Program program, int seconds) implements Request {}
}
