/** The kernel's structures, with the names that its headers give to them and to their fields. */
@NullMarked
package io.untorn.agent.linux.struct;

import org.jspecify.annotations.NullMarked;
