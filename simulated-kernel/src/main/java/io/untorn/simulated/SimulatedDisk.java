package io.untorn.simulated;

import io.untorn.model.limits.QueueLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A disk of bytes with a volatile cache: what was written since the last flush may be gone after a power cut, sector by
 * sector, but an atomic command as a whole.
 */
final class SimulatedDisk {
    static final int SECTOR = 512;

    private static final int CHUNK = 1 << 14;
    private static final byte[] ZEROS = new byte[CHUNK];

    private final long size;
    private final QueueLimits limits;
    private final Map<Integer, byte[]> chunks = new HashMap<>();
    private final Map<Integer, byte[]> flushed = new HashMap<>();
    private final List<Command> unflushed = new ArrayList<>();
    private long sent;

    private static final class Command {
        final long offset;
        final byte[] data;
        final boolean atomic;

        Command(long offset, byte[] data, boolean atomic) {
            this.offset = offset;
            this.data = data;
            this.atomic = atomic;
        }
    }

    /**
     * Create a disk that reads as zeros.
     *
     * @param size bytes
     */
    SimulatedDisk(long size, QueueLimits limits) {
        this.size = size;
        this.limits = limits;
    }

    long size() {
        return size;
    }

    QueueLimits limits() {
        return limits;
    }

    /** Tell whether the disk can write a range by one atomic command. */
    boolean takesAtomic(long offset, int length) {
        return limits.supported()
                && length <= limits.unitMax()
                && offset % limits.unitMin() == 0
                && length % limits.unitMin() == 0;
    }

    /** Return how many commands were sent so far. */
    long sent() {
        return sent;
    }

    void read(long offset, byte[] into, int at, int length) {
        for (int done = 0; done < length; ) {
            int within = (int) ((offset + done) % CHUNK);
            int count = Math.min(length - done, CHUNK - within);
            byte[] chunk = chunks.getOrDefault((int) ((offset + done) / CHUNK), ZEROS);
            System.arraycopy(chunk, within, into, at + done, count);
            done += count;
        }
    }

    /** Write whole sectors by one plain command; the data is the disk's from now on. */
    void write(long offset, byte[] data) {
        send(new Command(offset, data, false));
    }

    /** Write whole sectors by one atomic command; the data is the disk's from now on. */
    void writeAtomic(long offset, byte[] data) {
        if (!takesAtomic(offset, data.length)) {
            throw new IllegalArgumentException(
                    "the disk takes no atomic command for " + data.length + " bytes at " + offset);
        }
        send(new Command(offset, data, true));
    }

    /** Make all that was written durable. */
    void flush() {
        flushed.clear();
        unflushed.clear();
    }

    /**
     * Lose at random what was not flushed.
     *
     * @param durable how many of the commands sent so far are known to have been flushed
     */
    void cutPower(long durable, Random random) {
        flushed.forEach((index, chunk) -> chunks.put(index, chunk));
        long number = sent - unflushed.size();
        List<Command> commands = List.copyOf(unflushed);
        flush();
        for (Command command : commands) {
            if (number++ < durable || (command.atomic && random.nextBoolean())) {
                store(command.offset, command.data, 0, command.data.length);
            } else if (!command.atomic) {
                for (int at = 0; at < command.data.length; at += SECTOR) {
                    if (random.nextBoolean()) {
                        store(command.offset, command.data, at, SECTOR);
                    }
                }
            }
        }
        flush();
    }

    /** Make the disk read as zeros. */
    void reset() {
        chunks.clear();
        flush();
    }

    private void send(Command command) {
        if (command.offset % SECTOR != 0
                || command.data.length % SECTOR != 0
                || command.offset + command.data.length > size) {
            throw new IllegalArgumentException("the disk of " + size + " bytes takes no command for "
                    + command.data.length + " bytes at " + command.offset);
        }
        store(command.offset, command.data, 0, command.data.length);
        unflushed.add(command);
        sent++;
    }

    private void store(long offset, byte[] data, int from, int length) {
        for (int at = from; at < from + length; ) {
            int index = (int) ((offset + at) / CHUNK);
            int within = (int) ((offset + at) % CHUNK);
            int count = Math.min(from + length - at, CHUNK - within);
            byte[] chunk = chunks.computeIfAbsent(index, key -> new byte[CHUNK]);
            if (!flushed.containsKey(index)) {
                flushed.put(index, Arrays.copyOf(chunk, CHUNK));
            }
            System.arraycopy(data, at, chunk, within, count);
            at += count;
        }
    }
}
