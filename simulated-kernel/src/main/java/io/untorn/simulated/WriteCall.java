package io.untorn.simulated;

import io.untorn.model.history.Errno;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.Engine;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.Split;
import io.untorn.model.operation.Subject;
import io.untorn.model.operation.Write;
import io.untorn.model.target.Limits;
import io.untorn.model.target.TargetKind;
import java.util.Arrays;

/** One write, through pwritev2(2), io_uring or libaio: from the checks at the system call's entry to the volume. */
final class WriteCall {
    private static final int MAX_SEGMENTS = 1024;
    private static final int MAX_PAGES = 256;
    static final int MEMORY_ALIGNMENT = 4;

    private final Task task;
    private final SimulatedMachine machine;
    private final KernelFeatures kernel;
    private final Volume volume;
    private final Write write;
    private final byte[] data;
    private final boolean atomic;
    private final boolean direct;

    /**
     * Create a call.
     *
     * @param data what the memory of the write holds
     */
    WriteCall(Task task, Volume volume, Write write, byte[] data) {
        this.task = task;
        this.volume = volume;
        this.write = write;
        this.data = data;
        machine = task.machine();
        kernel = task.kernel();
        atomic = write.atomic() && !(write.engine().isRing() && machine.has(SimulatedFault.RING_FORGETS_ATOMIC));
        direct = write.access() == Access.DIRECT;
    }

    /** Return the bytes written. */
    long run() throws Refused {
        return switch (write.engine()) {
            case PWRITEV2 -> call();
            case IO_URING, IO_URING_FIXED -> ringAtPosition();
            case LIBAIO -> submit();
        };
    }

    private long call() throws Refused {
        refuseIf(write.offset() == Write.NEGATIVE, Errno.EINVAL);
        refuseIf(hasTooManySegments() && !kernel.isAtLeast(6, 8), Errno.EINVAL);
        checkMode();
        refuseIf(hasTooManySegments(), Errno.EINVAL);
        if (write.length() == 0) {
            refuseIf(atomic && machine.has(SimulatedFault.ZERO_LENGTH_REFUSED), Errno.EINVAL);
            return 0;
        }
        checkFlags();
        return write();
    }

    /** A refused write does not move the position. */
    private long ringAtPosition() throws Refused {
        try {
            return ring();
        } catch (Refused refused) {
            if (write.offset() == Write.AT_POSITION && machine.has(SimulatedFault.REFUSED_MOVES_POSITION)) {
                Descriptors open = task.descriptors();
                open.move(write.access(), open.position(write.access()) + write.length());
            }
            throw refused;
        }
    }

    /** A ring tries without waiting and lets a worker try again; with RWF_NOWAIT it gives up instead. */
    private long ring() throws Refused {
        refuseIf(hasTooManySegments(), Errno.EINVAL);
        refuseIf(isOutsideRegisteredBuffer(), Errno.EFAULT);
        checkMode();
        checkFlags();
        refuseIf(has(RwFlag.HIPRI) && !machine.has(SimulatedFault.RING_POLLS_UNASKED), Errno.EINVAL);
        boolean givesUp = has(RwFlag.NOWAIT) && !direct;
        refuseIf(givesUp && task.target().kind() == TargetKind.EXT4, Errno.EAGAIN);
        refuseIf(write.offset() == Write.NEGATIVE, Errno.EINVAL);
        try {
            return write();
        } catch (Refused refused) {
            throw givesUp && refused.errno().equals(Errno.EOPNOTSUPP) ? new Refused(Errno.EAGAIN) : refused;
        }
    }

    private long submit() throws Refused {
        checkFlags();
        checkMode();
        refuseIf(hasTooManySegments(), Errno.EINVAL);
        refuseIf(write.offset() == Write.NEGATIVE, Errno.EINVAL);
        refuseIf(
                write.offset() == Write.AT_POSITION && !machine.has(SimulatedFault.LIBAIO_TAKES_POSITION),
                Errno.EINVAL);
        return write();
    }

    private boolean isOutsideRegisteredBuffer() {
        Buffer buffer = write.buffer();
        return write.engine() == Engine.IO_URING_FIXED
                && buffer.missing() > 0
                && (write.length() > 0 || buffer.startOf(0) > 0);
    }

