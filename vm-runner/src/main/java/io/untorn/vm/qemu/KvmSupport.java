package io.untorn.vm.qemu;

/**
 * Whether KVM runs guests on this host.
 *
 * @param state what is known
 * @param why one line that gives the reason
 */
public record KvmSupport(State state, String why) {
    /** What is known. */
    public enum State {
        /** A guest has booted with it. */
        USABLE,
        /** There is none, or a guest booted only without it. */
        NOT_USABLE,
        /** {@code /dev/kvm} opens, and no guest has been tried. */
        UNTRIED
    }
}
