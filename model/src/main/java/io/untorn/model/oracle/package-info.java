/**
 * Checks a history against a specification: follows the possible worlds step by step, and makes a verdict with what was
 * broken.
 */
@NullMarked
package io.untorn.model.oracle;

import org.jspecify.annotations.NullMarked;
