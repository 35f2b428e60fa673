/** The calls into libc and the kernel that executing a trace needs. Failures are values: a negated errno. */
@NullMarked
package io.untorn.agent.linux;

import org.jspecify.annotations.NullMarked;
