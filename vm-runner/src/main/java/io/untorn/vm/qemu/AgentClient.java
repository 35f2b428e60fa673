package io.untorn.vm.qemu;

import io.untorn.agent.protocol.Reply;
import io.untorn.agent.protocol.Request;
import io.untorn.agent.protocol.Wire;
import io.untorn.vm.host.UntornException;
import java.time.Duration;

/** Sends requests to the agent of a machine. */
public final class AgentClient {
    private AgentClient() {}

    /**
     * Send a request and return its reply.
     *
     * @throws UntornException if the agent could not do what was asked
     * @throws MachineDiedException as {@link Machine#exchange} does
     */
    public static Reply ask(Machine machine, Request request, Duration limit) {
        Reply reply = exchange(machine, request, limit);
        if (reply instanceof Reply.Failed failed) {
            throw error(machine, failed);
        }
        return reply;
    }

    /**
     * Send a request and return its reply, which may be that the agent could not do what was asked.
     *
     * @throws MachineDiedException as {@link Machine#exchange} does
     */
    public static Reply exchange(Machine machine, Request request, Duration limit) {
        return Wire.decodeReply(machine.exchange(Wire.encode(request), limit));
    }

    /** Return the error for what the agent could not do, with the console's last lines. */
    public static UntornException error(Machine machine, Reply.Failed failed) {
        return UntornException.machinery("the agent in the guest failed: " + failed.message() + "\n"
                + String.join("\n", machine.console().tail(15)));
    }
}
