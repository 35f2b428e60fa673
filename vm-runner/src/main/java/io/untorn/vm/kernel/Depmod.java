package io.untorn.vm.kernel;

import io.untorn.vm.host.Command;
import io.untorn.vm.host.UntornException;
import java.nio.file.Path;
import java.util.List;

/** Index the modules of a kernel: packages do not bring {@code modules.dep}. */
final class Depmod {
    private static final Command DEPMOD = new Command("depmod", "kmod");

    private Depmod() {}

    /**
     * Write {@code modules.dep}.
     *
     * @param root the folder above {@code lib/modules/RELEASE}
     * @param what the kernel, for the message
     * @throws UntornException as failed machinery if it can't be
     */
    static void run(Path root, String release, String what) {
        Command.Result depmod = DEPMOD.run(List.of("-b", root.toString(), release));
        if (depmod.exitCode() != 0) {
            throw UntornException.machinery("depmod failed on " + what + ": " + depmod.complaint());
        }
    }
}
