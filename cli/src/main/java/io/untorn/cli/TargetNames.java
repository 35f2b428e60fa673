package io.untorn.cli;

import io.untorn.kernelconfigs.TargetMatrix;
import java.util.Iterator;
import java.util.List;

/** The names of the targets for options and their help: those of {@code targets.json}, in its order. */
final class TargetNames implements Iterable<String> {
    private final TargetMatrix matrix;

    TargetNames() {
        this(TargetMatrix.load());
    }

    TargetNames(TargetMatrix matrix) {
        this.matrix = matrix;
    }

    List<String> all() {
        return matrix.targets().stream().map(TargetMatrix.Entry::name).toList();
    }

    @Override
    public Iterator<String> iterator() {
        return all().iterator();
    }
}
