/** Draws traces and histories: {@link io.untorn.conformance.picture.Picture} is what there is to see, as plain data. */
@NullMarked
package io.untorn.conformance.picture;

import org.jspecify.annotations.NullMarked;
