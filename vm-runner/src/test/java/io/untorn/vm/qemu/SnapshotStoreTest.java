package io.untorn.vm.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotStoreTest {
    private static final int SIZE = 3 << 20;
    private static final byte[] STATE = {1, 2, 3};
    private static final byte[] NOTE = {4};

    @TempDir
    Path folder;

    private final List<String> progress = new ArrayList<>();
    private SnapshotStore store;
    private Snapshot snapshot;

    @BeforeEach
    void create() throws IOException {
        store = new SnapshotStore(folder.resolve("snapshots"), progress::add);
        Path memory = folder.resolve("guest");
        try (RandomAccessFile file = new RandomAccessFile(memory.toFile(), "rw")) {
            file.setLength(SIZE);
            file.seek(1 << 20);
            file.write("data".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        snapshot = new Snapshot(STATE, MemoryImage.of(memory), NOTE);
    }

    @Test
    void findsWhatItKept() throws IOException {
        assertThat(store.find("key")).isEmpty();
        Snapshot kept = keep(store, snapshot).orElseThrow();
        Snapshot found = store.find("key").orElseThrow();
        assertThat(found.state()).isEqualTo(STATE);
        assertThat(found.note()).isEqualTo(NOTE);
        assertThat(found.memory()).isEqualTo(kept.memory());
        assertThat(found.memory().file())
                .hasSameBinaryContentAs(snapshot.memory().file());
        assertThat(found.memory().bytes()).as("what is not zeros").isEqualTo(1 << 16);
        assertThat(progress).isEmpty();
        assertThat(folder.resolve("snapshots")).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void theFirstOfTwoStays() throws IOException {
        keep(store, snapshot);
        byte[] others = {9};
        assertThat(keep(store, new Snapshot(others, snapshot.memory(), NOTE))
                        .orElseThrow()
                        .state())
                .isEqualTo(STATE);
    }

    @Test
    void dropsOneWithAWrongByte() throws IOException {
        keep(store, snapshot);
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("snapshots/key/memory").toFile(), "rw")) {
            file.seek((1 << 20) + 1);
            file.write('?');
        }
        assertDropped("its checksum is wrong");
    }

    @Test
    void dropsOneThatIsCutShort() throws IOException {
        keep(store, snapshot);
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("snapshots/key/memory").toFile(), "rw")) {
            file.setLength(2 << 20);
        }
        assertDropped("its memory is 2097152 bytes, not 3145728");
    }

    @Test
    void dropsOneWithoutItsIndex() throws IOException {
        keep(store, snapshot);
        Files.writeString(folder.resolve("snapshots/key/snapshot.json"), "{\"about\"");
        assertDropped("dropping a broken snapshot");
    }

    private void assertDropped(String why) throws IOException {
        assertThat(store.find("key")).isEmpty();
        assertThat(progress)
                .singleElement()
                .asString()
                .contains(folder.resolve("snapshots/key").toString(), why);
        assertThat(progress.get(0).lines()).hasSize(1);
        assertThat(folder.resolve("snapshots/key")).doesNotExist();
        assertThat(keep(store, snapshot)).isPresent();
    }

    @Test
    void reportsThatItCannotKeepOne() throws IOException {
        Path draft = store.draft("key");
        Snapshot written = new Snapshot(STATE, snapshot.memory().copyTo(SnapshotStore.memoryIn(draft)), NOTE);
        Files.createDirectory(draft.resolve("snapshot.json"));
        assertThat(store.keep("key", draft, "ext4", written)).isEmpty();
        assertThat(progress)
                .singleElement()
                .asString()
                .startsWith("cannot keep a snapshot of the machine, so the next run boots again");
        assertThat(written.memory().file()).as("serves this run").exists();
        store.discard(draft);
        assertThat(folder.resolve("snapshots")).isEmptyDirectory();
    }

    private static Optional<Snapshot> keep(SnapshotStore store, Snapshot snapshot) throws IOException {
        Path draft = store.draft("key");
        MemoryImage memory = snapshot.memory().copyTo(SnapshotStore.memoryIn(draft));
        return store.keep("key", draft, "ext4", new Snapshot(snapshot.state(), memory, snapshot.note()));
    }
}
