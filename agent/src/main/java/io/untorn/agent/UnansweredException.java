package io.untorn.agent;

import io.untorn.agent.protocol.AgentException;

/** Tells that the kernel has not answered in time: a call did not come back, or a program does not end. */
final class UnansweredException extends AgentException {
    private static final long serialVersionUID = 1L;

    UnansweredException(String message) {
        super(message);
    }
}
