package io.untorn.model.state;

/** What of the file or device, and of its twin, may be in the page cache. */
public record PageCaches(CachedPages file, CachedPages twin) {
    public static final PageCaches NONE = new PageCaches(CachedPages.NONE, CachedPages.NONE);

    public static final PageCaches ANY = new PageCaches(CachedPages.ANY, CachedPages.ANY);

    /** Return what may be there if either of two may be. */
    public PageCaches or(PageCaches other) {
        return new PageCaches(file.or(other.file), twin.or(other.twin));
    }

    /** Return these as the twin sees them, which takes itself for the file. */
    public PageCaches ofTwin() {
        return new PageCaches(/* file= */ twin, /* twin= */ file);
    }
}
