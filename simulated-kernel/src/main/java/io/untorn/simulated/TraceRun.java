package io.untorn.simulated;

import io.untorn.model.contents.Stamp;
import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Step;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.Audit;
import io.untorn.model.operation.Batch;
import io.untorn.model.operation.ChangeAttribute;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.DropCaches;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.FillSpace;
import io.untorn.model.operation.FreeSpace;
import io.untorn.model.operation.HintExtentSize;
import io.untorn.model.operation.HoldMapping;
import io.untorn.model.operation.Layout;
import io.untorn.model.operation.LimitFileSize;
import io.untorn.model.operation.MapExtents;
import io.untorn.model.operation.MapLoad;
import io.untorn.model.operation.MapStore;
import io.untorn.model.operation.OpenMode;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.PowerCut;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.ReleaseMapping;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.Reopen;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.Statx;
import io.untorn.model.operation.Subject;
import io.untorn.model.operation.Sync;
import io.untorn.model.operation.TellPosition;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.TwinLoad;
import io.untorn.model.operation.TwinWrite;
import io.untorn.model.operation.Write;
import io.untorn.model.target.Limits;
import io.untorn.model.target.TargetKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Runs the operations of one trace, in order, on a pristine volume. */
final class TraceRun {
    private static final long BETWEEN_CALLS = 1_700;
    private static final long CALL = 14_000;

    private final SimulatedMachine machine;
    private final KernelFeatures kernel;
    private final Volume volume;
    private final SimulatedConsole console;
    private final Trace trace;
    private final Stamp stamp;
    private final Random random;
    private final KeptMapping kept;
    private final Leftovers leftovers;
    private Task task;

    TraceRun(
            SimulatedMachine machine,
            KernelFeatures kernel,
            Volume volume,
            SimulatedConsole console,
            Trace trace,
            Stamp stamp) {
        this.machine = machine;
        this.kernel = kernel;
        this.volume = volume;
        this.console = console;
        this.trace = trace;
        this.stamp = stamp;
        random = new Random(untilPowerCut(trace.operations()).toString().hashCode());
        leftovers = new Leftovers(machine);
        task = newTask();
        kept = new KeptMapping(
                machine,
                (offset, length) -> volume.read(Subject.FILE, false, offset, inside(Subject.FILE, offset, length)));
    }

    /** Return what a power cut depends on: what comes after it, reading back included, does not change it. */
    private static List<Operation> untilPowerCut(List<Operation> operations) {
        return operations.subList(0, operations.lastIndexOf(new PowerCut()) + 1);
    }

    /** Return the steps; fewer than operations where the kernel hangs. */
    List<Step> steps() {
        List<Step> steps = new ArrayList<>(trace.operations().size());
        for (Operation operation : trace.operations()) {
            if (hangs(operation)) {
                console.print("INFO: task untorn:158 blocked for more than 120 seconds.");
                break;
            }
            long invoked = console.pass(BETWEEN_CALLS);
            Outcome outcome = outcome(operation, steps.size());
            steps.add(new Step(operation, invoked, console.pass(CALL), outcome));
        }
        return steps;
    }

    /** Return the limits as statx reports them. */
    Limits limits() {
        return StatxFaults.reported(task.limits(), task.maxAtomicWrite(), machine);
    }

    private boolean hangs(Operation operation) {
        return machine.has(SimulatedFault.HANGS_ON_CACHED)
                && operation instanceof Write write
                && write.atomic()
                && write.offset() >= 0
                && volume.isCached(write.offset(), write.length());
    }

    private Outcome outcome(Operation operation, int index) {
        try {
            Outcome outcome = answer(operation, index);
            see(operation);
            return outcome;
        } catch (Refused refused) {
            return new Outcome.Failed(refused.errno());
        }
    }

    private void see(Operation operation) throws Refused {
        if (operation instanceof Write write && write.access() == Access.DIRECT) {
            kept.passed();
        } else {
            kept.seen();
        }
    }

