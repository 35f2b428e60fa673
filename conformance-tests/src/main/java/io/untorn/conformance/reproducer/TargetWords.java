package io.untorn.conformance.reproducer;

import io.untorn.model.Target;
import io.untorn.vm.TargetMatrix;

/** Says what a target is, for people. */
final class TargetWords {
    private TargetWords() {}

    static String about(Target target) {
        TargetMatrix matrix = TargetMatrix.load();
        return matrix.named(target.name()).about();
    }
}
