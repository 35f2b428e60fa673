package io.untorn.vm.kernel;

import io.untorn.vm.host.UntornException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Fetch kernel packages from an archive of Debian packages. */
interface DebianArchive {

    /** Return when the index was last brought up to date, empty if there is none. */
    Optional<Instant> refreshed();

    /**
     * Return, at once, what changes whenever the index does or where it comes from; empty where that takes its time.
     */
    default Optional<String> edition() {
        return Optional.empty();
    }

    /**
     * Bring the index up to date.
     *
     * @throws UntornException as failed machinery if nothing could be reached; an older index stays as it was
     */
    void refresh();

    /** Return what the index lists of cloud kernels and their parts. */
    List<KernelPackage> packages();

    /**
     * Fetch a listed package and check it against the index.
     *
     * @throws UntornException as failed machinery if it cannot be had, or is not what the index says
     */
    void download(KernelPackage listed, Path target);

    /**
     * Fetch a package that the index no longer lists, from where it was built beside a listed one. Nothing vouches for
     * what comes.
     *
     * @param name a package of the version that {@code sibling} has
     * @throws UntornException as failed machinery if it cannot be had
     */
    void downloadUnlisted(String name, KernelPackage sibling, Path target);
}
