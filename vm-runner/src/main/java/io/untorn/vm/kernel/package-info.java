/**
 * Where kernels come from (Debian's archive, package files, build trees, image files), and what is read from their
 * images and modules.
 */
@NullMarked
package io.untorn.vm.kernel;

import org.jspecify.annotations.NullMarked;
