/** Results, findings, coverage and limits as text for readers. */
@NullMarked
package io.untorn.conformance.report;

import org.jspecify.annotations.NullMarked;
