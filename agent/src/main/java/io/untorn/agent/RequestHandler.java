package io.untorn.agent;

/** Answers the host's requests. */
public interface RequestHandler {
    /** Return what the agent says once, before the first request. */
    byte[] greeting();

    /**
     * Return the one answer to a request.
     *
     * <p>Whatever this throws ends the guest: a request that cannot be carried out has an answer that says so.
     */
    byte[] answer(byte[] request);
}
