package io.untorn.vm.qemu;

/** How pristine machines are made. */
public enum Reset {
    /** From a snapshot, which the cache keeps for the next run. */
    SNAPSHOT,
    /** By a boot; a machine is used for all targets until it is gone. */
    BOOT
}
