/**
 * What a guest boots into: its image, the Java runtime and the agent in it, its kernel modules, and how its targets
 * are made ready.
 */
@NullMarked
package io.untorn.vm.guest;

import org.jspecify.annotations.NullMarked;
