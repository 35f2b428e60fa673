/** Traces that once broke a kernel, that show a fault, or that somebody reported: what a run begins with. */
@NullMarked
package io.untorn.conformance.corpus;

import org.jspecify.annotations.NullMarked;
