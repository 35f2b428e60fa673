/**
 * What a run was asked for and what it came to, as data: settings, counts for each target, the joined results of
 * several runs.
 */
@NullMarked
package io.untorn.conformance.result;

import org.jspecify.annotations.NullMarked;
