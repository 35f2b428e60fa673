@NullMarked
package io.untorn.conformance;

import org.jspecify.annotations.NullMarked;
