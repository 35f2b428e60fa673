package io.untorn.agent;

import com.sun.jna.Pointer;
import io.untorn.agent.linux.Answer;
import io.untorn.agent.linux.Extents;
import io.untorn.agent.linux.FileExtent;
import io.untorn.agent.linux.Ioctls;
import io.untorn.agent.linux.LibC;
import io.untorn.agent.linux.SpaceUsed;
import io.untorn.agent.linux.StatxResult;
import io.untorn.agent.linux.Uapi;
import io.untorn.agent.protocol.Reply;
import io.untorn.agent.protocol.SystemCallFault;
import io.untorn.model.history.Errno;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Batch;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.Engine;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.RwFlags;
import io.untorn.model.operation.Split;
import io.untorn.model.operation.Statx.Via;
import io.untorn.model.operation.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The kernel's system calls with one fault seeded. */
final class FaultyCalls implements SystemCalls {
    private static final int LOST_FROM = 16 << 10;
    private static final int TORN_FROM = 4096;
    private static final int CUT_UP_TO = 64 << 10;
    private static final int SECTOR = 512;
    private static final int EXTENTS_KEPT = 16;

    private final SystemCalls kernel;
    private final SystemCallFault fault;
    private final FaultyStatx statx;
    private final FaultyLeftovers leftovers;

    FaultyCalls(SystemCalls kernel, SystemCallFault fault) {
        this.kernel = kernel;
        this.fault = fault;
        statx = new FaultyStatx(kernel, fault);
        leftovers = new FaultyLeftovers(kernel, fault);
    }

    @Override
    public long write(int fd, long data, Write write) {
        leftovers.note(write);
        return written(fd, data, write);
    }

    /** A fault of single writes is seeded at each of several, which then are carried out one by one. */
    @Override
    public long[] writeAtOnce(int fd, long[] data, Batch batch) {
        batch.requests().forEach(leftovers::note);
        return switch (fault) {
            case NONE -> kernel.writeAtOnce(fd, data, batch);
            case BATCH_TEARS_LAST -> tornInLast(fd, data, batch);
            default ->
                IntStream.range(0, data.length)
                        .mapToLong(i -> written(fd, data[i], batch.requests().get(i)))
                        .toArray();
        };
    }

    private long[] tornInLast(int fd, long[] data, Batch batch) {
        List<Write> requests = new ArrayList<>(batch.requests());
        int last = requests.size() - 1;
        Write whole = requests.get(last);
        boolean torn = whole.atomic()
                && whole.length() > 0
                && whole.access() == Access.DIRECT
                && (whole.offset() | whole.length() / 2) % Buffer.PAGE == 0;
        requests.set(last, torn ? half(whole).through(whole.engine()) : whole);
        long[] results = kernel.writeAtOnce(fd, data, new Batch(requests));
        results[last] = torn && results[last] == whole.length() / 2 ? whole.length() : results[last];
        return results;
    }

