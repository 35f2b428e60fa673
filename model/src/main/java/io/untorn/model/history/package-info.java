/**
 * What happened: a trace of operations goes in, a step with an outcome comes out for each, with the kernel and the
 * target that it ran on.
 */
@NullMarked
package io.untorn.model.history;

import org.jspecify.annotations.NullMarked;
