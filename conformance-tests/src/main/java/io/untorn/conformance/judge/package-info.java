/**
 * Judging histories by specifications: what broke a rule, its signature, and whether a released kernel is known
 * to do so.
 */
@NullMarked
package io.untorn.conformance.judge;

import org.jspecify.annotations.NullMarked;
