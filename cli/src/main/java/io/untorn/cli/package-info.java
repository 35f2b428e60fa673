/** The command untorn: a class for each subcommand, and how it shows progress and results. */
@NullMarked
package io.untorn.cli;

import org.jspecify.annotations.NullMarked;
