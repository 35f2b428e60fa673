package io.untorn.conformance;

import io.untorn.model.Access;
import io.untorn.model.Environment;
import io.untorn.model.Errno;
import io.untorn.model.History;
import io.untorn.model.KernelUnderTest;
import io.untorn.model.Limits;
import io.untorn.model.Operation;
import io.untorn.model.Operation.Allocate;
import io.untorn.model.Operation.CloneRange;
import io.untorn.model.Operation.PunchHole;
import io.untorn.model.Operation.Read;
import io.untorn.model.Operation.Statx;
import io.untorn.model.Operation.Truncate;
import io.untorn.model.Operation.Write;
import io.untorn.model.Outcome;
import io.untorn.model.Stamp;
import io.untorn.model.Step;
import io.untorn.model.Target;
import io.untorn.model.TargetKind;
import io.untorn.model.Trace;
import io.untorn.model.limits.Disk;
import io.untorn.model.limits.QueueGeometry;
import io.untorn.model.limits.QueueLimits;
import io.untorn.model.limits.ScsiProfile;
import io.untorn.model.limits.StatxAnswer;
import io.untorn.model.limits.XfsGeometry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A kernel of Java and a byte array, written from the documents and not from the rules, with faults to seed. */
final class SimulatedKernel implements KernelUnderTest {
    private static final int DEVICE_SIZE = 3 << 20;
    private static final ScsiProfile DISK = new ScsiProfile(128, 2, 2, 128, 128, 512, 512, 0);
    private static final QueueGeometry GEOMETRY = new QueueGeometry(1 << 25, 2048, 512, 4096, 0);
    private static final QueueLimits QUEUE = new QueueLimits(1024, 65536, 65536, 0);
    private static final XfsGeometry XFS = new XfsGeometry(4096, 20480, 512, 512, true, false, false);

    /** One deviation each. */
    enum Fault {
        NONE,
        MISALIGNED_ACCEPTED,
        NOT_POWER_OF_TWO_ACCEPTED,
        TOO_LONG_ACCEPTED,
        TOO_SHORT_ACCEPTED,
        BUFFERED_ACCEPTED,
        SEGMENTS_ACCEPTED,
        WRONG_ERRNO_FOR_BUFFERED,
        SHORT_WRITE,
        TORN_WRITE,
        LOST_WRITE,
        MISPLACED_WRITE,
        NEIGHBOUR_ZEROED,
        REFUSED_BUT_WRITTEN,
        SIZE_NOT_UPDATED,
        CLONE_SOURCE_HARMED,
        STATX_MAX_LIES,
        SPLAT
    }

    private final String release;
    private final Fault fault;
    private final List<String> console = new ArrayList<>();
    private Target target = new Target("none", TargetKind.BLOCK_DEVICE, 512, 512, false);
    private byte[] bytes = new byte[0];
    private int runs;

    SimulatedKernel(String release, Fault fault) {
        this.release = release;
        this.fault = fault;
    }

    @Override
    public Environment prepare(Target wanted) {
        target = wanted;
        reset();
        return environment();
    }

    @Override
    public History run(Trace trace) {
        reset();
        Environment environment = environment();
        Stamp stamp = new Stamp(++runs);
        List<Step> steps = new ArrayList<>();
        for (Operation operation : trace.operations()) {
            int at = steps.size();
            steps.add(new Step(operation, at, at, answer(operation, at, stamp)));
        }
        return new History(trace, environment, steps, List.of(), console);
    }

    private void reset() {
        bytes = new byte[target.kind().isFile() ? 0 : DEVICE_SIZE];
        console.clear();
    }

    private Environment environment() {
        boolean answers = limits().attribute();
        return new Environment(
                release,
                new StatxAnswer(limits(), answers, answers),
                new Disk(DISK, GEOMETRY, knowsAtomic() ? QUEUE : QueueLimits.NONE),
                target.kind() == TargetKind.XFS ? XFS : XfsGeometry.NONE,
                512,
                4,
                bytes.length);
    }

    private boolean knowsAtomic() {
        return !release.startsWith("6.1.");
    }

    private Limits limits() {
        boolean files = knowsAtomic() && !release.startsWith("6.12.");
        long twice = fault == Fault.STATX_MAX_LIES ? 2 : 1;
        return switch (target.kind()) {
            case BLOCK_DEVICE -> knowsAtomic() ? new Limits(1024, 65536 * twice, 0, 1, true) : Limits.NONE;
            case EXT4 -> files ? new Limits(4096, target.clusterSize() * twice, 0, 1, true) : Limits.NONE;
            case XFS -> files ? new Limits(4096, 1 << 20, 65536 * twice, 1, true) : Limits.NONE;
        };
    }

    private Outcome answer(Operation operation, int index, Stamp stamp) {
        if (operation instanceof Write write) {
            return write(write, index, stamp);
        }
        if (operation instanceof Read read) {
            boolean odd = read.access() == Access.DIRECT && (read.offset() | read.length()) % 512 != 0;
            int length = (int) Math.max(0, Math.min(read.length(), bytes.length - read.offset()));
            return odd
                    ? new Outcome.Failed(Errno.EINVAL)
                    : new Outcome.ReadBack(stamp.recognize(
                            length == 0 ? ByteBuffer.allocate(0) : ByteBuffer.wrap(bytes, (int) read.offset(), length),
                            read.offset()));
        }
        if (operation instanceof Statx) {
            return new Outcome.Told(bytes.length, limits());
        }
        boolean file = target.kind().isFile();
        if (operation instanceof Truncate truncate) {
            return file ? done(() -> bytes = Arrays.copyOf(bytes, (int) truncate.size())) : failed(Errno.EINVAL);
        }
        if (operation instanceof Allocate allocate) {
            return !file
                    ? failed(Errno.EOPNOTSUPP)
                    : allocate.length() == 0
                            ? failed(Errno.EINVAL)
                            : done(() -> grow(allocate.offset() + allocate.length()));
        }
        if (operation instanceof PunchHole punch) {
            return punch.length() == 0 || (!file && (punch.offset() | punch.length()) % 512 != 0)
                    ? failed(Errno.EINVAL)
                    : done(() -> zero(punch.offset(), punch.length()));
        }
        if (operation instanceof CloneRange clone) {
            return clone(clone);
        }
        return done(() -> {});
    }

