package io.untorn.conformance.finding;

import io.untorn.conformance.reproducer.Demonstration;
import io.untorn.conformance.reproducer.ReproducerRun;
import io.untorn.model.oracle.RuleCheck;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A finding as a kernel developer gets it.
 *
 * @param subject what is wrong, in a line
 * @param found the trace and what it showed
 * @param checks how often each rule was checked against what in that trace
 * @param demonstration what the reproducers do; empty if a program can't show it
 * @param reproducerRun the run of {@code reproducer.c} on the same kernel
 * @param kernel what the kernel is called
 * @param config the kernel's configuration, if it is to be kept
 */
public record Finding(
        String subject,
        Counterexample found,
        Map<RuleCheck, Integer> checks,
        Optional<Demonstration> demonstration,
        ReproducerRun reproducerRun,
        String kernel,
        Optional<Path> config) {
    /** Return it without the kernel's configuration, which the kernel's package has. */
    public Finding withoutConfig() {
        return new Finding(subject, found, checks, demonstration, reproducerRun, kernel, Optional.empty());
    }
}
