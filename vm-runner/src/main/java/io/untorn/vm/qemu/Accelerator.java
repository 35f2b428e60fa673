package io.untorn.vm.qemu;

import io.untorn.vm.host.Architecture;
import java.time.Duration;
import java.util.Locale;

/** How the guest's instructions are executed. */
public enum Accelerator {
    /** By the processor, through {@code /dev/kvm}. */
    KVM(Duration.ofSeconds(10)),
    /** QEMU's translator, which works everywhere and is about ten times slower. */
    TCG(Duration.ofSeconds(30));

    private final Duration answersWithin;

    Accelerator(Duration answersWithin) {
        this.answersWithin = answersWithin;
    }

    /** Return the time within which a kernel without debug options answers any trace: a hundred times the usual time. */
    public Duration answersWithin() {
        return answersWithin;
    }

    /**
     * Return QEMU's {@code -accel} option.
     *
     * @param translated the size of the cache for translated code in MiB, with TCG
     */
    String option(long translated) {
        return this == TCG ? "tcg,tb-size=" + translated : name().toLowerCase(Locale.ROOT);
    }

    /** Return the processor for QEMU's {@code -cpu} option: one with all features available. */
    String processor() {
        return this == TCG ? Architecture.GUEST.translatedProcessor() : "max";
    }
}