    private Outcome answer(Operation operation, int index) throws Refused {
        if (operation instanceof Audit audit) {
            return audited(audit);
        }
        leftovers.note(operation, volume.size(Subject.FILE));
        if (operation instanceof Write write) {
            byte[] data = stamped(index, write.stampedOffset(), write.length());
            long written = new WriteCall(task, volume, write, data).run();
            leftovers.noteStored(write, written);
            return new Outcome.Returned(written);
        }
        if (operation instanceof Batch batch) {
            return batch(batch, index);
        }
        if (operation instanceof TwinWrite twin) {
            byte[] data = stamped(index, twin.write().offset(), twin.write().length());
            return new Outcome.Returned(new WriteCall(task.ofTwin(), volume.ofTwin(), twin.write(), data).run());
        }
        if (operation instanceof Read read) {
            return read(read);
        }
        if (operation instanceof MapLoad load) {
            return load(load);
        }
        if (operation instanceof TwinLoad twin) {
            return loadFromTwin(twin.load());
        }
        if (operation instanceof MapStore store) {
            return store(store, index);
        }
        if (operation instanceof Statx statx) {
            return statx(statx);
        }
        if (operation instanceof TellPosition tell) {
            return new Outcome.Returned(task.descriptors().position(tell.access()));
        }
        if (operation instanceof MapExtents) {
            return new Outcome.Mapped(volume.extents());
        }
        if (operation instanceof Remount remount) {
            return remount(remount);
        }
        if (operation instanceof Layout layout) {
            return lay(layout, index);
        }
        perform(operation);
        return Outcome.DONE;
    }

    /** The last is done first: no order is promised. */
    private Outcome batch(Batch batch, int index) {
        List<Write> requests = batch.requests();
        Outcome[] outcomes = new Outcome[requests.size()];
        boolean appends = task.descriptors().mode().append();
        for (int done = 0; done < outcomes.length; done++) {
            int next = appends ? done : outcomes.length - 1 - done;
            boolean tears = next == outcomes.length - 1 && machine.has(SimulatedFault.BATCH_TEARS_LAST);
            outcomes[next] = tears ? torn(requests.get(next), index) : outcome(requests.get(next), index);
        }
        if (machine.has(SimulatedFault.BATCH_SWAPS_ANSWERS)) {
            Collections.rotate(Arrays.asList(outcomes), 1);
        }
        return new Outcome.Each(List.of(outcomes));
    }

    private Outcome torn(Write write, int index) {
        boolean direct =
                write.atomic() && write.access() == Access.DIRECT && write.length() >= 2 * SimulatedDisk.SECTOR;
        if (!direct) {
            return outcome(write, index);
        }
        int half = write.length() / 2;
        Write first = Write.plain(write.access(), write.offset() / SimulatedDisk.SECTOR * SimulatedDisk.SECTOR, half);
        Outcome outcome = outcome(first, index);
        return outcome.equals(new Outcome.Returned(half)) ? new Outcome.Returned(write.length()) : outcome;
    }

    private Outcome lay(Layout layout, int index) {
        Outcome complete = new Outcome.Returned(layout.returned());
        Outcome last = complete;
        int calls = 0;
        for (Operation call : layout.calls()) {
            last = outcome(call, index);
            calls++;
            if (!last.equals(complete)) {
                break;
            }
        }
        return new Outcome.Laid(calls, last);
    }

    private void perform(Operation operation) throws Refused {
        if (operation instanceof Truncate truncate) {
            refuseIf(task.has(Attribute.APPEND_ONLY) || isImmutableOnExt4(), Errno.EPERM);
            volume.truncate(truncate.size(), mostBytes());
        } else if (operation instanceof Fallocate fallocate) {
            requireAllocatable(fallocate);
            volume.fallocate(fallocate, mostBytes());
        } else if (operation instanceof CloneRange clone) {
            refuseIf(isXfs() && clone.to() == Subject.FILE && task.has(Attribute.IMMUTABLE), Errno.EPERM);
            volume.cloneRange(clone, mostBytes());
        } else if (operation instanceof Sync sync) {
            sync(sync);
        } else if (operation instanceof Reopen reopen) {
            task.open(reopen.mode());
        } else if (operation instanceof LimitFileSize limit) {
            task.limitFileSize(limit.bytes());
        } else if (operation instanceof FillSpace fill) {
            fill(fill);
        } else if (operation instanceof DropCaches) {
            volume.dropCaches();
        } else if (operation instanceof HoldMapping hold) {
            hold(hold);
        } else if (operation instanceof ReleaseMapping) {
            kept.release();
        } else if (operation instanceof HintExtentSize hint) {
            hint(hint);
        } else if (operation instanceof ChangeAttribute change) {
            change(change.attribute());
        } else if (operation instanceof PowerCut) {
            kept.release();
            volume.cutPower(random);
            Attribute kept = task.attribute();
            task = newTask();
            task.change(kept);
        } else {
            throw new IllegalArgumentException("an operation that is not simulated: " + operation);
        }
    }

