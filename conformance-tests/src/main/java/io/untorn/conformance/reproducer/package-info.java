/** What a kernel developer runs without the kit: programs and scripts made from a trace and what it showed. */
@NullMarked
package io.untorn.conformance.reproducer;

import org.jspecify.annotations.NullMarked;
