/** What verdicts are called: the one place where violations become words, for reports, pictures and reproducers alike. */
@NullMarked
package io.untorn.conformance.wording;

import org.jspecify.annotations.NullMarked;
