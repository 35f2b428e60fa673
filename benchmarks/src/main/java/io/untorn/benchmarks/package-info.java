/** Benchmarks with JMH. */
@NullMarked
package io.untorn.benchmarks;

import org.jspecify.annotations.NullMarked;
