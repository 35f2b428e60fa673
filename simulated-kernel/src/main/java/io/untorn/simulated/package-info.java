/** A kernel in Java, independent of the model: the file systems and devices that the kit's own tests run on, with faults to seed. */
@NullMarked
package io.untorn.simulated;

import org.jspecify.annotations.NullMarked;
