package io.untorn.simulated;

import io.untorn.model.history.Errno;
import io.untorn.model.history.Extent;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.FillSpace;
import io.untorn.model.operation.FreeSpace;
import io.untorn.model.operation.Subject;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import java.util.List;
import java.util.Random;

/** A mounted file system with a file and its twin. */
final class FileSystem implements Volume {
    private final boolean sharesBlocks;
    private final Storage storage;
    private final RegularFile file;
    private final RegularFile twin;
    private final Journal journal;
    private final AtomicWriteMethod atomicWrites;

    FileSystem(SimulatedMachine machine, SimulatedDisk disk, Target target, SimulatedConsole console) {
        sharesBlocks = target.kind() == TargetKind.XFS;
        storage = Storage.made(machine, disk, target.blockSize(), target.allocationUnit());
        file = new RegularFile(storage);
        twin = new RegularFile(storage);
        journal = new Journal(storage, List.of(file, twin));
        atomicWrites = sharesBlocks
                ? new XfsWrites(storage, twin, SimulatedFault.TWIN_OF_CLONE_HARMED)
                : machine.isRfc() ? new RfcWrites(storage, journal, console) : new Ext4Writes(storage, journal);
    }

    /** Create the same file system with the twin in the file's place. */
    private FileSystem(FileSystem other) {
        sharesBlocks = other.sharesBlocks;
        storage = other.storage;
        file = other.twin;
        twin = other.file;
        journal = other.journal;
        atomicWrites = sharesBlocks
                ? new XfsWrites(storage, twin, SimulatedFault.FILE_HARMED_THROUGH_TWIN)
                : other.atomicWrites;
    }

    @Override
    public Volume ofTwin() {
        return new FileSystem(this);
    }

    private RegularFile of(Subject subject) {
        return subject == Subject.FILE ? file : twin;
    }

    @Override
    public long size(Subject subject) {
        return of(subject).size();
    }

    @Override
    public byte[] read(Subject subject, boolean direct, long offset, int length) throws Refused {
        RegularFile read = of(subject);
        if (direct) {
            read.cache().writeBack(offset, offset + length);
            return read.load(offset, length);
        }
        return read.cache().read(offset, length);
    }

    /** If space is scarce, blocks are taken at once: none could be left when the data is written back. */
    @Override
    public void writeBuffered(long offset, byte[] data) throws Refused {
        requireSpace(file.unitsFor(offset, offset + data.length), offset + data.length);
        file.writeBuffered(offset, data);
        writeBackIfFilled();
    }

    @Override
    public void writeDirect(long offset, byte[] data) throws Refused {
        requireSpace(file.unitsFor(offset, offset + data.length), offset + data.length);
        file.writeDirect(offset, data);
        journal.transaction();
    }

    @Override
    public void writeAtomic(long offset, byte[] data) throws Refused {
        long end = offset + data.length;
        file.settle(offset, end);
        boolean copies = sharesBlocks && atomicWrites.mustWait(file, storage.down(offset), storage.up(end));
        requireSpace(copies ? storage.up(end) - storage.down(offset) : file.unitsFor(offset, end), end);
        atomicWrites.write(file, offset / storage.block(), data);
        if (!storage.has(SimulatedFault.SIZE_NOT_UPDATED)) {
            file.reach(end);
        }
        journal.transaction();
    }

    @Override
    public boolean mustWait(boolean atomic, long offset, int length) {
        long end = offset + length;
        return end > file.size()
                || isCached(offset, length)
                || (atomic && atomicWrites.mustWait(file, storage.down(offset), storage.up(end)));
    }

    @Override
    public boolean isCached(long offset, int length) {
        return file.cache().holds(offset, offset + length);
    }

    @Override
    public void truncate(long size, long most) throws Refused {
        requireRoom(file, size, most);
        storage.space().require(size < file.size() ? file.unitsForEdge(size) : 0);
        file.truncate(size);
        writeBackIfFilled();
        journal.transaction();
    }

