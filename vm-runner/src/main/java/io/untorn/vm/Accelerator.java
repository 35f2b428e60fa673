package io.untorn.vm;

import java.util.Locale;

/** What carries out the guest's instructions. */
public enum Accelerator {
    /** The processor itself, through {@code /dev/kvm}. */
    KVM,
    /** QEMU's translator: everywhere, and about ten times slower. */
    TCG;

    /**
     * Return QEMU's {@code -accel} option.
     *
     * @param translated how many MiB of translated code it may keep, where it translates
     */
    String option(long translated) {
        return this == TCG ? "tcg,tb-size=" + translated : name().toLowerCase(Locale.ROOT);
    }
}
