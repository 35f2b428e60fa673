package io.untorn.model.history;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The error number of a system call, by its Linux value.
 *
 * @param number the value of {@code errno}, 1 to 4095
 */
public record Errno(int number) {
    public static final Errno EPERM = new Errno(1);
    public static final Errno EIO = new Errno(5);
    public static final Errno EBADF = new Errno(9);
    public static final Errno EAGAIN = new Errno(11);
    public static final Errno EACCES = new Errno(13);
    public static final Errno EFAULT = new Errno(14);
    public static final Errno EINVAL = new Errno(22);
    public static final Errno ENOTTY = new Errno(25);
    public static final Errno EFBIG = new Errno(27);
    public static final Errno ENOSPC = new Errno(28);
    public static final Errno EOPNOTSUPP = new Errno(95);
    public static final Errno EUCLEAN = new Errno(117);
    public static final Errno EREMOTEIO = new Errno(121);

    public Errno {
        if (number < 1 || number > 4095) {
            throw new IllegalArgumentException("not an errno: " + number);
        }
    }

    /** Return the one with a name, {@code EIO}; empty if the model knows none of that name. */
    public static Optional<Errno> named(String name) {
        return Known.NAMES.entrySet().stream()
                .filter(known -> known.getValue().equals(name))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Return those that the model knows by name. */
    public static Set<Errno> known() {
        return Known.NAMES.keySet();
    }

    /** Tell whether a write fails with this before it sends data anywhere. */
    public boolean comesFirst() {
        return Known.FIRST.contains(this);
    }

    @Override
    public String toString() {
        return Known.NAMES.getOrDefault(this, "errno " + number);
    }

    /** What a guest has no use for: the JVM makes the methods that it takes to look these up as it runs, which takes a while. */
    private static final class Known {
        static final Map<Errno, String> NAMES = Map.ofEntries(
                Map.entry(EPERM, "EPERM"),
                Map.entry(EIO, "EIO"),
                Map.entry(EBADF, "EBADF"),
                Map.entry(EAGAIN, "EAGAIN"),
                Map.entry(EACCES, "EACCES"),
                Map.entry(EFAULT, "EFAULT"),
                Map.entry(EINVAL, "EINVAL"),
                Map.entry(ENOTTY, "ENOTTY"),
                Map.entry(EFBIG, "EFBIG"),
                Map.entry(ENOSPC, "ENOSPC"),
                Map.entry(EOPNOTSUPP, "EOPNOTSUPP"),
                Map.entry(EUCLEAN, "EUCLEAN"),
                Map.entry(EREMOTEIO, "EREMOTEIO"));

        static final Set<Errno> FIRST = Set.of(EPERM, EBADF, EAGAIN, EFAULT, EINVAL, EFBIG, ENOSPC, EOPNOTSUPP);
    }
}
