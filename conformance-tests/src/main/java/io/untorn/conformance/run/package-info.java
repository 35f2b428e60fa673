/**
 * The run itself: a session on a kernel, the run of each target, shrinking and keeping of findings, and the
 * properties that jqwik and builds execute.
 */
@NullMarked
package io.untorn.conformance.run;

import org.jspecify.annotations.NullMarked;
