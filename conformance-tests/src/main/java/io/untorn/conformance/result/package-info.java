/**
 * What a run was asked for and its results, as data: settings, counts for each target, the merged results of
 * several runs.
 */
@NullMarked
package io.untorn.conformance.result;

import org.jspecify.annotations.NullMarked;
