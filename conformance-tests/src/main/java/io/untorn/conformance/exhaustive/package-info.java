/** All short traces out of an alphabet, in order, without those that lead to a known state. */
@NullMarked
package io.untorn.conformance.exhaustive;

import org.jspecify.annotations.NullMarked;
