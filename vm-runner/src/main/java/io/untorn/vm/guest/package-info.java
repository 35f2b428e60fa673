/**
 * The guest image: the Java runtime, the agent, the kernel modules, and how targets are prepared.
 */
@NullMarked
package io.untorn.vm.guest;

import org.jspecify.annotations.NullMarked;
