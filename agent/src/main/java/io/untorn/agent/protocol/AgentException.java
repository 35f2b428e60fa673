package io.untorn.agent.protocol;

/** Tells the host that the agent can't do what was asked. The message says what failed. */
public class AgentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AgentException(String message) {
        super(message);
    }

    public AgentException(String message, Throwable cause) {
        super(message, cause);
    }
}
