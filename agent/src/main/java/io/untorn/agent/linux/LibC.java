package io.untorn.agent.linux;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.util.Map;

/**
 * Call libc, under C's own names.
 *
 * <p>A call that fails returns its errno, negated: {@code -9} for {@code EBADF}. Nothing is thrown and nothing is
 * retried, so the caller sees what the kernel said. Addresses, offsets and lengths are passed on as they are, in bytes:
 * a wrong one gives the kernel's error, or corrupts this process where C would too.
 */
public final class LibC {
    private LibC() {}

    /** Open a file. {@code mode} matters with {@code O_CREAT} alone. Return the descriptor or a negated errno. */
    public static int open(String path, int flags, int mode) {
        return negateErrno(Symbols.open(path, flags, mode));
    }

    /** Close a descriptor. It is gone even if an errno comes back, unless that is {@code EBADF}. */
    public static int close(int fd) {
        return negateErrno(Symbols.close(fd));
    }

    /** Make a symbolic link that leads to a path. */
    public static int symlink(String target, String path) {
        return negateErrno(Symbols.symlink(target, path));
    }

    /** Remove the name of a file. */
    public static int unlink(String path) {
        return negateErrno(Symbols.unlink(path));
    }

    /**
     * Write {@code iovcnt} segments at an offset, with {@code RWF_*} flags; unknown flags reach the kernel too.
     *
     * @param iov the address of the segments, {@link IoVectors#address()}
     * @param offset in bytes; -1 writes at the descriptor's position and advances it
     * @return how many bytes were written, or a negated errno
     */
    public static long pwritev2(int fd, long iov, int iovcnt, long offset, int flags) {
        return negateErrno(Symbols.pwritev2(fd, iov, iovcnt, offset, flags));
    }

    /** Read into {@code iovcnt} segments. See {@link #pwritev2}; a count short of what was asked for is the file's end. */
    public static long preadv2(int fd, long iov, int iovcnt, long offset, int flags) {
        return negateErrno(Symbols.preadv2(fd, iov, iovcnt, offset, flags));
    }

    /** Allocate, punch, zero or unshare a range, as the {@code FALLOC_FL_*} mode says. */
    public static int fallocate(int fd, int mode, long offset, long length) {
        return negateErrno(Symbols.fallocate(fd, mode, offset, length));
    }

    /** Make a file in memory that has no place in a file system. Return the descriptor or a negated errno. */
    static int memfd_create(String name, int flags) {
        return negateErrno(Symbols.memfd_create(name, flags));
    }

    /** Set the size of a file, in bytes. */
    public static int ftruncate(int fd, long length) {
        return negateErrno(Symbols.ftruncate(fd, length));
    }

    /** Make a file's contents and metadata durable. */
    public static int fsync(int fd) {
        return negateErrno(Symbols.fsync(fd));
    }

    /** Make a file's contents durable, and as much metadata as reading them back needs. */
    public static int fdatasync(int fd) {
        return negateErrno(Symbols.fdatasync(fd));
    }

    /** Write back a range of a file that is cached, as the {@code SYNC_FILE_RANGE_*} flags say; length 0 is to the end. */
    public static int sync_file_range(int fd, long offset, long length, int flags) {
        return negateErrno(Symbols.sync_file_range(fd, offset, length, flags));
    }

    /** Write back the file system that a file is on. */
    public static int syncfs(int fd) {
        return negateErrno(Symbols.syncfs(fd));
    }

    /** Return the position of a descriptor, moved by an offset, or a negated errno. */
    public static long lseek(int fd, long offset, int whence) {
        return negateErrno(Symbols.lseek(fd, offset, whence));
    }

    /** Map a file, or with {@code MAP_ANONYMOUS} fresh memory. Return the address or a negated errno. */
    public static long mmap(long address, long length, int protection, int flags, int fd, long offset) {
        return negateErrno(Symbols.mmap(address, length, protection, flags, fd, offset));
    }

    /** Say how mapped memory may be used. */
    static int mprotect(long address, long length, int protection) {
        return negateErrno(Symbols.mprotect(address, length, protection));
    }

    /** Take a mapping away: whoever touches its memory then ends this process. */
    public static int munmap(long address, long length) {
        return negateErrno(Symbols.munmap(address, length));
    }

    /** Fill the {@code struct statfs} at {@code buffer}. {@link SpaceUsed} does so for a path. */
    static int statfs(String path, long buffer) {
        return negateErrno(Symbols.statfs(path, buffer));
    }

    /** Set a limit of this process to the {@code struct rlimit} at an address. */
    static int setrlimit(int resource, long limit) {
        return negateErrno(Symbols.setrlimit(resource, limit));
    }

