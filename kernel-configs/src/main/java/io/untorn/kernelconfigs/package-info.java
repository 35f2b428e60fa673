/** Data: the configuration of guest kernels, the disk and the targets; and the types that read it. */
@NullMarked
package io.untorn.kernelconfigs;

import org.jspecify.annotations.NullMarked;
