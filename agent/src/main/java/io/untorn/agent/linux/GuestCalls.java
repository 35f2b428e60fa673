package io.untorn.agent.linux;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Make the system calls that only the init process of a guest has a use for: they act on the whole machine. */
public final class GuestCalls {
    /** The errno of a module that is loaded already, and of a file system that is mounted there already. */
    public static final int EEXIST = 17;

    private static final int CLOCK_REALTIME = 0;
    private static final int RB_AUTOBOOT = 0x01234567;

    private static final int EBUSY = 16;

    /** The kernel lets go of a file that was closed a little later, if asynchronous I/O used it: an unmount waits for that. */
    private static final Duration RELEASE_LIMIT = Duration.ofSeconds(2);

    private static final Duration PAUSE = Duration.ofMillis(5);

    private GuestCalls() {}

    /**
     * Mount a file system that needs no device and no options.
     *
     * @throws GuestCallException if the kernel refuses
     */
    public static void mount(String type, String directory) throws GuestCallException {
        mount(type, type, directory, 0, "");
    }

    /**
     * Mount the file system on a device, or mount it again.
     *
     * @param flags {@code MS_*}
     * @param options the file system's own, with commas between
     * @throws GuestCallException if the kernel refuses
     */
    public static void mount(String type, String device, String directory, int flags, String options)
            throws GuestCallException {
        String with = options.isEmpty() ? "" : " with " + options;
        require(
                LibC.mount(device, directory, type, flags, options),
                "mount " + type + " from " + device + " on " + directory + with);
    }

    /**
     * Unmount what is mounted at a directory.
     *
     * @throws GuestCallException if the kernel refuses
     */
    public static void unmount(String directory) throws GuestCallException {
        long deadline = System.nanoTime() + RELEASE_LIMIT.toNanos();
        int result = LibC.umount2(directory, 0);
        while (result == -EBUSY && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE.toNanos());
            result = LibC.umount2(directory, 0);
        }
        require(result, "unmount " + directory);
    }

    /**
     * Load a kernel module.
     *
     * @param file the module's ELF image, not compressed
     * @param parameters the module's parameters, such as {@code delay=0 atomic_wr=1}, or an empty string
     * @throws GuestCallException if the kernel refuses; {@link #EEXIST} if the module is loaded or built in
     */
    public static void loadModule(Path file, String parameters) throws GuestCallException {
        int image = LibC.open(file.toString(), Uapi.O_RDONLY | Uapi.O_CLOEXEC, 0);
        require(image, "open " + file);
        try {
            require(LibC.finit_module(image, parameters, 0), "load module " + file);
        } finally {
            LibC.close(image);
        }
    }

    /**
     * Set the machine's clock.
     *
     * @param millis milliseconds since 1970
     * @throws GuestCallException if the kernel refuses
     */
    public static void setClock(long millis) throws GuestCallException {
        try (Timespec time = new Timespec(Duration.ofMillis(millis))) {
            require(LibC.clock_settime(CLOCK_REALTIME, time.address()), "set the clock to " + millis);
        }
    }

    /**
     * Restart the machine at once, without writing back anything.
     *
     * @throws GuestCallException if the kernel refuses
     */
    public static void restart() throws GuestCallException {
        require(LibC.reboot(RB_AUTOBOOT), "restart");
    }

    private static void require(int result, String action) throws GuestCallException {
        if (result < 0) {
            throw new GuestCallException(action, -result);
        }
    }
}
