package io.untorn.agent;

import io.untorn.model.Environment;
import io.untorn.model.History;

/** What the agent answers. */
public sealed interface Reply {
    /** The agent is there. */
    record Pong() implements Reply {}

    /** The target is ready. */
    record Ready(Environment environment) implements Reply {}

    /** The trace ran. */
    record Ran(History history) implements Reply {}

    /** The agent could not do what was asked; the message says what failed. */
    record Failed(String message) implements Reply {}
}
