package io.untorn.conformance.reproducer;

import io.untorn.kernelconfigs.TargetMatrix;
import io.untorn.model.target.Target;
import io.untorn.vm.Targets;

/** Describes a target in words. */
final class TargetWords {
    private TargetWords() {}

    static String about(Target target) {
        TargetMatrix matrix = TargetMatrix.load();
        return Targets.named(matrix, target.name()).about();
    }
}
