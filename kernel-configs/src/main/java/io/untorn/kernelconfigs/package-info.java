/** What a guest kernel needs, the disk and the targets: data, and the types that read it. */
@NullMarked
package io.untorn.kernelconfigs;

import org.jspecify.annotations.NullMarked;
