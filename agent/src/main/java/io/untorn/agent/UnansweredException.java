package io.untorn.agent;

import io.untorn.agent.protocol.AgentException;

/** Reports that the kernel has not answered in time: a call did not return, or a program does not end. */
final class UnansweredException extends AgentException {
    private static final long serialVersionUID = 1L;

    UnansweredException(String message) {
        super(message);
    }
}
