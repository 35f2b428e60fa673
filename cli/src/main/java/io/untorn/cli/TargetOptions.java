package io.untorn.cli;

import io.untorn.kernelconfigs.TargetMatrix;
import io.untorn.vm.Targets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which targets: the option that commands share. */
final class TargetOptions {
    @Option(
            names = "--target",
            paramLabel = "NAME",
            completionCandidates = TargetNames.class,
            description = "${COMPLETION-CANDIDATES}; may be given several times. Default: all.")
    private Set<String> targets = new LinkedHashSet<>();

    /** Return the targets named, or all; an unknown one is the caller's mistake. */
    List<String> wanted() {
        TargetMatrix matrix = TargetMatrix.load();
        if (targets.isEmpty()) {
            return new TargetNames(matrix).all();
        }
        targets.forEach(name -> Targets.named(matrix, name));
        return List.copyOf(targets);
    }
}