    private Outcome clone(CloneRange clone) {
        if (target.kind() != TargetKind.XFS) {
            return failed(Errno.EOPNOTSUPP);
        }
        if (((clone.source() | clone.destination() | clone.length()) & 4095) != 0
                || clone.source() + clone.length() > bytes.length
                || Math.abs(clone.source() - clone.destination()) < clone.length()) {
            return failed(Errno.EINVAL);
        }
        return done(() -> {
            grow(clone.destination() + clone.length());
            System.arraycopy(bytes, (int) clone.source(), bytes, (int) clone.destination(), clone.length());
            if (fault == Fault.CLONE_SOURCE_HARMED) {
                zero(clone.source(), 4096);
            }
        });
    }

    private Outcome write(Write write, int index, Stamp stamp) {
        if (write.length() == 0) {
            return new Outcome.Returned(0);
        }
        Errno errno = write.atomic() ? atomicErrno(write) : plainErrno(write);
        if (errno != null) {
            if (fault == Fault.REFUSED_BUT_WRITTEN && write.offset() % 8 == 0) {
                store(write.offset(), write.length(), index, stamp);
            }
            return failed(errno);
        }
        int length =
                target.kind().isFile() ? write.length() : (int) Math.min(write.length(), DEVICE_SIZE - write.offset());
        boolean atomic = write.atomic();
        if (atomic && fault == Fault.SPLAT && write.length() == 4096) {
            console.add("[   46.814934] WARNING: CPU: 1 PID: 158 at fs/ext4/mballoc.c:2991");
        }
        if (atomic && fault == Fault.SHORT_WRITE && length > 4096) {
            length = 4096;
        }
        int size = bytes.length;
        if (!(atomic && fault == Fault.LOST_WRITE && write.offset() > 0)) {
            long place = write.offset() + (atomic && fault == Fault.MISPLACED_WRITE && index > 0 ? 4096 : 0);
            int stored = atomic && fault == Fault.TORN_WRITE ? length / 2 : length;
            if (target.kind().isFile()) {
                grow(write.offset() + length);
            }
            store(place, stored, index, stamp);
        }
        if (atomic && fault == Fault.SIZE_NOT_UPDATED && target.kind().isFile()) {
            bytes = Arrays.copyOf(bytes, Math.max(size, 4096));
        }
        if (atomic && fault == Fault.NEIGHBOUR_ZEROED) {
            zero(write.end(), 512);
        }
        return new Outcome.Returned(length);
    }

    private @org.jspecify.annotations.Nullable Errno plainErrno(Write write) {
        if (!target.kind().isFile() && write.offset() >= DEVICE_SIZE) {
            return Errno.ENOSPC;
        }
        boolean odd = (write.offset() | write.length() | write.segmentLengths().get(0)) % 512 != 0;
        return odd && write.access() == Access.DIRECT ? Errno.EINVAL : null;
    }

    private @org.jspecify.annotations.Nullable Errno atomicErrno(Write write) {
        Limits limits = limits();
        if (!limits.attribute()) {
            return Errno.EOPNOTSUPP;
        }
        boolean device = !target.kind().isFile();
        if (device && write.offset() >= DEVICE_SIZE) {
            return Errno.ENOSPC;
        }
        boolean inside = (write.length() >= limits.unitMin() || fault == Fault.TOO_SHORT_ACCEPTED)
                && (write.length() <= limits.unitMax() || fault == Fault.TOO_LONG_ACCEPTED);
        if (!device && !inside) {
            return Errno.EINVAL;
        }
        boolean odd = (write.segments() > 1 && fault != Fault.SEGMENTS_ACCEPTED)
                || ((write.length() & (write.length() - 1)) != 0 && fault != Fault.NOT_POWER_OF_TWO_ACCEPTED)
                || (write.offset() % write.length() != 0 && fault != Fault.MISALIGNED_ACCEPTED);
        if (odd) {
            return Errno.EINVAL;
        }
        if (write.access() == Access.BUFFERED && fault != Fault.BUFFERED_ACCEPTED) {
            return fault == Fault.WRONG_ERRNO_FOR_BUFFERED ? Errno.EINVAL : Errno.EOPNOTSUPP;
        }
        return device && (write.end() > DEVICE_SIZE || !inside) ? Errno.EINVAL : null;
    }

    private void store(long offset, int length, int index, Stamp stamp) {
        if (target.kind().isFile()) {
            grow(offset + length);
        }
        int fits = (int) Math.max(0, Math.min(length, bytes.length - offset));
        if (fits > 0) {
            stamp.fill(ByteBuffer.wrap(bytes, (int) offset, fits), index, offset);
        }
    }

    private void zero(long offset, int length) {
        int from = (int) Math.min(offset, bytes.length);
        Arrays.fill(bytes, from, (int) Math.min(offset + length, bytes.length), (byte) 0);
    }

    private void grow(long size) {
        if (size > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) size);
        }
    }

    private static Outcome failed(Errno errno) {
        return new Outcome.Failed(errno);
    }

    private static Outcome done(Runnable change) {
        change.run();
        return new Outcome.Returned(0);
    }

    @Override
    public void close() {}
}
