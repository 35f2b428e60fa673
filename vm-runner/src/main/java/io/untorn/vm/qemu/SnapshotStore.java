package io.untorn.vm.qemu;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.untorn.vm.cache.CacheLocks;
import io.untorn.vm.host.FileTrees;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * A folder of snapshots, each named after its inputs.
 *
 * <p>A snapshot is written under a temporary name and then renamed, so it is always complete; a checksum detects later
 * corruption. Several runs may share the folder.
 */
public final class SnapshotStore {
    /** The message for a machine that could not be saved, without the reason. */
    static final String NOT_KEPT = "cannot keep a snapshot of the machine, so the next run boots again";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MEMORY = "memory";
    private static final String STATE = "state";
    private static final String NOTE = "note";
    private static final String INDEX = "snapshot.json";

    private final Path folder;
    private final Consumer<String> progress;

    /**
     * Metadata of a snapshot.
     *
     * @param about a description for users
     * @param bytes its size on disk in bytes
     * @param memorySize the size of its memory in bytes
     * @param chunks the chunks of its memory that are not zeros: {@link BitSet#toByteArray} in hexadecimal
     */
    public record Index(
            String about, long bytes, long memorySize, String chunks, long memoryChecksum, long stateChecksum) {
        BitSet usedChunks() {
            return BitSet.valueOf(HexFormat.of().parseHex(chunks));
        }
    }

    /**
     * Keep snapshots in a folder.
     *
     * @param progress gets a line if a snapshot can't be kept, or is broken
     */
    public SnapshotStore(Path folder, Consumer<String> progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /** Return a snapshot, if it exists and is intact; a broken one is reported and removed. */
    Optional<Snapshot> find(String key) {
        Path place = folder.resolve(key);
        CacheLocks.hold(place);
        if (!Files.isDirectory(place)) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(place));
        } catch (IOException | IllegalArgumentException e) {
            drop(key, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static Snapshot read(Path place) throws IOException {
        Index index = index(place);
        byte[] state = Files.readAllBytes(place.resolve(STATE));
        byte[] note = Files.readAllBytes(place.resolve(NOTE));
        MemoryImage memory = new MemoryImage(place.resolve(MEMORY), index.usedChunks());
        if (Files.size(memory.file()) != index.memorySize()) {
            throw new IOException("its memory is " + Files.size(memory.file()) + " bytes, not " + index.memorySize());
        }
        if (index.stateChecksum() != checksum(state, note) || index.memoryChecksum() != memory.checksum()) {
            throw new IOException("its checksum is wrong");
        }
        return new Snapshot(state, memory, note);
    }

    /** Return the metadata of the snapshot in a folder. */
    public static Index index(Path place) throws IOException {
        return JSON.readValue(place.resolve(INDEX).toFile(), Index.class);
    }

    /** Remove a broken snapshot, and report why. */
    void drop(String key, String why) {
        progress.accept("dropping a broken snapshot of a machine, " + folder.resolve(key) + ": "
                + why.lines().findFirst().orElse(""));
        FileTrees.delete(folder.resolve(key));
    }

    /** Create a folder for a new snapshot. */
    Path draft(String key) throws IOException {
        Path draft = folder.resolve(key + "." + UUID.randomUUID() + ".tmp");
        CacheLocks.hold(draft);
        return Files.createDirectories(draft);
    }

    /** Return the file for the memory of a snapshot. */
    static Path memoryIn(Path draft) {
        return draft.resolve(MEMORY);
    }

    /**
     * Keep a snapshot whose memory is in a draft, and return the kept one. If it can't be kept, report that, return empty,
     * and leave the draft.
     *
     * @param about a description for users
     */
    Optional<Snapshot> keep(String key, Path draft, String about, Snapshot snapshot) {
        Path place = folder.resolve(key);
        CacheLocks.hold(place);
        try {
            Files.write(draft.resolve(STATE), snapshot.state());
            Files.write(draft.resolve(NOTE), snapshot.note());
            MemoryImage memory = snapshot.memory();
            Index index = new Index(
                    about,
                    memory.bytes() + snapshot.state().length,
                    Files.size(memory.file()),
                    HexFormat.of().formatHex(memory.chunks().toByteArray()),
                    memory.checksum(),
                    checksum(snapshot.state(), snapshot.note()));
            JSON.writeValue(draft.resolve(INDEX).toFile(), index);
            for (String file : List.of(MEMORY, STATE, NOTE, INDEX)) {
                sync(draft.resolve(file));
            }
            publish(draft, place);
            Snapshot kept = read(place);
            discard(draft);
            return Optional.of(kept);
        } catch (IOException e) {
            progress.accept(NOT_KEPT + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Remove a draft, if it still exists. */
    void discard(Path draft) {
        FileTrees.delete(draft);
        CacheLocks.release(draft);
    }

    /** If another run was first, its snapshot stays. */
    private static void publish(Path draft, Path place) throws IOException {
        try {
            Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(place)) {
                throw e;
            }
        }
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static long checksum(byte[] state, byte[] note) {
        CRC32C sum = new CRC32C();
        sum.update(state, 0, state.length);
        sum.update(note, 0, note.length);
        return sum.getValue();
    }
}
