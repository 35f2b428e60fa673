package io.untorn.vm;

import io.untorn.agent.Reply;
import io.untorn.agent.Request;
import io.untorn.agent.Wire;
import java.time.Duration;

/** Speaks to the agent of a machine. */
final class AgentClient {
    private AgentClient() {}

    /**
     * Send a request and return its reply.
     *
     * @throws UntornException if the agent could not do what was asked
     * @throws MachineDiedException as {@link Machine#exchange} does
     */
    static Reply ask(Machine machine, Request request, Duration limit) {
        Reply reply = Wire.decodeReply(machine.exchange(Wire.encode(request), limit));
        if (reply instanceof Reply.Failed failed) {
            throw UntornException.machinery("the agent in the guest failed: " + failed.message() + "\n"
                    + String.join("\n", machine.console().tail(15)));
        }
        return reply;
    }
}
