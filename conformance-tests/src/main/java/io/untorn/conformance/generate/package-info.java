/** Random traces: which operations there are, how often each is drawn, and with what arguments. */
@NullMarked
package io.untorn.conformance.generate;

import org.jspecify.annotations.NullMarked;
