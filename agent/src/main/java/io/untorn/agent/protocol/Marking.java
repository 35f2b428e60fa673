package io.untorn.agent.protocol;

/** What the agent has the kernel log in a run, so that the console shows what came when. */
public enum Marking {
    /** That the run is over: one line for each trace, which costs next to nothing. */
    END,
    /** As well which operation begins: to say what brought a splat about. It slows the guest by a quarter. */
    OPERATIONS
}
