package io.untorn.simulated;

/** How a new file system's free space lies. */
public enum Space {
    /** In one piece. */
    WHOLE,
    /** In runs of 1 to 17 blocks first, then in one piece: what is allocated is short and misaligned. */
    FRAGMENTED
}
