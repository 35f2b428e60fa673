package io.untorn.agent.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/** Measure what {@code pwritev2} costs by two ways to learn its errno. Run its main; an argument names the folder. */
final class ErrnoBenchmark {
    private static final int CALLS = 200_000;
    private static final int UNKNOWN_FLAG = 0x4000_0000;

    private ErrnoBenchmark() {}

    public static void main(String[] args) throws Exception {
        Path path = Files.createTempFile(Path.of(args.length > 0 ? args[0] : "/dev/shm"), "errno", null);
        int fd = LibC.open(path.toString(), Uapi.O_RDWR, 0);
        try (AlignedBuffer buffer = AlignedBuffer.allocate(4096, 4096);
                IoVectors segments = new IoVectors(1)) {
            segments.set(0, buffer.address(), buffer.size());
            long iov = segments.address();
            for (int round = 1; round <= 3; round++) {
                report(round, "success, returned errno", () -> LibC.pwritev2(fd, iov, 1, 0, 0));
                report(round, "success, LastErrorException", () -> Throwing.pwritev2(fd, iov, 1, 0, 0));
                report(round, "failure, returned errno", () -> LibC.pwritev2(fd, iov, 1, 0, UNKNOWN_FLAG));
                report(round, "failure, LastErrorException", () -> caught(fd, iov));
                report(round, "statx", () -> StatxCall.of(fd).hashCode());
                report(round, "fiemap", () -> Extents.of(fd, 0).hashCode());
            }
        } finally {
            LibC.close(fd);
            Files.delete(path);
        }
    }

    private static void report(int round, String what, LongSupplier call) {
        long start = System.nanoTime();
        long sum = 0;
        for (int i = 0; i < CALLS; i++) {
            sum += call.getAsLong();
        }
        System.out.printf(
                "round %d %-28s %6d ns per call (%x)%n", round, what, (System.nanoTime() - start) / CALLS, sum);
    }

    private static long caught(int fd, long iov) {
        try {
            return Throwing.pwritev2(fd, iov, 1, 0, UNKNOWN_FLAG);
        } catch (LastErrorException e) {
            return -e.getErrorCode();
        }
    }

    private static final class Throwing {
        static {
            Native.register(Throwing.class, NativeLibrary.getProcess());
        }

        static native long pwritev2(int fd, long iov, int iovcnt, long offset, int flags) throws LastErrorException;
    }
}