    @Override
    public void fallocate(Fallocate fallocate, long most) throws Refused {
        if (fallocate.length() == 0) {
            throw new Refused(Errno.EINVAL);
        }
        long offset = fallocate.offset();
        int length = fallocate.length();
        long end = fallocate.end();
        switch (fallocate.mode()) {
            case ALLOCATE -> {
                requireRoom(file, end, most);
                requireBlocks(offset, end);
                file.preallocate(offset, end);
                file.reach(end);
            }
            case ALLOCATE_KEEP_SIZE -> {
                requireBlocks(offset, end);
                file.preallocate(offset, end);
            }
            case PUNCH_HOLE -> {
                storage.space().require(file.unitsForEdge(offset) + file.unitsForEdge(end));
                file.punch(offset, end);
            }
            case ZERO_RANGE -> {
                requireRoom(file, end, most);
                requireBlocks(offset, end);
                file.zero(offset, end);
                file.reach(end);
            }
            case ZERO_RANGE_KEEP_SIZE -> {
                requireBlocks(offset, end);
                file.zero(offset, end);
            }
            case COLLAPSE_RANGE -> {
                requireMovable(offset, length, end);
                file.collapse(offset, length);
                journal.commit();
            }
            case INSERT_RANGE -> {
                requireMovable(offset, length, offset);
                requireRoom(file, file.size() + length, most);
                file.insert(offset, length);
                journal.commit();
            }
            case UNSHARE_RANGE -> {
                requireSharing();
                requireRoom(file, end, most);
                requireBlocks(offset, end);
                file.unshare(offset, end);
                file.reach(end);
            }
        }
        writeBackIfFilled();
        journal.transaction();
    }

    @Override
    public void cloneRange(CloneRange clone, long most) throws Refused {
        requireSharing();
        RegularFile from = of(clone.from());
        RegularFile to = of(clone.to());
        if ((clone.source() | clone.destination() | clone.length()) % storage.block() != 0
                || clone.source() + clone.length() > from.size()
                || (from == to && Math.abs(clone.source() - clone.destination()) < clone.length())) {
            throw new Refused(Errno.EINVAL);
        }
        requireRoom(to, clone.destination() + clone.length(), most);
        to.share(from, clone.source(), clone.destination(), clone.length());
        journal.transaction();
    }

    private void requireBlocks(long offset, long end) throws Refused {
        storage.space().require(file.unitsFor(offset, end));
    }

    private void requireSpace(long units, long end) throws Refused {
        try {
            storage.space().require(units);
        } catch (Refused refused) {
            if (storage.has(SimulatedFault.GROWN_WITHOUT_SPACE)) {
                file.reach(end);
            }
            throw refused;
        }
    }

    private void writeBackIfFilled() throws Refused {
        if (storage.space().isFilled()) {
            writeBack();
        }
    }

    private void requireSharing() throws Refused {
        if (!sharesBlocks) {
            throw new Refused(Errno.EOPNOTSUPP);
        }
    }

    private void requireMovable(long offset, int length, long inside) throws Refused {
        if ((offset | length) % storage.allocationUnit() != 0 || inside >= file.size()) {
            throw new Refused(Errno.EINVAL);
        }
    }

    private static void requireRoom(RegularFile file, long size, long most) throws Refused {
        if (size > file.size() && size > most) {
            throw new Refused(Errno.EFBIG);
        }
    }

    @Override
    public List<Extent> extents() {
        return file.fiemap();
    }

    @Override
    public void fill(FreeSpace left) {
        switch (left) {
            case PLENTY -> storage.space().empty();
            case RESERVED_FOR_ROOT -> {
                boolean none = sharesBlocks || storage.has(SimulatedFault.RESERVED_FROM_ROOT);
                fill(none ? FreeSpace.NOTHING : FreeSpace.PLENTY);
            }
            case A_LITTLE -> storage.space().fill(FillSpace.LITTLE / storage.allocationUnit());
            case CHECKERBOARD ->
                storage.space().fillAllBut(FillSpace.PIECES, FillSpace.PIECE / storage.allocationUnit());
            case NOTHING -> storage.space().fill(0);
        }
    }

    @Override
    public void empty() throws Refused {
        file.truncate(0);
        twin.truncate(0);
        journal.transaction();
    }

    @Override
    public boolean hasBlocks() {
        return !file.pieces().isEmpty() || file.cache().holds(0, Long.MAX_VALUE);
    }

    @Override
    public void dropCaches() {
        for (RegularFile each : List.of(file, twin)) {
            if (storage.has(SimulatedFault.DIRTY_DROPPED)) {
                each.cache().dropAll();
            } else {
                each.cache().dropClean();
            }
        }
    }

    @Override
    public void writeBack() throws Refused {
        for (RegularFile each : List.of(file, twin)) {
            each.cache().writeBack(0, Long.MAX_VALUE);
            each.reach(each.size());
        }
        journal.transaction();
    }

    @Override
    public void sync() throws Refused {
        writeBack();
        journal.commit();
    }

    @Override
    public void unmount() throws Refused {
        sync();
        file.restore(file.state());
        twin.restore(twin.state());
    }

    @Override
    public void cutPower(Random random) throws Refused {
        if (random.nextBoolean()) {
            writeBack();
        }
        journal.cutPower(random);
    }

    @Override
    public void reset() {
        journal.reset();
    }
}