    /** Do what the file's own code does. */
    private long write() throws Refused {
        if (write.length() == 0) {
            refuseIf(
                    atomic
                            && task.target().kind() == TargetKind.EXT4
                            && !machine.has(SimulatedFault.EMPTY_ASYNCHRONOUS_WRITE_ACCEPTED),
                    Errno.EINVAL);
            return 0;
        }
        long named = write.offset() == Write.AT_POSITION ? task.descriptors().position(write.access()) : write.offset();
        long place;
        int length;
        try {
            place = isFile() ? placeInFile(named) : named;
            length = isFile() ? lengthInFile(named, place) : lengthOnDevice(place);
            checkMemory(place, length);
        } catch (Refused refused) {
            if (atomic && machine.has(SimulatedFault.REFUSED_BUT_WRITTEN) && isInside(named, data.length)) {
                volume.writeBuffered(named, data);
            }
            throw refused;
        }
        boolean queued = write.engine().isRing() && direct && isInside(place, length);
        int stored = store(place, Arrays.copyOf(data, length));
        if (write.offset() == Write.AT_POSITION
                && !queued
                && !(atomic && machine.has(SimulatedFault.POSITION_NOT_MOVED))) {
            task.descriptors().move(write.access(), place + stored);
        }
        boolean durable = task.descriptors().mode().sync() || has(RwFlag.DSYNC) || has(RwFlag.SYNC);
        if (durable && !machine.has(SimulatedFault.DSYNC_NOT_DURABLE)) {
            volume.sync();
        }
        return stored;
    }

    private boolean hasTooManySegments() {
        return write.split().lengths(write.length()).size() > MAX_SEGMENTS;
    }

    private void checkMode() throws Refused {
        refuseIf(task.descriptors().mode().readOnly() && !machine.has(SimulatedFault.READ_ONLY_ACCEPTED), Errno.EBADF);
    }

    private void checkFlags() throws Refused {
        for (RwFlag flag : write.flags().flags()) {
            refuseIf(!kernel.knows(flag) && !machine.has(SimulatedFault.UNKNOWN_FLAG_IGNORED), Errno.EOPNOTSUPP);
        }
        refuseIf(has(RwFlag.APPEND) && has(RwFlag.NOAPPEND) && kernel.isAtLeast(6, 9), Errno.EINVAL);
        refuseIf(
                atomic && !task.descriptors().isAtomicGranted() && !machine.has(SimulatedFault.UNSUPPORTED_ACCEPTED),
                Errno.EOPNOTSUPP);
        refuseIf(has(RwFlag.DONTCACHE) && !kernel.takesDontCache(task.target().kind()), Errno.EOPNOTSUPP);
        boolean leavesEnd =
                has(RwFlag.NOAPPEND) && task.descriptors().mode().append() && task.has(Attribute.APPEND_ONLY);
        refuseIf(leavesEnd && kernel.isAtLeast(6, 9) && !machine.has(SimulatedFault.NOAPPEND_ACCEPTED), Errno.EPERM);
    }

    private int lengthOnDevice(long place) throws Refused {
        long size = volume.size(Subject.FILE);
        refuseIf(place >= size, Errno.ENOSPC);
        refuseIf(has(RwFlag.NOWAIT) && !direct, Errno.EOPNOTSUPP);
        int length = (int) Math.min(data.length, size - place);
        if (atomic) {
            checkForm(place);
            refuseIf(length < data.length && !machine.has(SimulatedFault.CUT_AT_DEVICE_END), Errno.EINVAL);
        }
        refuseIf(direct && has(RwFlag.NOWAIT) && volume.mustWait(atomic, place, length), Errno.EAGAIN);
        return length;
    }

    private long placeInFile(long named) {
        boolean appends = has(RwFlag.APPEND) || (task.descriptors().mode().append() && !has(RwFlag.NOAPPEND));
        return appends && !(atomic && machine.has(SimulatedFault.APPEND_MISPLACED)) ? volume.size(Subject.FILE) : named;
    }

