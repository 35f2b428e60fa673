package io.untorn.agent;

import io.untorn.agent.linux.GuestCallException;
import io.untorn.agent.linux.GuestCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the agent asks of the kernel itself: its modules, out of the guest image, its processors and its warnings. */
final class GuestKernel {
    private static final Path MODULES = Path.of("/modules");
    private static final Path PROCESSORS = Path.of("/sys/devices/system/cpu");
    private static final Path CLEAR_WARN_ONCE = Path.of("/sys/kernel/debug/clear_warn_once");

    private GuestKernel() {}

    /** Load the modules that the image lists to be loaded at boot. */
    static void loadBootModules() throws IOException {
        for (String name : Files.readAllLines(MODULES.resolve("boot"))) {
            load(name, "");
        }
    }

    /** Give the kernel all processors there are: a guest without KVM gets ready in three quarters of the time. */
    static void useAllProcessors() throws IOException {
        switchOthers("1");
    }

    /** Leave the kernel one processor, so that a trace takes the same way each time. One that it can't do without stays. */
    static void keepOneProcessor() throws IOException {
        switchOthers("0");
    }

    private static void switchOthers(String online) throws IOException {
        for (int other = 1; Files.exists(PROCESSORS.resolve("cpu" + other)); other++) {
            Path state = PROCESSORS.resolve("cpu" + other).resolve("online");
            if (Files.exists(state)) {
                Files.writeString(state, online);
            }
        }
    }

    /** Let the kernel print again what it prints only once, if it was built to. */
    static void rearmWarnings() throws IOException {
        if (Files.exists(CLEAR_WARN_ONCE)) {
            Files.writeString(CLEAR_WARN_ONCE, "1");
        }
    }

    /** Load a module, unless it is loaded; {@code parameters} have blanks between. */
    static void load(String name, String parameters) throws IOException {
        try {
            GuestCalls.loadModule(MODULES.resolve(name + ".ko"), parameters);
        } catch (GuestCallException e) {
            if (e.errno() != GuestCalls.EEXIST) {
                throw e;
            }
        }
    }
}
