package io.untorn.vm.qemu;

import java.io.IOException;

/** Reports that QEMU refused a command. */
public final class QmpException extends IOException {
    private static final long serialVersionUID = 1L;

    QmpException(String command, String description) {
        super("QEMU refused '" + command + "': " + description);
    }
}
