package io.untorn.vm.kernel;

import io.untorn.vm.host.UntornException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Downloads kernel packages from an archive of Debian packages. */
interface DebianArchive {

    /** Return when the index was last refreshed; empty if there is none. */
    Optional<Instant> refreshed();

    /**
     * Return a text that changes with the index and its origin; empty if it cannot be had at once.
     */
    default Optional<String> edition() {
        return Optional.empty();
    }

    /**
     * Refresh the index.
     *
     * @throws UntornException as failed machinery if nothing could be reached; an older index stays
     */
    void refresh();

    /** Return the cloud kernels in the index, and the packages they consist of. */
    List<KernelPackage> packages();

    /**
     * Download a listed package and check it against the index.
     *
     * @throws UntornException as failed machinery if it cannot be downloaded, or does not match the index
     */
    void download(KernelPackage listed, Path target);

    /**
     * Download a package that the index no longer lists, from the pool folder of a listed one of the same build. Its content
     * is not verified.
     *
     * @param name a package of the version that {@code sibling} has
     * @throws UntornException as failed machinery if it cannot be downloaded
     */
    void downloadUnlisted(String name, KernelPackage sibling, Path target);
}
