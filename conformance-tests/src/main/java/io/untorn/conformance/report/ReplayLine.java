package io.untorn.conformance.report;

import io.untorn.agent.protocol.SystemCallFault;
import io.untorn.conformance.finding.Counterexample;
import io.untorn.conformance.result.Settings;

/** The command that replays a finding. */
final class ReplayLine {
    private ReplayLine() {}

    /**
     * Return the command.
     *
     * @param settings those of the run that found it: its kernel, and the fault that was seeded
     */
    static String of(Counterexample found, Settings settings) {
        return "./untorn replay " + found.file() + " --kernel " + settings.kernel()
                + settings.modules().map(modules -> " --modules " + modules).orElse("")
                + (settings.fault() == SystemCallFault.NONE
                        ? ""
                        : " --seeded-fault " + settings.fault().label());
    }
}
