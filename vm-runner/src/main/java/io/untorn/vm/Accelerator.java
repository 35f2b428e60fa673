package io.untorn.vm;

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
    Duration answersWithin() {
        return answersWithin;
    }

    /** Return the name in QEMU's {@code -accel} option. */
    String option() {
        return name().toLowerCase(Locale.ROOT);
    }
}