    private long written(int fd, long data, Write write) {
        boolean fits = write.length() > 0 && write.offset() >= 0 && write.offset() % write.length() == 0;
        return switch (fault) {
            case NONE,
                    BATCH_TEARS_LAST,
                    SECTOR_READ_TWICE,
                    HELD_MAPPING_STALE,
                    STATX_MAX_DOUBLED,
                    STATX_OF_PATH_SILENT,
                    STATX_OF_O_PATH_SILENT,
                    STATX_OF_FOLLOWED_LINK_SILENT,
                    STATX_OF_LINK_TELLS_LIMITS,
                    STATX_OF_DIRECTORY_TELLS_LIMITS,
                    MOUNT_RAISES_MIN,
                    MOUNT_ADDS_SEGMENTS,
                    MOUNT_DROPS_ATTRIBUTE,
                    MOUNT_TAKES_ANY_SIZE,
                    PAGES_STAY_PINNED,
                    SPACE_STAYS_IN_USE,
                    SUPERBLOCK_SPOILED -> kernel.write(fd, data, write);
            case MISALIGNED_REPORTED_DONE ->
                write.atomic()
                                && write.split() == Split.ONE
                                && Integer.bitCount(write.length()) == 1
                                && write.offset() >= 0
                                && !fits
                        ? write.length()
                        : kernel.write(fd, data, write);
            case BUFFERED_ACCEPTED ->
                kernel.write(fd, data, write.atomic() && write.access() == Access.BUFFERED ? plain(write) : write);
            case SEGMENTS_ACCEPTED ->
                kernel.write(fd, data, write.atomic() && write.split() == Split.TWO ? plain(write) : write);
            case RING_FORGETS_ATOMIC ->
                kernel.write(fd, data, write.atomic() && write.engine().isRing() ? plain(write) : write);
            case LIBAIO_TEARS ->
                write.engine() == Engine.LIBAIO ? torn(fd, data, write, fits) : kernel.write(fd, data, write);
            case WRITE_LOST ->
                write.atomic() && fits && write.offset() >= LOST_FROM ? write.length() : kernel.write(fd, data, write);
            case OFFSET_CUT_TO_32_BITS ->
                kernel.write(fd, data, write.atomic() && fits ? write.at(write.offset() & 0xffff_ffffL) : write);
            case LATER_EXTENTS_LOST ->
                write.atomic() && fits ? upToLaterExtents(fd, data, write) : kernel.write(fd, data, write);
            case WRITE_TORN -> torn(fd, data, write, fits);
            case REFUSED_BUT_WRITTEN -> {
                long result = kernel.write(fd, data, write);
                if (result < 0 && write.atomic()) {
                    kernel.write(fd, data, plain(write));
                }
                yield result;
            }
            case APPEND_MISPLACED -> kernel.write(fd, data, write.atomic() ? notAppending(write) : write);
            case REFUSED_MOVES_POSITION -> {
                long result = kernel.write(fd, data, write);
                if (result < 0
                        && write.offset() == Write.AT_POSITION
                        && write.engine().isRing()) {
                    LibC.lseek(fd, write.length(), Uapi.SEEK_CUR);
                }
                yield result;
            }
            case EINVAL_TOLD_AS_EIO -> {
                long result = kernel.write(fd, data, write);
                yield write.atomic() && result == -Errno.EINVAL.number() ? -Errno.EIO.number() : result;
            }
            case ERROR_SWALLOWED -> {
                long result = kernel.write(fd, data, write);
                if (write.atomic() && fits && result >= TORN_FROM) {
                    KernelFaults.tellOfRefusal();
                }
                yield result;
            }
            case CUT_AT_DEVICE_END -> {
                long result = kernel.write(fd, data, write);
                yield result == -Errno.EINVAL.number() && write.atomic() && fits && crossesEnd(fd, write)
                        ? kernel.write(fd, data, plain(write))
                        : result;
            }
            case ATOMIC_ASKS_AGAIN_FOR_EVER ->
                write.atomic()
                                && fits
                                && write.length() >= TORN_FROM
                                && Integer.bitCount(write.length()) == 1
                                && write.access() == Access.DIRECT
                                && write.split() == Split.ONE
                        ? -Errno.EAGAIN.number()
                        : kernel.write(fd, data, write);
            case KERNEL_PANICS, WRITE_HANGS, KERNEL_LOCKS_UP, EXT4_TELLS_ERROR ->
                write.atomic() && fits && write.length() >= TORN_FROM
                        ? atTheKernel(fd, data, write)
                        : kernel.write(fd, data, write);
        };
    }

    private long atTheKernel(int fd, long data, Write write) {
        if (fault == SystemCallFault.KERNEL_LOCKS_UP) {
            return KernelFaults.lockedUp(() -> kernel.write(fd, data, write));
        }
        if (fault == SystemCallFault.KERNEL_PANICS) {
            KernelFaults.panic();
        } else if (fault == SystemCallFault.WRITE_HANGS) {
            KernelFaults.freeze(fd);
        } else {
            KernelFaults.tellOfError();
        }
        return kernel.write(fd, data, write);
    }