    private int lengthInFile(long named, long place) throws Refused {
        if (atomic) {
            checkLimits();
            checkForm(named);
        }
        boolean looksAtPlaceFirst = direct && task.target().kind() == TargetKind.XFS;
        refuseIf(looksAtPlaceFirst && (named | data.length) % SimulatedDisk.SECTOR != 0, Errno.EINVAL);
        boolean immutable = task.has(Attribute.IMMUTABLE) && task.target().kind() == TargetKind.EXT4;
        refuseIf(immutable && !(atomic && machine.has(SimulatedFault.IMMUTABLE_IGNORED)), Errno.EPERM);
        int length = lengthWithinSizeLimit(place);
        refuseIf(has(RwFlag.NOWAIT) && !direct && task.target().kind() == TargetKind.EXT4, Errno.EOPNOTSUPP);
        refuseIf(direct && has(RwFlag.NOWAIT) && volume.mustWait(atomic, place, length), Errno.EAGAIN);
        refuseIf(atomic && place != named && !isAligned(place), Errno.EINVAL);
        return length;
    }

    private int lengthWithinSizeLimit(long place) throws Refused {
        long limit = task.sizeLimit();
        if (place + data.length <= limit) {
            return data.length;
        }
        refuseIf(place >= limit, Errno.EFBIG);
        refuseIf(atomic && !machine.has(SimulatedFault.CUT_AT_SIZE_LIMIT), Errno.EFBIG);
        return (int) (limit - place);
    }

    private void checkLimits() throws Refused {
        Limits limits = task.limits();
        refuseIf(data.length < limits.unitMin() && !machine.has(SimulatedFault.BELOW_MIN_ACCEPTED), Errno.EINVAL);
        refuseIf(data.length > limits.unitMax() && !machine.has(SimulatedFault.ABOVE_MAX_ACCEPTED), Errno.EINVAL);
    }

    /** Check what generic_atomic_write_valid does. */
    private void checkForm(long place) throws Refused {
        refuseIf(!direct && machine.has(SimulatedFault.BUFFERED_REFUSED_FIRST), Errno.EOPNOTSUPP);
        Split split = write.split();
        boolean empty = split == Split.EMPTY_FIRST || split == Split.EMPTY_LAST;
        refuseIf(
                split != Split.ONE
                        && !machine.has(
                                empty ? SimulatedFault.EMPTY_SEGMENT_ACCEPTED : SimulatedFault.TWO_SEGMENTS_ACCEPTED),
                Errno.EINVAL);
        refuseIf(
                write.engine() == Engine.IO_URING_FIXED && !machine.has(SimulatedFault.REGISTERED_BUFFER_ACCEPTED),
                Errno.EINVAL);
        refuseIf(!isPowerOfTwo() && !machine.has(SimulatedFault.ODD_LENGTH_ACCEPTED), Errno.EINVAL);
        refuseIf(!isAligned(place) && !machine.has(SimulatedFault.MISALIGNED_OFFSET_ACCEPTED), Errno.EINVAL);
        refuseIf(!direct && !machine.has(SimulatedFault.BUFFERED_ACCEPTED), Errno.EOPNOTSUPP);
    }

    /**
     * Tell whether an atomic write may go to a place: a multiple of its length, or of a block on the ext4 of {@link
     * RfcWrites}.
     */
    private boolean isAligned(long place) {
        boolean anyBlock = machine.isRfc() && isFile();
        return place % (anyBlock ? task.target().blockSize() : data.length) == 0;
    }

    private boolean isPowerOfTwo() {
        return Integer.bitCount(data.length) == 1;
    }

    /** Check what direct I/O does of a length that may have been cut. */
    private void checkMemory(long place, int length) throws Refused {
        if (!direct) {
            return;
        }
        refuseIf((place | length) % SimulatedDisk.SECTOR != 0, Errno.EINVAL);
        refuseIf(
                write.split().lengths(data.length).stream().anyMatch(each -> each % SimulatedDisk.SECTOR != 0)
                        && write.split() != Split.ONE,
                Errno.EINVAL);
        Buffer buffer = write.buffer();
        int start = buffer.startOf(data.length);
        boolean tooManyPages = (start + length + Buffer.PAGE - 1) / Buffer.PAGE > MAX_PAGES;
        refuseIf(atomic && !isFile() && tooManyPages, Errno.EINVAL);
        refuseIf(
                start % MEMORY_ALIGNMENT != 0 && !(atomic && machine.has(SimulatedFault.MISALIGNED_MEMORY_ACCEPTED)),
                Errno.EINVAL);
        if (buffer.missing() > 0) {
            refuseIf(
                    buffer.missing() >= data.length || !machine.has(SimulatedFault.MISSING_MEMORY_AS_ZEROS),
                    Errno.EFAULT);
            Arrays.fill(data, data.length - buffer.missing(), data.length, (byte) 0);
        }
        if (atomic && !isFile()) {
            checkLimits();
        }
    }

