package io.untorn.vm.kernel;

import io.untorn.vm.host.Command;
import io.untorn.vm.host.UntornException;
import java.nio.file.Path;
import java.util.List;

/** Writes {@code modules.dep} of a kernel, which packages do not contain. */
final class Depmod {
    private static final Command DEPMOD = new Command("depmod", "kmod");

    private Depmod() {}

    /**
     * Write {@code modules.dep}.
     *
     * @param root the folder above {@code lib/modules/RELEASE}
     * @param what the kernel, for the message
     * @throws UntornException as failed machinery if depmod fails
     */
    static void run(Path root, String release, String what) {
        Command.Result depmod = DEPMOD.run(List.of("-b", root.toString(), release));
        if (depmod.exitCode() != 0) {
            throw UntornException.machinery("depmod failed on " + what + ": " + depmod.complaint());
        }
    }
}
