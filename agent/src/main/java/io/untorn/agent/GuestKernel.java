package io.untorn.agent;

import io.untorn.agent.linux.GuestCallException;
import io.untorn.agent.linux.GuestCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Loads kernel modules out of the guest image. */
final class GuestKernel {
    private static final Path MODULES = Path.of("/modules");

    private GuestKernel() {}

    /** Load the modules that the image lists to be loaded at boot. */
    static void loadBootModules() throws IOException {
        for (String name : Files.readAllLines(MODULES.resolve("boot"))) {
            load(name, "");
        }
    }

    /** Load a module, unless it is loaded; {@code parameters} have blanks between. */
    static void load(String name, String parameters) throws IOException {
        try {
            GuestCalls.loadModule(name, Files.readAllBytes(MODULES.resolve(name + ".ko")), parameters);
        } catch (GuestCallException e) {
            if (e.errno() != GuestCalls.EEXIST) {
                throw e;
            }
        }
    }
}
