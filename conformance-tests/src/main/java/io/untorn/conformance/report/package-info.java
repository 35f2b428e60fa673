/** Results, findings, coverage and limits in words: the only package that writes for readers. */
@NullMarked
package io.untorn.conformance.report;

import org.jspecify.annotations.NullMarked;
