/** Files and folders that take long to make, kept from run to run under names derived from their inputs. */
@NullMarked
package io.untorn.vm.cache;

import org.jspecify.annotations.NullMarked;