    private Outcome audited(Audit audit) throws Refused {
        Audit.Aspect aspect = audit.aspect();
        if (audit.unmounts() && isFile()) {
            kept.release();
        }
        if (aspect == Audit.Aspect.FILE_SYSTEM && isFile()) {
            volume.unmount();
            task.mount(0);
            task.openAgain(task.descriptors().mode());
        } else if (aspect == Audit.Aspect.FREE_SPACE && isFile()) {
            volume.fill(FreeSpace.PLENTY);
            task.change(Attribute.NONE);
            volume.empty();
            volume.unmount();
            task.mount(0);
            task.openAgain(task.descriptors().mode());
        }
        return leftovers.found(aspect, isFile());
    }

    private Outcome store(MapStore store, int index) throws Refused {
        int inside = inside(Subject.FILE, store.offset(), store.length());
        requireMappable(store.offset(), store.length());
        refuseIf(inside > 0 && isImmutableOnExt4(), Errno.EFAULT);
        try {
            boolean lost = kept.covers(store.offset(), store.length()) && kept.loses();
            if (inside > 0 && !lost) {
                volume.writeBuffered(store.offset(), stamped(index, store.offset(), inside));
            }
        } catch (Refused noPage) {
            throw new Refused(Errno.EFAULT);
        }
        return new Outcome.Returned(inside);
    }

    private Outcome load(MapLoad load) throws Refused {
        requireMappable(load.offset(), load.length());
        int inside = inside(Subject.FILE, load.offset(), load.length());
        byte[] bytes = kept.covers(load.offset(), load.length())
                ? kept.load(load.offset(), inside)
                : volume.read(Subject.FILE, false, load.offset(), inside);
        leftovers.hide(bytes, load.offset());
        return recognized(bytes, load.offset());
    }

    private Outcome loadFromTwin(MapLoad load) throws Refused {
        int inside = inside(Subject.TWIN, load.offset(), load.length());
        byte[] bytes = machine.has(SimulatedFault.TWIN_MAPPED_AS_ZEROS)
                ? new byte[inside]
                : volume.read(Subject.TWIN, false, load.offset(), inside);
        return recognized(bytes, load.offset());
    }

    private void hold(HoldMapping hold) throws Refused {
        kept.release();
        refuseIf(task.has(Attribute.APPEND_ONLY), Errno.EACCES);
        kept.hold(hold);
    }

    private void requireMappable(long offset, int length) throws Refused {
        boolean mapped = kept.covers(offset, length) || inside(Subject.FILE, offset, length) == 0;
        refuseIf(task.has(Attribute.APPEND_ONLY) && !mapped, Errno.EACCES);
    }

    private void requireAllocatable(Fallocate fallocate) throws Refused {
        boolean onlyAllocates =
                fallocate.mode() == Fallocate.Mode.ALLOCATE || fallocate.mode() == Fallocate.Mode.ALLOCATE_KEEP_SIZE;
        refuseIf(fallocate.length() == 0, Errno.EINVAL);
        refuseIf(task.has(Attribute.IMMUTABLE) || (task.has(Attribute.APPEND_ONLY) && !onlyAllocates), Errno.EPERM);
        refuseIf(fallocate.end() > trace.target().largestFile(), Errno.EFBIG);
    }

    private void fill(FillSpace fill) throws Refused {
        if (isFile()) {
            volume.sync();
            volume.fill(fill.left());
        }
    }

    private void hint(HintExtentSize hint) throws Refused {
        refuseIf(!isFile(), Errno.ENOTTY);
        boolean bad = hint.bytes() % trace.target().blockSize() != 0 || volume.hasBlocks();
        refuseIf(isXfs() && bad, Errno.EINVAL);
    }

    private void change(Attribute attribute) throws Refused {
        refuseIf(!isFile(), Errno.ENOTTY);
        refuseIf(isXfs() && attribute == Attribute.DATA_JOURNALLED, Errno.EOPNOTSUPP);
        task.change(attribute);
        volume.sync();
    }

