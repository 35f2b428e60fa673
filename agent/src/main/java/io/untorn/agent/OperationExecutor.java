package io.untorn.agent;

import com.sun.jna.Pointer;
import io.untorn.agent.linux.Answer;
import io.untorn.agent.linux.Caches;
import io.untorn.agent.linux.Extents;
import io.untorn.agent.linux.FileExtent;
import io.untorn.agent.linux.FileSizeLimit;
import io.untorn.agent.linux.GuardedMemory;
import io.untorn.agent.linux.Ioctls;
import io.untorn.agent.linux.LibC;
import io.untorn.agent.linux.MemoryFile;
import io.untorn.agent.linux.StatxResult;
import io.untorn.agent.linux.Uapi;
import io.untorn.agent.protocol.AgentException;
import io.untorn.model.contents.Stamp;
import io.untorn.model.history.Errno;
import io.untorn.model.history.Extent;
import io.untorn.model.history.Outcome;
import io.untorn.model.operation.Audit;
import io.untorn.model.operation.Batch;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.ChangeAttribute;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.DropCaches;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.FillSpace;
import io.untorn.model.operation.HintExtentSize;
import io.untorn.model.operation.HoldMapping;
import io.untorn.model.operation.Layout;
import io.untorn.model.operation.LimitFileSize;
import io.untorn.model.operation.MapExtents;
import io.untorn.model.operation.MapLoad;
import io.untorn.model.operation.MapStore;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.PowerCut;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.ReleaseMapping;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.Reopen;
import io.untorn.model.operation.Statx;
import io.untorn.model.operation.Statx.Via;
import io.untorn.model.operation.Subject;
import io.untorn.model.operation.Sync;
import io.untorn.model.operation.TellPosition;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.TwinLoad;
import io.untorn.model.operation.TwinWrite;
import io.untorn.model.operation.Write;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Carries out the operations of one trace, in order. */
final class OperationExecutor implements AutoCloseable {
    private final OpenTarget target;
    private final SystemCalls calls;
    private final Auditor auditor;
    private final GuardedMemory memory;
    private final MemoryFile stores;
    private final Stamp stamp;
    private final KeptMapping kept = new KeptMapping();
    private final Map<Class<?>, Function<Operation, Outcome>> actions = new HashMap<>();
    private int index;
    private long sizeLimit = LimitFileSize.UNLIMITED;

    /**
     * Begin a trace.
     *
     * @param auditor finds what the trace leaves behind
     * @param memory where writes have their data and reads put it: {@link Operation#MAX_LENGTH} and a page, or more
     * @param stores where stores into mappings have their data: likewise
     */
    OperationExecutor(
            OpenTarget target,
            SystemCalls calls,
            Auditor auditor,
            GuardedMemory memory,
            MemoryFile stores,
            Stamp stamp) {
        this.target = target;
        this.calls = calls;
        this.auditor = auditor;
        this.memory = memory;
        this.stores = stores;
        this.stamp = stamp;
        on(Write.class, write -> write(write, Subject.FILE));
        on(TwinWrite.class, twin -> write(twin.write(), Subject.TWIN));
        on(Batch.class, this::writeAtOnce);
        on(Read.class, this::read);
        on(MapLoad.class, this::load);
        on(TwinLoad.class, twin -> loadFromTwin(twin.load()));
        on(MapStore.class, this::store);
        on(HoldMapping.class, hold -> outcome(kept.hold(calls, control(), hold)));
        on(ReleaseMapping.class, release -> {
            kept.close();
            return Outcome.DONE;
        });
        on(Truncate.class, truncate -> outcome(LibC.ftruncate(control(), truncate.size())));
        on(Fallocate.class, this::fallocate);
        on(CloneRange.class, this::cloneRange);
        on(Layout.class, this::lay);
        on(Sync.class, this::sync);
        on(Reopen.class, reopen -> outcome(target.file().reopen(reopen.mode())));
        on(Remount.class, this::remount);
        on(LimitFileSize.class, this::limit);
        on(FillSpace.class, this::fill);
        on(DropCaches.class, drop -> outcome(Caches.drop()));
        on(HintExtentSize.class, hint -> outcome(Ioctls.hintExtentSize(control(), hint.bytes())));
        on(ChangeAttribute.class, change -> outcome(target.change(change.attribute())));
        on(Statx.class, statx -> reported(statx.via()));
        on(TellPosition.class, tell -> outcome(LibC.lseek(target.descriptor(tell.access()), 0, Uapi.SEEK_CUR)));
        on(MapExtents.class, map -> mapExtents());
        on(Audit.class, this::audit);
        on(PowerCut.class, cut -> {
            throw new AgentException("an agent can't cut the power");
        });
    }

