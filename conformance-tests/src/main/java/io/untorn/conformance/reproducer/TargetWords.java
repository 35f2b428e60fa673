package io.untorn.conformance.reproducer;

import io.untorn.kernelconfigs.TargetMatrix;
import io.untorn.model.target.Target;
import io.untorn.vm.Targets;

/** Says what a target is, for people. */
final class TargetWords {
    private TargetWords() {}

    static String about(Target target) {
        TargetMatrix matrix = TargetMatrix.load();
        return Targets.named(matrix, target.name()).about();
    }
}
