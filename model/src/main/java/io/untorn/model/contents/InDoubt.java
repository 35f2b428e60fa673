package io.untorn.model.contents;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One of several versions: nothing was read since the power cut that decides which.
 *
 * @param versions what it may be, the oldest first, each once
 */
public record InDoubt(List<Version> versions) implements Origin {
    /** The most versions of one byte. */
    public static final int MAX_VERSIONS = 256;

    /** What a byte may show, and what it then says about atomic writes. */
    public record Version(Origin origin, List<Claim> claims) {
        public Version {
            claims = List.copyOf(claims);
        }
    }

    /**
     * The word of a byte that an atomic write reached the disk, or did not.
     *
     * @param operation the place in the trace of the operation that asked for it, from 0
     * @param offset where it went, in bytes, which tells it from others that were handed over with it
     * @param length its bytes
     */
    public record Claim(int operation, long offset, long length, boolean stored) {
        public Claim opposite() {
            return new Claim(operation, offset, length, !stored);
        }
    }

    public InDoubt {
        versions = List.copyOf(versions);
    }

    public static InDoubt of(Origin origin) {
        return origin instanceof InDoubt doubt ? doubt : new InDoubt(List.of(new Version(origin, List.of())));
    }

    /**
     * Return this, or what came later. What both may show says only what it says in both.
     *
     * @throws TooManyWorldsException if there are more than {@value #MAX_VERSIONS} versions
     */
    public InDoubt or(InDoubt later) {
        List<Version> all = new ArrayList<>(versions);
        for (Version version : later.versions) {
            Optional<List<Claim>> mine = claims(version.origin);
            mine.ifPresent(claims -> all.remove(new Version(version.origin, claims)));
            all.add(new Version(
                    version.origin,
                    mine.map(claims -> claims.stream()
                                    .filter(version.claims::contains)
                                    .toList())
                            .orElse(version.claims)));
        }
        if (all.size() > MAX_VERSIONS) {
            throw new TooManyWorldsException("a power cut may leave more than " + MAX_VERSIONS
                    + " versions of one byte: sync more often between the writes to one place");
        }
        return new InDoubt(all);
    }

    /** Return this, whose every version claims one thing more. */
    public InDoubt claiming(Claim claim) {
        return new InDoubt(versions.stream()
                .map(version -> {
                    List<Claim> claims = new ArrayList<>(version.claims);
                    claims.add(claim);
                    return new Version(version.origin, claims);
                })
                .toList());
    }

    /** Return what a version claims; empty if it is none of these. */
    public Optional<List<Claim>> claims(Origin seen) {
        return versions.stream()
                .filter(version -> version.origin.equals(seen))
                .map(Version::claims)
                .findFirst();
    }

    @Override
    public InDoubt moved(long by) {
        return new InDoubt(versions.stream()
                .map(version -> new Version(version.origin.moved(by), version.claims))
                .toList());
    }

    @Override
    public String toString() {
        return versions.stream().map(version -> version.origin.toString()).collect(Collectors.joining(" or "));
    }
}
