package io.untorn.vm.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {
    @TempDir
    Path parent;

    @Test
    void isRemovedOnClose() throws IOException {
        TemporaryFolder folder = TemporaryFolder.createIn(parent);
        Files.createFile(folder.path().resolve("file"));
        assertThat(folder.path()).hasParent(parent);
        folder.close();
        folder.close();
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void removesWhatAKilledRunLeft() throws IOException {
        Path stale = old(withLock("untorn-1"));
        Path empty = old(Files.createDirectory(parent.resolve("untorn-2")));
        Path fresh = withLock("untorn-3");
        Path others = Files.createDirectory(parent.resolve("untorn-4"));
        Files.createFile(others.resolve("file"));
        old(others);
        TemporaryFolder.createIn(parent).close();
        assertThat(stale).doesNotExist();
        assertThat(empty).doesNotExist();
        assertThat(fresh).exists();
        assertThat(others).exists();
    }

    @Test
    void leavesWhatIsInUse() throws Exception {
        TemporaryFolder own = TemporaryFolder.createIn(parent);
        old(own.path());
        Path others = withLock("untorn-1");
        Process other = LockedByAnother.start(others.resolve("lock"));
        try {
            old(others);
            TemporaryFolder.createIn(parent).close();
            assertThat(own.path()).exists();
            assertThat(others).exists();
        } finally {
            other.destroyForcibly().waitFor();
        }
        TemporaryFolder.createIn(parent).close();
        assertThat(others).doesNotExist();
        own.close();
    }

    private Path withLock(String name) throws IOException {
        Path folder = Files.createDirectory(parent.resolve(name));
        Files.createFile(folder.resolve("lock"));
        return folder;
    }

    private static Path old(Path folder) throws IOException {
        return Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minusSeconds(120)));
    }
}