    /** Tell whether a write that is well-formed otherwise crosses the end of a device; that of a file is none. */
    private static boolean crossesEnd(int fd, Write write) {
        long size = Ioctls.deviceSize(fd);
        return write.length() <= CUT_UP_TO
                && Integer.bitCount(write.length()) == 1
                && write.access() == Access.DIRECT
                && write.split() == Split.ONE
                && write.engine() != Engine.IO_URING_FIXED
                && write.offset() < size
                && write.offset() + write.length() > size;
    }

    private long torn(int fd, long data, Write write, boolean fits) {
        boolean torn = write.atomic() && fits && write.length() >= TORN_FROM && write.split() == Split.ONE;
        long result = kernel.write(fd, data, torn ? half(write) : write);
        return torn && result == write.length() / 2 ? write.length() : result;
    }

    /** Return a write that goes where it says; one that contradicts itself is left alone. */
    private static Write notAppending(Write write) {
        RwFlags flags = write.flags();
        return flags.has(RwFlag.NOAPPEND)
                ? write
                : write.with(flags.without(RwFlag.APPEND).with(RwFlag.NOAPPEND));
    }

    private static Write plain(Write write) {
        long offset = write.offset() < 0 ? write.offset() : write.offset() / SECTOR * SECTOR;
        return Write.plain(write.access(), offset, write.length() / SECTOR * SECTOR);
    }

    private long upToLaterExtents(int fd, long data, Write write) {
        List<Long> starts = Extents.of(fd, Uapi.FIEMAP_FLAG_SYNC) instanceof Answer.Given<List<FileExtent>> given
                ? given.value().stream()
                        .map(FileExtent::logical)
                        .filter(start -> start >= write.offset() && start < write.offset() + write.length())
                        .toList()
                : List.of();
        if (starts.size() <= EXTENTS_KEPT) {
            return kernel.write(fd, data, write);
        }
        int kept = (int) (starts.get(EXTENTS_KEPT) - write.offset());
        return kernel.write(fd, data, Write.plain(write.access(), write.offset(), kept)) == kept ? write.length() : 0;
    }

    private static Write half(Write write) {
        return Write.plain(write.access(), write.offset(), write.length() / 2);
    }

    @Override
    public long read(int fd, long data, Read read) {
        long result = kernel.read(fd, data, read);
        if (fault == SystemCallFault.SECTOR_READ_TWICE && read.access() == Access.DIRECT && result >= 2 * SECTOR) {
            Pointer memory = new Pointer(data);
            memory.write(SECTOR, memory.getByteArray(0, SECTOR), 0, SECTOR);
        }
        return result;
    }

    @Override
    public long map(int fd, long offset, long length) {
        return fault == SystemCallFault.HELD_MAPPING_STALE ? copy(fd, offset, length) : kernel.map(fd, offset, length);
    }

    /** Return memory with what a range holds now, in place of a mapping. */
    private long copy(int fd, long offset, long length) {
        long address =
                LibC.mmap(0, length, Uapi.PROT_READ | Uapi.PROT_WRITE, Uapi.MAP_PRIVATE | Uapi.MAP_ANONYMOUS, -1, 0);
        if (address > 0) {
            kernel.read(fd, address, Read.plain(Access.BUFFERED, offset, (int) length));
        }
        return address;
    }

    @Override
    public Answer<StatxResult> statx(OpenTarget target, Via via) {
        return statx.statx(target, via);
    }

    @Override
    public int mount(OpenTarget target, Remount remount) {
        return statx.mount(target, remount);
    }

    @Override
    public long pinnedPages() {
        return leftovers.pinnedPages();
    }

    @Override
    public SpaceUsed spaceUsed(PreparedTarget target) {
        return leftovers.spaceUsed(target);
    }

    @Override
    public Reply.ProgramEnded check(PreparedTarget target) {
        return leftovers.check(target);
    }
}
