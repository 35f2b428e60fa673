package io.untorn.conformance.reproducer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A C function, or several, that steps call, in the order of their definitions in a program. Each is a resource of that
 * name, with its headers on top.
 */
enum CHelper {
    TARGET,
    TWIN(TARGET),
    CHECK,
    MEMORY,
    WORD,
    STAMP(WORD),
    HOLDS_STAMP(WORD),
    PRINT_DATA(WORD),
    STATX(TARGET),
    STATX_AT(STATX),
    STATX_O_PATH(STATX),
    STATX_LINK(STATX_AT),
    STATX_DIRECTORY(STATX_AT),
    STATX_IS(STATX),
    PRINT_LIMITS(STATX),
    NEED_ATOMIC_WRITES(STATX),
    ZERO(TARGET, MEMORY),
    MAP(STATX),
    LOAD(MAP, MEMORY),
    STORE(MAP, STAMP),
    INSIDE(STATX),
    HELD,
    HOLD(HELD, TARGET),
    HELD_LOAD(HELD, INSIDE, MEMORY),
    HELD_STORE(HELD, INSIDE, STORE),
    RING(TARGET),
    RING_WRITE(RING),
    RING_FIXED(RING_WRITE, MEMORY),
    AIO(TARGET),
    AIO_WRITE(AIO),
    BATCH,
    RING_BATCH(RING, BATCH),
    AIO_BATCH(AIO, BATCH),
    CLONE,
    CALLS,
    LIMIT,
    TWIN_LOAD(TWIN, MEMORY),
    FILLER(TARGET),
    FILL(FILLER),
    FILL_RESERVED(FILLER),
    FILL_CHECKERBOARD(FILLER),
    DROP_CACHES(TARGET),
    HINT(TARGET),
    ATTRIBUTE(TARGET),
    CHANGE_ATTRIBUTE(ATTRIBUTE),
    REOPEN(TARGET),
    EXTENTS(TARGET),
    FIND_MOUNT(TARGET),
    REMOUNT_LIVE(FIND_MOUNT, STATX),
    MOUNT_AGAIN(FIND_MOUNT, STATX, TWIN),
    MOUNT_AGAIN_PLAIN(MOUNT_AGAIN, ATTRIBUTE),
    FREEZE(TARGET),
    PINNED_PAGES,
    CHECK_FILE_SYSTEM(FIND_MOUNT, TWIN, ATTRIBUTE),
    SPACE_IN_USE(FIND_MOUNT, TWIN, ATTRIBUTE, FILL),
    KMSG;

    private static final String INCLUDE = "#include ";

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes an immutable one
    private final List<CHelper> needs;

    CHelper(CHelper... needs) {
        this.needs = List.of(needs);
    }

    /** Return these with all that they need, in order. */
    static Set<CHelper> closure(Set<CHelper> wanted) {
        Set<CHelper> all = EnumSet.noneOf(CHelper.class);
        wanted.forEach(helper -> helper.addTo(all));
        return all;
    }

    private void addTo(Set<CHelper> all) {
        if (all.add(this)) {
            needs.forEach(needed -> needed.addTo(all));
        }
    }

    /** Return the headers that it includes, as in {@code <stdio.h>}. */
    List<String> headers() {
        return text().lines()
                .filter(line -> line.startsWith(INCLUDE))
                .map(line -> line.substring(INCLUDE.length()))
                .toList();
    }

    /** Return its code, without the headers. */
    String code() {
        return String.join(
                        "\n",
                        text().lines().filter(line -> !line.startsWith(INCLUDE)).toList())
                .strip();
    }

    private String text() {
        String resource = name().toLowerCase(Locale.ROOT) + ".c";
        try (InputStream in = CHelper.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
