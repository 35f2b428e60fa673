/** A trace that shows a kernel breaking a rule, what belongs to it, and the folder that it is kept in. */
@NullMarked
package io.untorn.conformance.finding;

import org.jspecify.annotations.NullMarked;
