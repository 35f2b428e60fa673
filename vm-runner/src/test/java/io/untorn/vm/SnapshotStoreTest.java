package io.untorn.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotStoreTest {
    private static final int SIZE = 3 << 20;
    private static final byte[] STATE = {1, 2, 3};
    private static final byte[] NOTE = {4};

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();
    private SnapshotStore store;
    private Snapshot snapshot;

    @BeforeEach
    void create() throws IOException {
        store = new SnapshotStore(folder.resolve("snapshots"), told::add);
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
        Snapshot kept = store.keep("key", "ext4", snapshot).orElseThrow();
        Snapshot found = store.find("key").orElseThrow();
        assertThat(found.state()).isEqualTo(STATE);
        assertThat(found.note()).isEqualTo(NOTE);
        assertThat(found.memory()).isEqualTo(kept.memory());
        assertThat(found.memory().file())
                .hasSameBinaryContentAs(snapshot.memory().file());
        assertThat(found.memory().bytes()).as("what is not zeros").isEqualTo(1 << 16);
        assertThat(told).isEmpty();
        assertThat(folder.resolve("snapshots")).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void theFirstOfTwoStays() throws IOException {
        store.keep("key", "ext4", snapshot);
        byte[] others = {9};
        assertThat(store.keep("key", "ext4", new Snapshot(others, snapshot.memory(), NOTE))
                        .orElseThrow()
                        .state())
                .isEqualTo(STATE);
    }

    @Test
    void dropsOneWithAWrongByte() throws IOException {
        store.keep("key", "ext4", snapshot);
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("snapshots/key/memory").toFile(), "rw")) {
            file.seek((1 << 20) + 1);
            file.write('?');
        }
        assertDropped("its checksum is wrong");
    }

    @Test
    void dropsOneThatIsCutShort() throws IOException {
        store.keep("key", "ext4", snapshot);
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("snapshots/key/memory").toFile(), "rw")) {
            file.setLength(2 << 20);
        }
        assertDropped("its memory is 2097152 bytes, not 3145728");
    }

    @Test
    void dropsOneWithoutItsIndex() throws IOException {
        store.keep("key", "ext4", snapshot);
        Files.writeString(folder.resolve("snapshots/key/snapshot.json"), "{\"about\"");
        assertDropped("dropping a broken snapshot");
    }

    private void assertDropped(String why) {
        assertThat(store.find("key")).isEmpty();
        assertThat(told)
                .singleElement()
                .asString()
                .contains(folder.resolve("snapshots/key").toString(), why);
        assertThat(told.get(0).lines()).hasSize(1);
        assertThat(folder.resolve("snapshots/key")).doesNotExist();
        assertThat(store.keep("key", "ext4", snapshot)).isPresent();
    }

    @Test
    void tellsWhereItCanNotKeepOneAndLeavesNothing() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        SnapshotStore nowhere = new SnapshotStore(file.resolve("snapshots"), told::add);
        assertThat(nowhere.keep("key", "ext4", snapshot)).isEmpty();
        assertThat(told)
                .singleElement()
                .asString()
                .startsWith("cannot keep a snapshot of the machine, so the next run boots again");
    }
}
