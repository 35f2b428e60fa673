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

    /**
     * Return the processor for QEMU's {@code -cpu} option: all that can be had. The translator carries out string
     * instructions byte by byte, so there the guest is not told that they are fast: clearing the disk's 321 MB takes half
     * the time.
     */
    String processor() {
        return this == TCG ? "max,erms=off,fsrm=off" : "max";
    }
}
