/** What is written to: a block device or a file, the version of the kernel under it, and what statx reports of it. */
@NullMarked
package io.untorn.model.target;

import org.jspecify.annotations.NullMarked;
