package io.untorn.vm.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageCacheTest {
    @TempDir
    Path folder;

    private ImageCache cache;

    @BeforeEach
    void create() throws IOException {
        folder = Files.createDirectory(folder.resolve("images"));
        cache = new ImageCache(folder);
    }

    @Test
    void makesAnEntryOnce() throws IOException {
        cache.get("thing", 1, place -> Files.writeString(place, "first"));
        Path thing = cache.get("thing", 1, place -> Files.writeString(place, "second"));

        assertThat(thing).isEqualTo(folder.resolve("thing")).hasContent("first");
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void keepsTheFolderOfAnotherProcess() throws IOException {
        Path thing = cache.get("thing", 1, place -> {
            Files.createDirectories(folder.resolve("thing/theirs"));
            Files.createDirectories(place.resolve("ours"));
        });

        assertThat(thing).isDirectoryContaining("glob:**/theirs").isDirectoryNotContaining("glob:**/ours");
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void leavesNothingAfterAFailure() {
        assertThatThrownBy(() -> cache.get("thing", 1, place -> {
                    Files.writeString(place, "half");
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(UntornException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("MiB are free");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void reportsMissingSpaceBeforeItStarts() {
        assertThatThrownBy(() -> cache.get("thing", Long.MAX_VALUE / 2, place -> Files.writeString(place, "")))
                .isInstanceOf(UntornException.class)
                .hasMessageContaining("no space")
                .hasMessageContaining(folder.toString());
        assertThat(folder).isEmptyDirectory();
    }
}
