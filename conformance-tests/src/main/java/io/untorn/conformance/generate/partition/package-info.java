/**
 * What atomic writes can be like and what they can meet, as dimensions and cells, each with a way to make a write belong
 * to it.
 */
@NullMarked
package io.untorn.conformance.generate.partition;

import org.jspecify.annotations.NullMarked;
