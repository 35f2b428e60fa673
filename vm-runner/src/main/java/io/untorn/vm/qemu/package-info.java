/** QEMU as a machine: its process, command line and control connection, its console, and snapshots of machines. */
@NullMarked
package io.untorn.vm.qemu;

import org.jspecify.annotations.NullMarked;
