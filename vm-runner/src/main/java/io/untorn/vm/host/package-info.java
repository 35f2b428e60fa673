/**
 * The host: its programs and files, the processor architecture of its guests, and the exception that ends a run.
 */
@NullMarked
package io.untorn.vm.host;

import org.jspecify.annotations.NullMarked;
