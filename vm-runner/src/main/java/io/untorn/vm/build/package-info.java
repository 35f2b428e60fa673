/** Building kernels for the guest from source trees, which are not changed. */
@NullMarked
package io.untorn.vm.build;

import org.jspecify.annotations.NullMarked;
