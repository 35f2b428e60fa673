/**
 * What a trace asks of the kernel: requests as plain data, with no rule and no state, so that a guest can load them
 * alone.
 */
@NullMarked
package io.untorn.model.operation;

import org.jspecify.annotations.NullMarked;
