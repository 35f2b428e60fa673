package io.untorn.agent;

import io.untorn.agent.linux.GuestCallException;
import io.untorn.agent.linux.GuestCalls;
import java.io.IOException;
import java.nio.file.DirectoryStream;
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

    /**
     * Leave the kernel one processor, so that a trace takes the same way each time. Others make a guest without KVM start
     * in three quarters of the time. A kernel that can't do without one of them keeps it.
     */
    static void keepOneProcessor() throws IOException {
        try (DirectoryStream<Path> others = Files.newDirectoryStream(PROCESSORS, "cpu[1-9]*")) {
            for (Path other : others) {
                Path online = other.resolve("online");
                if (Files.exists(online)) {
                    Files.writeString(online, "0");
                }
            }
        }
    }

    /** Let the kernel print again what it prints but once, if it was built to. */
    static void rearmWarnings() throws IOException {
        if (Files.exists(CLEAR_WARN_ONCE)) {
            Files.writeString(CLEAR_WARN_ONCE, "1");
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
