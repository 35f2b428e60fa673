package io.untorn.vm.qemu;

/** How a pristine machine is come by. */
public enum Reset {
    /** From a snapshot, which the cache keeps for the next run. */
    SNAPSHOT,
    /** By a boot; a machine serves until it is gone, and for each target. */
    BOOT
}
