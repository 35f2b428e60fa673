/**
 * The worlds that a history leaves possible: what a target holds, what blocks lie under it, how it is open, and
 * what a power cut may take away. Immutable; an operation leads from one to the next.
 */
@NullMarked
package io.untorn.model.state;

import org.jspecify.annotations.NullMarked;
