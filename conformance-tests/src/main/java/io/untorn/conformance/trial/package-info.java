/** Other runs than those of the properties: replays, reproductions of findings, seeded faults, measurements. */
@NullMarked
package io.untorn.conformance.trial;

import org.jspecify.annotations.NullMarked;
