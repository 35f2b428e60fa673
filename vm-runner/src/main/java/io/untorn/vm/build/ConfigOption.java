package io.untorn.vm.build;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of a kernel's configuration.
 *
 * @param name the option, {@code CONFIG_XFS_FS}
 * @param value {@code y}, {@code m}, {@code n} if it is not set, a number, or a string in its quotes
 */
record ConfigOption(String name, String value) {
    /** The value of an option that is not set. */
    static final String OFF = "n";

    private static final String PREFIX = "CONFIG_";
    private static final Pattern SET = Pattern.compile("(CONFIG_\\w+)=(.*)");
    private static final Pattern NOT_SET = Pattern.compile("# (CONFIG_\\w+) is not set");

    /** Parse a line; empty if it sets no option. */
    static Optional<ConfigOption> parse(String line) {
        Matcher set = SET.matcher(line);
        if (set.matches()) {
            return Optional.of(new ConfigOption(set.group(1), set.group(2)));
        }
        Matcher notSet = NOT_SET.matcher(line);
        return notSet.matches() ? Optional.of(new ConfigOption(notSet.group(1), OFF)) : Optional.empty();
    }

    /** Return its name in Kconfig files, without the prefix. */
    String symbol() {
        return name.substring(PREFIX.length());
    }

    /** Tell whether the option is off. */
    boolean isOff() {
        return value.equals(OFF);
    }

    @Override
    public String toString() {
        return isOff() ? "# " + name + " is not set" : name + "=" + value;
    }
}