    private <O extends Operation> void on(Class<O> type, Function<O, Outcome> action) {
        actions.put(type, operation -> action.apply(type.cast(operation)));
    }

    /** Carry out the next operation. */
    Outcome run(Operation operation) {
        Outcome outcome = outcome(operation);
        index++;
        return outcome;
    }

    private Outcome outcome(Operation operation) {
        return actions.get(operation.getClass()).apply(operation);
    }

    private Outcome write(Write write, Subject subject) {
        int mapped = Math.max(0, write.length() - write.buffer().missing());
        int start = write.buffer().startOf(write.length());
        if (write.buffer().missing() > 0) {
            start += memory.size() - pages(mapped) * Buffer.PAGE;
        }
        if (mapped > 0) {
            stamp.fill(memory.bytes().clear().limit(start + mapped).position(start), index, write.stampedOffset());
        }
        return outcome(calls.write(target.file(subject).descriptor(write.access()), memory.address() + start, write));
    }

    private Outcome writeAtOnce(Batch batch) {
        List<Write> requests = batch.requests();
        long[] data = new long[requests.size()];
        int start = 0;
        for (int i = 0; i < data.length; i++) {
            Write request = requests.get(i);
            stamp.fill(memory.bytes().clear().limit(start + request.length()).position(start), index, request.offset());
            data[i] = memory.address() + start;
            start += pages(request.length()) * Buffer.PAGE;
        }
        int fd = target.descriptor(batch.access());
        long[] results = target.file().mode().append()
                ? IntStream.range(0, data.length)
                        .mapToLong(i -> calls.write(fd, data[i], requests.get(i)))
                        .toArray()
                : calls.writeAtOnce(fd, data, batch);
        return new Outcome.Each(
                LongStream.of(results).mapToObj(OperationExecutor::outcome).toList());
    }

    private static int pages(int length) {
        return (length + Buffer.PAGE - 1) / Buffer.PAGE;
    }

    private Outcome read(Read read) {
        int fd = target.file(read.subject()).descriptor(read.access());
        long result = calls.read(fd, memory.address(), read);
        return result < 0 ? outcome(result) : recognized(memory.bytes().clear().limit((int) result), read.offset());
    }

    private Outcome load(MapLoad load) {
        return mapped(Uapi.PROT_READ, load.offset(), load.length(), recognizing(load));
    }

    private Outcome loadFromTwin(MapLoad load) {
        int fd = target.file(Subject.TWIN).control();
        long size = LibC.lseek(fd, 0, Uapi.SEEK_END);
        if (size < 0) {
            return outcome(size);
        }
        int inside = (int) Math.max(0, Math.min(load.length(), size - load.offset()));
        return inside == 0
                ? recognizing(load).of(0, 0)
                : newlyMapped(fd, Uapi.PROT_READ, load.offset(), inside, recognizing(load));
    }

    private Use recognizing(MapLoad load) {
        return (address, inside) -> {
            ByteBuffer bytes = inside == 0 ? ByteBuffer.allocate(0) : new Pointer(address).getByteBuffer(0, inside);
            return recognized(bytes, load.offset());
        };
    }

    private Outcome store(MapStore store) {
        return mapped(Uapi.PROT_READ | Uapi.PROT_WRITE, store.offset(), store.length(), (address, inside) -> {
            int start = (int) (store.offset() % Buffer.PAGE);
            stamp.fill(stores.bytes().clear().limit(start + inside).position(start), index, store.offset());
            return outcome(inside == 0 ? 0 : stores.copy(start, inside, address));
        });
    }

    /** Does something with mapped bytes: an address, which means nothing if their number is 0. */
    @FunctionalInterface
    private interface Use {
        Outcome of(long address, int inside);
    }

    /** Map the part of a range inside the target, unless a mapping of it is kept: past its end there is nothing to map. */
    private Outcome mapped(int protection, long offset, int length, Use use) {
        Outcome found = reported(Via.DESCRIPTOR);
        if (!(found instanceof Outcome.Told told)) {
            return found;
        }
        int inside = (int) Math.max(0, Math.min(length, told.size() - offset));
        if (inside == 0) {
            return use.of(0, 0);
        }
        return kept.covers(offset, length)
                ? use.of(kept.address(offset), inside)
                : newlyMapped(control(), protection, offset, inside, use);
    }

