/**
 * What the rules say: mainline Linux in the kernel's order of checks, the documents' promises, and the ext4 series
 * of 2023; one class for each kind of operation. Only the specifications and their names are public.
 */
@NullMarked
package io.untorn.model.rules;

import org.jspecify.annotations.NullMarked;
