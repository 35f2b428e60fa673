package io.untorn.agent;

import io.untorn.agent.linux.KernelSpin;
import io.untorn.agent.linux.LibC;
import io.untorn.agent.linux.Uapi;
import io.untorn.agent.protocol.AgentException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Makes a real kernel crash, hang or complain: the kernel itself does and prints all of it, except for the refusal of a disk,
 * which no sound disk can be made to give.
 */
final class KernelFaults {
    private static final Path SYSRQ = Path.of("/proc/sysrq-trigger");
    private static final Path WATCHDOG = Path.of("/proc/sys/kernel/watchdog_thresh");
    private static final Path EXT4 = Path.of("/sys/fs/ext4");

    /** The soft lockup is reported after twice the watchdog's threshold. */
    private static final String THRESHOLD_SECONDS = "1";

    private static final Duration LOCKUP = Duration.ofSeconds(5);

    /** Every write to a file calls this function, whatever the file system. */
    private static final String FUNCTION_OF_WRITES = "generic_write_checks";

    private KernelFaults() {}

    /** Follow a null pointer in the kernel, or panic where that is what sysrq-c does: this does not return. */
    static void panic() {
        write(SYSRQ, "c");
    }

    /** Freeze the file system of a file: the next write to it waits for ever. A device has none. */
    static void freeze(int fd) {
        LibC.ioctl(fd, Uapi.FIFREEZE, 0);
    }

    /** Have ext4 report an error that it has not met. */
    static void tellOfError() {
        try (DirectoryStream<Path> mounted = Files.newDirectoryStream(EXT4)) {
            for (Path device : mounted) {
                Path trigger = device.resolve("trigger_fs_error");
                if (Files.exists(trigger)) {
                    write(trigger, "untorn");
                }
            }
        } catch (IOException e) {
            throw new AgentException("no ext4 is mounted that could report an error: " + e.getMessage(), e);
        }
    }

    /** Log what the block layer prints when a disk refuses a request. */
    static void tellOfRefusal() {
        try (KernelLog log = new KernelLog()) {
            log.write(
                    "critical target error, dev sda, sector 2048 op 0x1:(WRITE) flags 0x8808800 phys_seg 1 prio class 2");
        }
    }

    /** Make a call that writes to a file, and hold the processor during it. */
    @SuppressWarnings("try")
    static long lockedUp(LongSupplier call) {
        write(WATCHDOG, THRESHOLD_SECONDS);
        try (KernelSpin spin = KernelSpin.at(FUNCTION_OF_WRITES, LOCKUP)) {
            return call.getAsLong();
        } catch (IOException e) {
            throw new AgentException("the processor can't be held: " + e.getMessage(), e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new AgentException("can't write to " + file + ": " + e.getMessage(), e);
        }
    }
}
