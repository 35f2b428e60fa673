package io.untorn.vm.cache;

import java.nio.file.Path;
import java.util.Map;

/** The folder of the cache. */
public final class CacheFolder {
    private CacheFolder() {}

    /** Return {@code $XDG_CACHE_HOME/untorn}, or {@code ~/.cache/untorn}; it need not exist. */
    public static Path path() {
        return path(System.getenv(), System.getProperty("user.home"));
    }

    static Path path(Map<String, String> environment, String home) {
        String base = environment.getOrDefault("XDG_CACHE_HOME", "");
        return (base.isEmpty() ? Path.of(home, ".cache") : Path.of(base)).resolve("untorn");
    }
}
