package io.untorn.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.untorn.vm.cache.CacheLocks;
import io.untorn.vm.host.LockedByAnother;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheTest {
    private static final int SIZE = 1000;
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private final List<String> progress = new ArrayList<>();
    private Path oldest;
    private Path middle;
    private Path newest;

    @BeforeEach
    void fill() throws IOException {
        middle = entry("images/guest-2.cpio", 2);
        oldest = entry("kernels/debian-1/vmlinuz", 1).getParent();
        Files.setLastModifiedTime(oldest, FileTime.from(THEN.plusSeconds(1)));
        newest = entry("images/guest-3.cpio", 3);
    }

    private Path entry(String name, int second) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[SIZE]);
        Files.setLastModifiedTime(file, FileTime.from(THEN.plusSeconds(second)));
        return file;
    }

    private Cache cache() {
        return new Cache(folder, progress::add);
    }

    @Test
    void listsTheMostRecentlyUsedFirst() {
        assertThat(cache().entries()).extracting(Cache.Entry::place).containsExactly(newest, middle, oldest);
        assertThat(cache().entries()).extracting(Cache.Entry::bytes).containsOnly((long) SIZE);
        assertThat(cache().entries().get(2).about()).isEqualTo("kernel: debian-1");
    }

    @Test
    void describesEntriesForUsers() throws IOException {
        entry("images/vmlinux-6.12.0-test+-0123456789abcdef", 4);
        assertThat(cache().entries().get(0).about())
                .isEqualTo("kernel, unpacked: vmlinux-6.12.0-test+-0123456789abcdef");
    }

    @Test
    void removesTheLeastRecentlyUsed() {
        cache().keepWithin(2 * SIZE);
        assertThat(oldest).doesNotExist();
        assertThat(middle).exists();
        assertThat(progress).containsExactly("removed from the cache: kernel: debian-1");
        cache().keepWithin(2 * SIZE);
        assertThat(progress).hasSize(1);
    }

    @Test
    void whatIsUsedBecomesTheNewestAndStays() {
        CacheLocks.hold(oldest);
        assertThat(cache().entries().get(0).place()).isEqualTo(oldest);
        cache().keepWithin(0);
        assertThat(oldest).exists();
        assertThat(middle).doesNotExist();
        assertThat(newest).doesNotExist();
        CacheLocks.release(oldest);
        cache().keepWithin(0);
        assertThat(oldest).doesNotExist();
    }

    @Test
    void whatAnotherRunUsesStays() throws Exception {
        CacheLocks.hold(middle);
        Path lock = folder.resolve("locks/images-guest-2.cpio");
        CacheLocks.release(middle);
        Files.createFile(lock);
        Process other = LockedByAnother.start(lock);
        try {
            cache().keepWithin(0);
            assertThat(middle).exists();
            assertThat(newest).doesNotExist();
        } finally {
            other.destroyForcibly().waitFor();
        }
        cache().keepWithin(0);
        assertThat(middle).doesNotExist();
    }

    @Test
    void removesOldDrafts() throws IOException {
        Path draft = entry("snapshots/key.1.tmp/memory", 1).getParent();
        Files.setLastModifiedTime(draft, FileTime.from(THEN));
        Path fresh = folder.resolve("snapshots/key.2.tmp");
        Files.createDirectory(fresh);
        cache().keepWithin(10 * SIZE);
        assertThat(draft).doesNotExist();
        assertThat(fresh).exists();
        assertThat(cache().entries()).hasSize(3);
    }

    @Test
    void readsSizes() {
        assertThat(Cache.size("--limit", "0")).isZero();
        assertThat(Cache.size("--limit", "500M")).isEqualTo(500L << 20);
        assertThat(Cache.size("--limit", "20GiB")).isEqualTo(20L << 30);
        assertThatThrownBy(() -> Cache.size("--limit", "much"))
                .hasMessage("--limit much: give a size such as 500M or 20G");
        assertThat(Cache.limit(Map.of())).isEqualTo(10L << 30);
        assertThat(Cache.limit(Map.of("UNTORN_CACHE_LIMIT", "1t"))).isEqualTo(1L << 40);
        assertThatThrownBy(() -> Cache.limit(Map.of("UNTORN_CACHE_LIMIT", "-1")))
                .hasMessageStartingWith("UNTORN_CACHE_LIMIT -1: ");
    }
}
