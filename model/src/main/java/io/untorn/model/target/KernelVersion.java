package io.untorn.model.target;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A kernel version as far as rules distinguish it: major and minor number.
 *
 * @param major the number before the first dot, 0 or more
 * @param minor the number after the first dot, 0 or more
 */
public record KernelVersion(int major, int minor) implements Comparable<KernelVersion> {
    public KernelVersion {
        if (major < 0 || minor < 0) {
            throw new IllegalArgumentException("negative kernel version: " + major + "." + minor);
        }
    }

    /** Return the versions that the rules were read for, the oldest first. */
    public static List<KernelVersion> known() {
        return Known.VERSIONS;
    }

    /** Return the newest of them. */
    public static KernelVersion newest() {
        return Known.VERSIONS.get(Known.VERSIONS.size() - 1);
    }

    /**
     * Read the version at the start of a release string, as {@code uname -r} prints it.
     *
     * <pre>{@code KernelVersion.parse("6.12.117+deb13-cloud-amd64") // 6.12}</pre>
     *
     * @throws IllegalArgumentException if the string does not start with two numbers and a dot between them
     */
    public static KernelVersion parse(String release) {
        Matcher matcher = Known.RELEASE.matcher(release);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a kernel release: '" + release + "'");
        }
        return new KernelVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** Tell whether this version is the other or a later one. */
    public boolean isAtLeast(KernelVersion other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(KernelVersion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }

    /** What a guest has no use for, though it compares versions: streams and a pattern take it a tenth of a second. */
    private static final class Known {
        static final List<KernelVersion> VERSIONS = Stream.concat(
                        IntStream.rangeClosed(1, 19).mapToObj(minor -> new KernelVersion(6, minor)),
                        IntStream.rangeClosed(0, 3).mapToObj(minor -> new KernelVersion(7, minor)))
                .toList();

        static final Pattern RELEASE = Pattern.compile("(\\d+)\\.(\\d+)(?:[^0-9].*)?");
    }
}