    /** Ask a driver or file system. {@code argument} is an address or a number, as the request defines. */
    public static int ioctl(int fd, long request, long argument) {
        return negateErrno(Symbols.ioctl(fd, request, argument));
    }

    /** Make a system call that libc has no function for; what it does not take is 0. */
    static long syscall(long number, long first, long second, long third, long fourth, long fifth, long sixth) {
        return negateErrno(Symbols.syscall(number, first, second, third, fourth, fifth, sixth));
    }

    /** Return the bytes in a page of memory. */
    public static int getpagesize() {
        return Symbols.getpagesize();
    }

    /** Fill the {@code struct statx} at {@code buffer}. {@link StatxCall} does so for a descriptor. */
    static int statx(int directory, String path, int flags, int mask, long buffer) {
        return negateErrno(Symbols.statx(directory, path, flags, mask, buffer));
    }

    /** Allocate aligned memory and store its address at {@code memory}. {@link AlignedBuffer} owns such memory. */
    static int posix_memalign(long memory, long alignment, long size) {
        return -Symbols.posix_memalign(memory, alignment, size);
    }

    static void free(long address) {
        Symbols.free(address);
    }

    /** Mount a file system. */
    static int mount(String source, String target, String fileSystemType, long flags, String data) {
        return negateErrno(Symbols.mount(source, target, fileSystemType, flags, data));
    }

    /** Unmount what is mounted at a path. */
    static int umount2(String target, int flags) {
        return negateErrno(Symbols.umount2(target, flags));
    }

    /** Load the kernel module that a descriptor stands for; libc has no function of this name. */
    static int finit_module(int fd, String parameters, int flags) {
        return (int) negateErrno(Symbols.syscall(Uapi.SYS_finit_module, fd, parameters, flags));
    }

    /** Set a clock to the {@code struct timespec} at an address. */
    static int clock_settime(int clock, long time) {
        return negateErrno(Symbols.clock_settime(clock, time));
    }

    /** Restart or stop the machine. */
    static int reboot(int command) {
        return negateErrno(Symbols.reboot(command));
    }

    /** Return what libc says of an errno. */
    static String strerror(int errno) {
        return Symbols.strerror(errno);
    }

    /** Return what this process has loaded, libc among it: so no library has to be found in the guest's file system. */
    private static NativeLibrary process() {
        return NativeLibrary.getInstance(null, Map.of(Library.OPTION_STRING_ENCODING, "UTF-8"));
    }

    private static int negateErrno(int result) {
        return result == -1 ? -Native.getLastError() : result;
    }

    private static long negateErrno(long result) {
        return result == -1 ? -Native.getLastError() : result;
    }

    /**
     * The C functions themselves. Arguments are primitives wherever a call may be hot: JNA then passes them on without
     * converting. {@code open}, {@code ioctl} and {@code syscall} are variadic in C; x86-64 and arm64 Linux pass such arguments like
     * any others.
     */
    private static final class Symbols {
        static {
            Native.register(Symbols.class, process());
        }

        static native int open(String path, int flags, int mode);

        static native int close(int fd);

        static native int symlink(String target, String path);

        static native int unlink(String path);

        static native long pwritev2(int fd, long iov, int iovcnt, long offset, int flags);

        static native long preadv2(int fd, long iov, int iovcnt, long offset, int flags);

        static native int fallocate(int fd, int mode, long offset, long length);

        static native int memfd_create(String name, int flags);

        static native int ftruncate(int fd, long length);

        static native int fsync(int fd);

        static native int fdatasync(int fd);

        static native int sync_file_range(int fd, long offset, long length, int flags);

        static native int syncfs(int fd);

        static native long lseek(int fd, long offset, int whence);

        static native long mmap(long address, long length, int protection, int flags, int fd, long offset);

        static native int mprotect(long address, long length, int protection);

        static native int munmap(long address, long length);

        static native int statfs(String path, long buffer);

        static native int setrlimit(int resource, long limit);

        static native int ioctl(int fd, long request, long argument);

        static native long syscall(
                long number, long first, long second, long third, long fourth, long fifth, long sixth);

        static native long syscall(long number, int fd, String parameters, int flags);

        static native int mount(String source, String target, String fileSystemType, long flags, String data);

        static native int umount2(String target, int flags);

        static native int clock_settime(int clock, long time);

        static native int reboot(int command);

        static native String strerror(int errno);

        static native int getpagesize();

        static native int statx(int directory, String path, int flags, int mask, long buffer);

        static native int posix_memalign(long memory, long alignment, long size);

        static native void free(long address);
    }
}
