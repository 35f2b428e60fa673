/** Verdicts in words, for reports, pictures and reproducers. */
@NullMarked
package io.untorn.conformance.wording;

import org.jspecify.annotations.NullMarked;
