/** Runs beside the properties: a saved trace again, a finding made anew, seeded faults, measurements. */
@NullMarked
package io.untorn.conformance.trial;

import org.jspecify.annotations.NullMarked;
