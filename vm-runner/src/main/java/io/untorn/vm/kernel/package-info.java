/**
 * Sources of kernels (Debian's archive, package files, build trees, image files), and readers of their images and
 * modules.
 */
@NullMarked
package io.untorn.vm.kernel;

import org.jspecify.annotations.NullMarked;
