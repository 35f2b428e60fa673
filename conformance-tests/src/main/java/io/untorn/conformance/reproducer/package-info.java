/** Reproducers, which need no kit: programs and scripts made from a trace and the violation that it showed. */
@NullMarked
package io.untorn.conformance.reproducer;

import org.jspecify.annotations.NullMarked;