    private boolean isFile() {
        return trace.target().kind().isFile();
    }

    private boolean isXfs() {
        return trace.target().kind() == TargetKind.XFS;
    }

    private boolean isImmutableOnExt4() {
        return task.has(Attribute.IMMUTABLE) && trace.target().kind() == TargetKind.EXT4;
    }

    private static void refuseIf(boolean wrong, Errno errno) throws Refused {
        if (wrong) {
            throw new Refused(errno);
        }
    }

    private Task newTask() {
        return new Task(machine, kernel, trace.target(), console);
    }

    private Outcome read(Read read) throws Refused {
        if (read.length() == 0) {
            return recognized(new byte[0], read.offset());
        }
        if (read.flags().has(RwFlag.ATOMIC) && !machine.has(SimulatedFault.ATOMIC_READ_ACCEPTED)) {
            throw new Refused(Errno.EOPNOTSUPP);
        }
        for (RwFlag flag : read.flags().flags()) {
            if (flag != RwFlag.ATOMIC && !kernel.knows(flag)) {
                throw new Refused(Errno.EOPNOTSUPP);
            }
        }
        boolean direct = read.access() == Access.DIRECT;
        if (direct && (read.offset() | read.length()) % SimulatedDisk.SECTOR != 0) {
            throw new Refused(Errno.EINVAL);
        }
        return load(read.subject(), direct, read.offset(), read.length());
    }

    private Outcome load(Subject subject, boolean direct, long offset, int length) throws Refused {
        return recognized(volume.read(subject, direct, offset, inside(subject, offset, length)), offset);
    }

    private Outcome recognized(byte[] bytes, long offset) {
        return new Outcome.ReadBack(stamp.recognize(ByteBuffer.wrap(bytes), offset));
    }

    private Outcome statx(Statx statx) {
        Limits reported = StatxFaults.reported(limits(), statx.via(), machine);
        return new Outcome.Told(
                switch (statx.via()) {
                    case DESCRIPTOR, PATH, O_PATH, LINK_FOLLOWED ->
                        StatxFaults.reported(volume.size(Subject.FILE), trace.target(), machine);
                    case LINK, DIRECTORY -> 0;
                },
                reported);
    }

    private Outcome remount(Remount remount) throws Refused {
        if (remount.unmounts()) {
            kept.release();
        }
        MountOption given = new MountOption(isFile() ? remount.options() : "");
        boolean taken = given.isTaken(trace.target(), kernel, machine);
        boolean live = isFile() && remount.way() == Remount.Way.LIVE;
        if (!live) {
            volume.unmount();
        }
        boolean kept = live && given.isZero() && machine.has(SimulatedFault.MOUNT_KEEPS_OPTION);
        boolean set = taken || (live && given.isNumber() && machine.has(SimulatedFault.REFUSED_MOUNT_SETS_LIMITS));
        if (set && !kept) {
            task.mount(given.bytes());
        } else if (!live) {
            task.mount(0);
        }
        if (!live) {
            OpenMode mode = task.descriptors().mode();
            task.openAgain(mode);
        }
        if (!taken) {
            throw new Refused(Errno.EINVAL);
        }
        return reported(volume.size(Subject.FILE));
    }

    private Outcome reported(long size) {
        return new Outcome.Told(StatxFaults.reported(size, trace.target(), machine), limits());
    }

    private void sync(Sync sync) throws Refused {
        refuseIf(sync.way() == Sync.Way.FREEZE && !isFile(), Errno.EOPNOTSUPP);
        if (sync.way() == Sync.Way.SYNC_FILE_RANGE
                || (sync.way() == Sync.Way.FREEZE && machine.has(SimulatedFault.FREEZE_NOT_DURABLE))
                || (sync.way() == Sync.Way.FSYNC && machine.has(SimulatedFault.FSYNC_NOT_DURABLE))) {
            volume.writeBack();
        } else {
            volume.sync();
        }
    }

    /** Return the size that no file may be made to exceed. */
    private long mostBytes() {
        return task.sizeLimit();
    }

    private int inside(Subject subject, long offset, int length) {
        return (int) Math.max(0, Math.min(length, volume.size(subject) - offset));
    }

    private byte[] stamped(int index, long offset, int length) {
        byte[] data = new byte[length];
        stamp.fill(ByteBuffer.wrap(data), index, offset);
        return data;
    }
}
