/**
 * What a kernel says on its console: lines, complaints such as warnings and oopses, and the marks that tell which
 * operation ran.
 */
@NullMarked
package io.untorn.model.console;

import org.jspecify.annotations.NullMarked;
