package io.untorn.simulated;

import io.untorn.model.history.Extent;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.FreeSpace;
import io.untorn.model.operation.Subject;
import java.util.List;
import java.util.Random;

/** What descriptors refer to: a block device, or the files of a file system. */
interface Volume {
    /** Return the size of the target, in bytes. */
    long size(Subject subject);

    /**
     * Return the same with the twin in the file's place.
     *
     * @throws IllegalStateException if there is no twin
     */
    Volume ofTwin();

    /** Read a range that lies inside. */
    byte[] read(Subject subject, boolean direct, long offset, int length) throws Refused;

    void writeBuffered(long offset, byte[] data) throws Refused;

    void writeDirect(long offset, byte[] data) throws Refused;

    /** Write all or nothing what the checks let through. */
    void writeAtomic(long offset, byte[] data) throws Refused;

    /** Tell whether a direct write would have to wait. */
    boolean mustWait(boolean atomic, long offset, int length) throws Refused;

    /** Tell whether a part of a range is cached. */
    boolean isCached(long offset, int length);

    /** Set the size, in bytes; no file may be made longer than {@code most}. */
    void truncate(long size, long most) throws Refused;

    /** Change what lies under a range; no file may be made longer than {@code most} bytes. */
    void fallocate(Fallocate fallocate, long most) throws Refused;

    /** Share blocks; no file may be made longer than {@code most} bytes. */
    void cloneRange(CloneRange clone, long most) throws Refused;

    List<Extent> extents() throws Refused;

    /** Take or give back the free space of a file system. */
    void fill(FreeSpace left);

    /** Tell whether a file has, or had cached, any data or blocks. */
    boolean hasBlocks();

    /** Forget what is cached and written back. */
    void dropCaches();

    /** Write back what is cached, without a word about durability. */
    void writeBack() throws Refused;

    /** Make everything durable. */
    void sync() throws Refused;

    /** Make everything durable, and forget what is cached. */
    void unmount() throws Refused;

    void cutPower(Random random) throws Refused;

    /** Make the files of a file system empty; a device stays as it is. */
    void empty() throws Refused;

    /** Make the target as a trace finds it. */
    void reset();
}
