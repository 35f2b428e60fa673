/**
 * What a file holds, byte by byte: which operation wrote it, how that is stamped into the data, and what a power
 * cut leaves in doubt.
 */
@NullMarked
package io.untorn.model.contents;

import org.jspecify.annotations.NullMarked;
