package io.untorn.vm.kernel;

import java.nio.file.Path;

/**
 * A kernel in its build folder.
 *
 * @param folder the folder for {@code --kernel}
 * @param release what {@code uname -r} will say
 */
public record BuiltKernel(Path folder, String release) {}
