package io.untorn.agent.protocol;

import io.untorn.model.history.Trace;
import java.util.List;

/** What the host asks of the agent. */
public sealed interface Request {
    /** Make a target ready; answered with {@link Reply.Ready}. */
    record Prepare(Preparation preparation) implements Request {}

    /** Answer at once, with {@link Reply.Pong}. */
    record Ping() implements Request {}

    /** Answer when the agent has rehearsed what it will do, with {@link Reply.Pong}. */
    record AwaitRehearsal() implements Request {}

    /**
     * Go on in a machine that was saved and restored; answered with {@link Reply.Resumed}.
     *
     * @param nonce what no earlier request had: its answer differs from any other
     * @param clock the time, which has passed by the machine meanwhile: milliseconds since 1970
     */
    record Resume(String nonce, long clock) implements Request {}

    /** Seed another fault on the target that was made ready, {@link SystemCallFault#NONE} included; answered with {@link Reply.Ready}. */
    record Seed(SystemCallFault fault) implements Request {}

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
     * @param marking what to have the kernel log meanwhile
     */
    record Run(int run, Trace trace, Marking marking) implements Request {}

    /**
     * Run a program on the target that was made ready, from its pristine state, to its end; answered with {@link
     * Reply.ProgramEnded}. The program's only argument is the device's node, or the path of a file that does not exist.
     *
     * @param run a number that no earlier run had
     * @param seconds how long it may take, 1 or more; it is killed then
     */
    record RunProgram(int run, Program program, int seconds) implements Request {}

    /**
     * Run a program that the guest has, as {@link RunProgram} does one that the host sends.
     *
     * @param command the program's file and its arguments; in each {@link #TARGET} stands for the target's path
     * @param seconds how long it may take, 1 or more; it is killed then
     */
    record RunCommand(List<String> command, int seconds) implements Request {
        public static final String TARGET = "{target}";

        public RunCommand {
            command = List.copyOf(command);
        }

        /** Return the command for a target. */
        public List<String> on(String path) {
            return command.stream().map(word -> word.replace(TARGET, path)).toList();
        }
    }

    /**
     * Write to the target that was made ready, from its pristine state: all of a range once, then blocks atomically and
     * with O_DIRECT at random multiples of their length, without looking at what comes of it but for its length;
     * answered with {@link Reply.LoopedWrites}.
     *
     * @param length bytes in a block
     * @param span bytes from the start of the target that are written to, a multiple of the length
     * @param milliseconds for how long; a quarter more passes before, uncounted
     * @param seed where the places come from
     */
    record LoopWrites(int length, long span, int milliseconds, long seed) implements Request {}
}
