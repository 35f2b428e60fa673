/** The command untorn: a class for each subcommand, and the display of progress and results. */
@NullMarked
package io.untorn.cli;

import org.jspecify.annotations.NullMarked;
