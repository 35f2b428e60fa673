package io.untorn.vm.kernel;

import java.nio.file.Path;

/**
 * A kernel where it was built.
 *
 * @param folder as {@code --kernel} takes it
 * @param release what {@code uname -r} will say
 */
public record BuiltKernel(Path folder, String release) {}
