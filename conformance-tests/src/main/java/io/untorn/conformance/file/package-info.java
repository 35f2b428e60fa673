/** Traces and histories as JSON files, with their schema, and the names of files in a finding's folder. */
@NullMarked
package io.untorn.conformance.file;

import org.jspecify.annotations.NullMarked;