    private int store(long place, byte[] bytes) throws Refused {
        if (!direct) {
            volume.writeBuffered(place, bytes);
        } else if (!atomic) {
            volume.writeDirect(place, bytes);
        } else {
            return storeAtomic(place, bytes);
        }
        return bytes.length;
    }

    private int storeAtomic(long place, byte[] bytes) throws Refused {
        int length = bytes.length;
        refuseIf(
                machine.has(SimulatedFault.ASKS_AGAIN_FOR_EVER)
                        && isFile()
                        && length > task.target().blockSize(),
                Errno.EAGAIN);
        if (machine.has(SimulatedFault.SHORT_WRITE) && length > SimulatedDisk.SECTOR) {
            volume.writeDirect(place, Arrays.copyOf(bytes, length / 2));
            return length / 2;
        }
        if (machine.has(SimulatedFault.LOST_WRITE) && isInside(place, length)) {
            return length;
        }
        boolean torn = machine.has(SimulatedFault.TORN_WRITE)
                || (machine.has(SimulatedFault.LIBAIO_TEARS) && write.engine() == Engine.LIBAIO);
        if (torn && isInside(place, length)) {
            byte[] old = volume.read(Subject.FILE, true, place, length);
            System.arraycopy(old, length / 2, bytes, length / 2, length - length / 2);
        }
        if (machine.has(SimulatedFault.OFFSET_CUT_TO_32_BITS)) {
            writeAtomic(place & 0xffff_ffffL, bytes);
            return length;
        }
        boolean misplaced = machine.has(SimulatedFault.MISPLACED_WRITE) && isInside(place + length, length);
        long goal = misplaced ? place + length : place;
        if (isWhatChecksLetThrough(goal, length)) {
            writeAtomic(goal, bytes);
        } else {
            volume.writeDirect(goal, bytes);
        }
        if (machine.has(SimulatedFault.NEIGHBOUR_ZEROED) && isInside(place + length, SimulatedDisk.SECTOR)) {
            volume.writeDirect(place + length, new byte[SimulatedDisk.SECTOR]);
        }
        if (machine.has(SimulatedFault.WARNS_AT_UNIT_MAX)
                && length == task.limits().unitMax()) {
            task.console().print("WARNING: CPU: 0 PID: 158 at fs/iomap/direct-io.c:387 iomap_dio_bio_iter+0x4a1/0x560");
        }
        if (machine.has(SimulatedFault.ERROR_SWALLOWED)
                && length == task.limits().unitMin()) {
            task.console()
                    .print(
                            "critical target error, dev sda, sector 8 op 0x1:(WRITE) flags 0x8808800 phys_seg 1 prio class 2");
        }
        return length;
    }

    private void writeAtomic(long place, byte[] bytes) throws Refused {
        try {
            volume.writeAtomic(place, bytes);
        } catch (Refused refused) {
            if (machine.has(SimulatedFault.HALF_STORED_WITHOUT_SPACE) && isInside(place, bytes.length)) {
                volume.writeDirect(place, Arrays.copyOf(bytes, bytes.length / 2));
            }
            throw refused;
        }
    }

    /**
     * Tell whether an atomic write came this far without a fault: one that a fault let through is done as a plain
     * write.
     */
    private boolean isWhatChecksLetThrough(long place, int length) {
        Limits limits = task.limits();
        return length == data.length
                && isPowerOfTwo()
                && isAligned(place)
                && length >= limits.unitMin()
                && length <= limits.unitMax()
                && limits.supported();
    }

    private boolean isInside(long place, int length) {
        return place >= 0 && place + length <= volume.size(Subject.FILE);
    }

    private boolean isFile() {
        return task.target().kind().isFile();
    }

    private boolean has(RwFlag flag) {
        return write.flags().has(flag);
    }

    private static void refuseIf(boolean wrong, Errno errno) throws Refused {
        if (wrong) {
            throw new Refused(errno);
        }
    }
}
