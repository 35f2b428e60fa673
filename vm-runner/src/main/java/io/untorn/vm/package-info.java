/**
 * The face of the module: a kernel in a virtual machine that runs traces and programs, the supply of its machines,
 * and the cache.
 */
@NullMarked
package io.untorn.vm;

import org.jspecify.annotations.NullMarked;
