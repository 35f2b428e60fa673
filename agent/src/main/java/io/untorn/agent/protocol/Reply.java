package io.untorn.agent.protocol;

import io.untorn.model.history.Environment;
import io.untorn.model.history.Extent;
import io.untorn.model.history.History;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Step;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Operation;
import java.util.ArrayList;
import java.util.List;

/** What the agent answers. */
public sealed interface Reply {
    /** The agent is there. */
    record Pong() implements Reply {}

    /** The agent goes on, its clock is set. */
    record Resumed(String nonce) implements Reply {}

    /**
     * The target is ready.
     *
     * @param environment what traces find there
     * @param lacks what the kernel can't do
     */
    record Ready(Environment environment, List<MissingFacility> lacks) implements Reply {
        public Ready {
            lacks = List.copyOf(lacks);
        }
    }

    /**
     * The trace ran: its history without what the host has anyway, the trace and the console.
     *
     * @param environment what the trace found
     * @param answers what came back, for each operation in order
     * @param extents where the data lay at the end
     */
    record Ran(Environment environment, List<Answered> answers, List<Extent> extents) implements Reply {
        public Ran {
            answers = List.copyOf(answers);
            extents = List.copyOf(extents);
        }

        /** Return the reply that holds a history. */
        public static Ran of(History history) {
            List<Answered> answers = history.steps().stream()
                    .map(step -> new Answered(step.invoked(), step.returned(), step.outcome()))
                    .toList();
            return new Ran(history.environment(), answers, history.extents());
        }

        /**
         * Return the history of the trace that this is the reply to; its console is empty.
         *
         * @throws IllegalArgumentException if there are more answers than operations
         */
        public History history(Trace trace) {
            List<Operation> operations = trace.operations();
            if (answers.size() > operations.size()) {
                throw new IllegalArgumentException(answers.size() + " answers to " + operations.size() + " operations");
            }
            List<Step> steps = new ArrayList<>(answers.size());
            for (Answered answer : answers) {
                steps.add(
                        new Step(operations.get(steps.size()), answer.invoked(), answer.returned(), answer.outcome()));
            }
            return new History(trace, environment, steps, extents, List.of());
        }
    }

    /** What one operation came back with, and when: see {@link Step}. */
    record Answered(long invoked, long returned, Outcome outcome) {}

    /**
     * The program ended.
     *
     * @param exitCode its exit code; that of a shell, 128 and the signal, if a signal ended it
     * @param output what it printed, errors included, the first {@value #MAX_OUTPUT} bytes
     */
    record ProgramEnded(int exitCode, String output) implements Reply {
        /** The most that is kept of what a program prints, in bytes. */
        public static final int MAX_OUTPUT = 64 << 10;
    }

    /** How many writes there were, and how many nanoseconds they took together. */
    record LoopedWrites(long writes, long nanos) implements Reply {}

    /** The kernel did not answer in time, while the agent runs on; the message says to what. */
    record Unanswered(String message) implements Reply {}

    /** The agent could not do what was asked; the message says what failed. */
    record Failed(String message) implements Reply {}
}
