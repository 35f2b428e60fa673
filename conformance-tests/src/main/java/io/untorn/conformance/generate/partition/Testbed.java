package io.untorn.conformance.generate.partition;

import io.untorn.model.history.Environment;
import io.untorn.model.operation.Engine;
import io.untorn.model.operation.Operation;
import io.untorn.model.state.Blocks.Kind;
import io.untorn.model.target.Facility;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import java.util.Random;
import java.util.Set;

/** A target, and the environment and facilities of the kernel there; lengths and places in bytes. */
public record Testbed(Target target, Environment environment, Set<Facility> facilities) {
    static final int SECTOR = 512;

    private static final int WORD = 4;

    /** A length that direct I/O divides into several commands everywhere. */
    static final int HUGE = 2 << 20;

    /** The largest unit that is drawn as one between the smallest and the largest: more costs time and shows nothing new. */
    static final int COSTLY = 1 << 20;

    /** How many lengths from the start of a target, or from the end of a device, the writes meet. */
    private static final int REGION = 6;

    /** One write in so many meets others at the end of a device. */
    private static final int AT_END = 4;

    /** What stands for the largest unit if there is none. */
    private static final int UNSUPPORTED_MAX = 1 << 16;

    /** Tell whether the target is a file on a file system. */
    public boolean isFile() {
        return target.kind().isFile();
    }

    /** Tell whether the target is a block device. */
    public boolean isDevice() {
        return !isFile();
    }

    int block() {
        return target.blockSize();
    }

    /** Return how many bytes the target has when it is pristine. */
    public long size() {
        return environment.size();
    }

    /** Return the smallest length of an atomic write that is legal; if none is, a block. */
    public int unitMin() {
        return environment.limits().supported() ? (int) environment.limits().unitMin() : block();
    }

    /** Return the largest length of an atomic write that is legal, as far as an operation can be as long. */
    public int unitMax() {
        long reported = environment.limits().supported() ? environment.limits().unitMax() : UNSUPPORTED_MAX;
        return (int) Math.min(reported, Operation.MAX_LENGTH / 2);
    }

    /** Return where the largest file ends, in bytes, as far as an operation reaches there. */
    long largestEnd() {
        return Math.min(target.largestFile(), Operation.MAX_OFFSET - Operation.MAX_LENGTH);
    }

    /** Tell whether a write can go beyond the largest size of a file. */
    boolean hasLargestFile() {
        return isFile() && target.largestFile() < Operation.MAX_OFFSET;
    }

    boolean takesSectorsApart() {
        return block() > SECTOR;
    }

    boolean takesWordsOfMemory() {
        return environment.memoryAlignment() <= WORD;
    }

    boolean hasRoomAboveMaximum() {
        return unitMax() < HUGE / 2;
    }

    boolean hasLargerUnits() {
        return unitMax() > unitMin() && unitMax() < HUGE;
    }

    boolean hasUnitsBetween() {
        return unitMax() > 2 * unitMin();
    }

    /** Tell whether the longest atomic write has as many blocks, so that as many kinds of them can be below it. */
    boolean hasRoomFor(int blocks) {
        return unitMax() >= blocks * block();
    }

    /** Return what is laid below a write that is to meet kinds of blocks: a unit of allocation each, or a block if it is short. */
    int unitFor(int kinds) {
        return unitMax() >= kinds * target.allocationUnit() ? target.allocationUnit() : block();
    }

    /** Tell whether the kernel has what an engine needs. */
    public boolean has(Engine engine) {
        return engine.facility() == Facility.NONE || facilities.contains(engine.facility());
    }

    boolean reservesForRoot() {
        return target.kind() == TargetKind.EXT4;
    }

    boolean journalsData() {
        return target.kind() == TargetKind.EXT4;
    }

    boolean knows(Kind kind) {
        return kind != Kind.SHARED || target.reflink();
    }

    /** Return a place where writes of a length meet each other: a multiple of the length. */
    long hotPlace(int length, Random random) {
        int index = random.nextInt(REGION + 1);
        boolean atEnd = isDevice() && length > 0 && random.nextInt(AT_END) == 0;
        return atEnd ? size() / length * length - (index + 1L) * length : (long) index * length;
    }
}
