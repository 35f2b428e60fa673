/** What a run has hit: cells of atomic writes, abstract states of the target. */
@NullMarked
package io.untorn.conformance.coverage;

import org.jspecify.annotations.NullMarked;
