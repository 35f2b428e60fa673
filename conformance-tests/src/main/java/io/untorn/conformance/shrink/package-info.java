/** How a list of operations is made shorter and plainer. */
@NullMarked
package io.untorn.conformance.shrink;

import org.jspecify.annotations.NullMarked;
