package io.untorn.vm.qemu;

/**
 * Whether KVM runs guests on this machine.
 *
 * @param state what is known
 * @param why one line that says where the knowledge comes from
 */
public record KvmVerdict(State state, String why) {
    /** What is known. */
    public enum State {
        /** A guest has booted with it. */
        USABLE,
        /** There is none, or a guest did not boot with it and did without. */
        NOT_USABLE,
        /** It is there, and no guest has been tried. */
        UNTRIED
    }
}
