/**
 * Runs in the guest, or in process: carries out operations as system calls, prepares targets, and answers the host.
 */
@NullMarked
package io.untorn.agent;

import org.jspecify.annotations.NullMarked;
