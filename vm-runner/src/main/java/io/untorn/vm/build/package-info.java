/** Build kernels for the guest, out of source trees that stay as they are. */
@NullMarked
package io.untorn.vm.build;

import org.jspecify.annotations.NullMarked;
