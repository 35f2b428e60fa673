/**
 * Limits as arithmetic: from what a disk promises, through its request queue, partitions and stacks, to what statx
 * reports of a device or a file. Everything here is a pure function, and all sizes are bytes unless said otherwise.
 */
@NullMarked
package io.untorn.model.limits;

import org.jspecify.annotations.NullMarked;
