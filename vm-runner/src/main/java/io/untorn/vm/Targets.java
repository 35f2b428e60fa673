package io.untorn.vm;

import io.untorn.kernelconfigs.TargetMatrix;
import io.untorn.vm.host.UntornException;
import java.util.stream.Collectors;

/** Looks up targets by name. */
public final class Targets {
    private Targets() {}

    /**
     * Return the target with a name.
     *
     * @throws UntornException as the caller's mistake if there is none
     */
    public static TargetMatrix.Entry named(TargetMatrix matrix, String name) {
        return matrix.find(name)
                .orElseThrow(() -> UntornException.caller("no target '" + name + "'; there are: "
                        + matrix.targets().stream()
                                .map(TargetMatrix.Entry::name)
                                .collect(Collectors.joining(", "))));
    }
}
