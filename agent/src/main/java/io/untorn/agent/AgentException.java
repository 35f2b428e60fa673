package io.untorn.agent;

/** Tells the host that the agent can't do what was asked. The message says what failed. */
class AgentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AgentException(String message) {
        super(message);
    }

    AgentException(String message, Throwable cause) {
        super(message, cause);
    }
}
