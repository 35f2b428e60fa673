/**
 * This machine: its programs, its files, the processor architecture of its guests, and how a run is told that it
 * cannot go on.
 */
@NullMarked
package io.untorn.vm.host;

import org.jspecify.annotations.NullMarked;
