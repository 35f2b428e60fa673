/**
 * What a kernel prints on its console: lines, complaints such as warnings and oopses, and the marks that show which
 * operation ran.
 */
@NullMarked
package io.untorn.model.console;

import org.jspecify.annotations.NullMarked;
