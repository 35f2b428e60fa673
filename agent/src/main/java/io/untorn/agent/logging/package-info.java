/**
 * Stand in for {@code java.util.logging} in a guest, where JNA's classes are led here: setting that up takes a third of
 * a second there, for a logger that logs nothing.
 */
@NullMarked
package io.untorn.agent.logging;

import org.jspecify.annotations.NullMarked;
