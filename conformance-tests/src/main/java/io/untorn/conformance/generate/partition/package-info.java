/**
 * What atomic writes can be like and what they can meet, as dimensions and cells, each with how a write is made to
 * belong to it.
 */
@NullMarked
package io.untorn.conformance.generate.partition;

import org.jspecify.annotations.NullMarked;
