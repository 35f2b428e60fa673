package io.untorn.agent.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import io.untorn.agent.linux.struct.timespec;

/** Make the system calls that only the init process of a guest has a use for: they act on the whole machine. */
public final class GuestCalls {
    /** The errno of a module that is loaded already, and of a file system that is mounted there already. */
    public static final int EEXIST = 17;

    private static final NativeLong SYS_INIT_MODULE = new NativeLong(175);
    private static final int CLOCK_REALTIME = 0;
    private static final int RB_AUTOBOOT = 0x01234567;

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
     * Mount the file system on a device, or mount it anew.
     *
     * @param flags {@code MS_*}
     * @param options the file system's own, with commas between
     * @throws GuestCallException if the kernel refuses
     */
    public static void mount(String type, String device, String directory, int flags, String options)
            throws GuestCallException {
        try {
            C.mount(device, directory, type, new NativeLong(flags), options);
        } catch (LastErrorException e) {
            String with = options.isEmpty() ? "" : " with " + options;
            throw new GuestCallException("mount " + type + " from " + device + " on " + directory + with, e);
        }
    }

    /**
     * Unmount what is mounted at a directory.
     *
     * @throws GuestCallException if the kernel refuses
     */
    public static void unmount(String directory) throws GuestCallException {
        try {
            C.umount2(directory, 0);
        } catch (LastErrorException e) {
            throw new GuestCallException("unmount " + directory, e);
        }
    }

    /**
     * Load a kernel module.
     *
     * @param name the module's name, for the message of an error
     * @param image the module's ELF image, not compressed
     * @param parameters the module's parameters, such as {@code delay=0 atomic_wr=1}, or an empty string
     * @throws GuestCallException if the kernel refuses; {@link #EEXIST} if the module is loaded or built in
     */
    public static void loadModule(String name, byte[] image, String parameters) throws GuestCallException {
        try {
            C.syscall(SYS_INIT_MODULE, image, new NativeLong(image.length), parameters);
        } catch (LastErrorException e) {
            throw new GuestCallException("load module " + name, e);
        }
    }

    /**
     * Set the machine's clock.
     *
     * @param millis milliseconds since 1970
     * @throws GuestCallException if the kernel refuses
     */
    public static void setClock(long millis) throws GuestCallException {
        timespec time = new timespec();
        time.tv_sec = Math.floorDiv(millis, 1000L);
        time.tv_nsec = Math.floorMod(millis, 1000L) * 1_000_000;
        time.write();
        try {
            C.clock_settime(CLOCK_REALTIME, time.getPointer());
        } catch (LastErrorException e) {
            throw new GuestCallException("set the clock to " + millis, e);
        }
    }

    /**
     * Restart the machine at once, without writing back anything.
     *
     * @throws GuestCallException if the kernel refuses
     */
    public static void restart() throws GuestCallException {
        try {
            C.reboot(RB_AUTOBOOT);
        } catch (LastErrorException e) {
            throw new GuestCallException("restart", e);
        }
    }

    /** The C library's functions, under their own names. */
    private static final class C {
        static {
            Native.register(C.class, LibC.process());
        }

        static native int mount(String source, String target, String fileSystemType, NativeLong flags, String data)
                throws LastErrorException;

        static native NativeLong syscall(NativeLong number, byte[] image, NativeLong length, String parameters)
                throws LastErrorException;

        static native int clock_settime(int clock, Pointer time) throws LastErrorException;

        static native int umount2(String target, int flags) throws LastErrorException;

        static native int reboot(int command) throws LastErrorException;
    }
}
