/** The space of atomic writes, declared as data, and the writes that are drawn from it. */
@NullMarked
package io.untorn.conformance.partition;

import org.jspecify.annotations.NullMarked;
