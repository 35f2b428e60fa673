/**
 * How released kernels come to go wrong: for each known deviation the operation and the state that bring it about, and
 * exactly what it leaves.
 */
@NullMarked
package io.untorn.conformance.deviation;

import org.jspecify.annotations.NullMarked;
