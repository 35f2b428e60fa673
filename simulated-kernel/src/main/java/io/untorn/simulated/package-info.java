@NullMarked
package io.untorn.simulated;

import org.jspecify.annotations.NullMarked;
