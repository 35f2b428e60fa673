@NullMarked
package io.untorn.cli;

import org.jspecify.annotations.NullMarked;