    private static Outcome newlyMapped(int fd, int protection, long offset, int inside, Use use) {
        long before = offset % Buffer.PAGE;
        long address = LibC.mmap(0, before + inside, protection, Uapi.MAP_SHARED, fd, offset - before);
        if (address < 0) {
            return outcome(address);
        }
        try {
            return use.of(address + before, inside);
        } finally {
            LibC.munmap(address, before + inside);
        }
    }

    private Outcome fallocate(Fallocate fallocate) {
        return outcome(LibC.fallocate(control(), fallocate.mode().flags(), fallocate.offset(), fallocate.length()));
    }

    private Outcome cloneRange(CloneRange clone) {
        return outcome(Ioctls.cloneRange(
                target.file(clone.from()).control(),
                clone.source(),
                clone.length(),
                target.file(clone.to()).control(),
                clone.destination()));
    }

    private Outcome lay(Layout layout) {
        Outcome last = Outcome.DONE;
        int calls = 0;
        for (Operation call : layout.calls()) {
            last = outcome(call);
            calls++;
            if (!(last instanceof Outcome.Returned returned) || returned.value() != layout.returned()) {
                break;
            }
        }
        return new Outcome.Laid(calls, last);
    }

    private Outcome sync(Sync sync) {
        int all = Uapi.SYNC_FILE_RANGE_WAIT_BEFORE | Uapi.SYNC_FILE_RANGE_WRITE | Uapi.SYNC_FILE_RANGE_WAIT_AFTER;
        return outcome(
                switch (sync.way()) {
                    case FSYNC -> LibC.fsync(control());
                    case FDATASYNC -> LibC.fdatasync(control());
                    case SYNC_FILE_RANGE -> LibC.sync_file_range(control(), 0, 0, all);
                    case SYNCFS -> LibC.syncfs(control());
                    case FREEZE -> Ioctls.freezeAndThaw(control());
                });
    }

    private Outcome limit(LimitFileSize limit) {
        sizeLimit = limit.bytes();
        return outcome(FileSizeLimit.set(sizeLimit));
    }

    /** Take or give back space; the limit is of the whole agent, and holds for other files too. */
    private Outcome fill(FillSpace fill) {
        FileSizeLimit.set(LimitFileSize.UNLIMITED);
        target.leaveFree(fill.left());
        FileSizeLimit.set(sizeLimit);
        return Outcome.DONE;
    }

    /** A file system with a mapping can't be unmounted. */
    private Outcome remount(Remount remount) {
        if (remount.unmounts()) {
            kept.close();
        }
        int result = calls.mount(target, remount);
        if (result < 0 && remount.unmounts()) {
            auditor.mountWasRefused();
        }
        return result < 0 ? outcome(result) : reported(Via.DESCRIPTOR);
    }

    /** A file that is mapped keeps its file system mounted, and its blocks. */
    private Outcome audit(Audit audit) {
        if (audit.unmounts() && target.isMounted()) {
            kept.close();
        }
        return auditor.audit(target, audit.aspect());
    }

    private Outcome reported(Via via) {
        Answer<StatxResult> answer = calls.statx(target, via);
        if (answer instanceof Answer.Given<StatxResult> given) {
            StatxResult statx = given.value();
            long size = via.leadsToTarget() ? target.size(statx) : 0;
            return new Outcome.Told(size, EnvironmentProbe.limits(statx));
        }
        return outcome(((Answer.Refused<StatxResult>) answer).result());
    }

    private Outcome mapExtents() {
        Answer<List<FileExtent>> answer = Extents.of(control(), 0);
        if (answer instanceof Answer.Given<List<FileExtent>> given) {
            return new Outcome.Mapped(given.value().stream()
                    .map(extent -> new Extent(extent.logical(), extent.physical(), extent.length(), extent.flags()))
                    .toList());
        }
        return outcome(((Answer.Refused<List<FileExtent>>) answer).result());
    }

    private Outcome recognized(ByteBuffer bytes, long offset) {
        return new Outcome.ReadBack(stamp.recognize(bytes, offset));
    }

    private int control() {
        return target.file().control();
    }

    private static Outcome outcome(long result) {
        return result < 0 ? new Outcome.Failed(new Errno((int) -result)) : new Outcome.Returned(result);
    }

    /** Unmap what the trace kept, and lift the limit that it may have set: that holds for all of the agent. */
    @Override
    public void close() {
        kept.close();
        if (sizeLimit != LimitFileSize.UNLIMITED) {
            FileSizeLimit.set(LimitFileSize.UNLIMITED);
        }
    }
}
