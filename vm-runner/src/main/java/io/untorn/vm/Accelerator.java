package io.untorn.vm;

import java.util.Locale;

/** What carries out the guest's instructions. */
public enum Accelerator {
    /** The processor itself, through {@code /dev/kvm}. */
    KVM,
    /** QEMU's translator: everywhere, and about ten times slower. */
    TCG;

    /** Return the name in QEMU's {@code -accel} option. */
    String option() {
        return name().toLowerCase(Locale.ROOT);
    }
}
