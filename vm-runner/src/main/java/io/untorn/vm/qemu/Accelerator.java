package io.untorn.vm.qemu;

import io.untorn.vm.host.Architecture;
import java.time.Duration;
import java.util.Locale;

/** What carries out the guest's instructions. */
public enum Accelerator {
    /** The processor itself, through {@code /dev/kvm}. */
    KVM(Duration.ofSeconds(10)),
    /** QEMU's translator: everywhere, and about ten times slower. */
    TCG(Duration.ofSeconds(30));

    private final Duration answersWithin;

    Accelerator(Duration answersWithin) {
        this.answersWithin = answersWithin;
    }

    /** Return in what time a kernel that is built for use answers any trace: a hundred times what it takes as a rule. */
    public Duration answersWithin() {
        return answersWithin;
    }

    /**
     * Return QEMU's {@code -accel} option.
     *
     * @param translated how many MiB of translated code it may keep, where it translates
     */
    String option(long translated) {
        return this == TCG ? "tcg,tb-size=" + translated : name().toLowerCase(Locale.ROOT);
    }

    /** Return the processor for QEMU's {@code -cpu} option: all that can be had. */
    String processor() {
        return this == TCG ? Architecture.GUEST.translatedProcessor() : "max";
    }
}
