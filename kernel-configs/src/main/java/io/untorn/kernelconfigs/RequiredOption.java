package io.untorn.kernelconfigs;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An option of the kernel's configuration that every guest needs, from {@code required-options.json}. Those of modules are in
 * {@link TargetMatrix#kconfig}; without the options for libaio and io_uring a kernel lacks only that.
 *
 * <p>What a Java runtime needs was found by denying it the system calls of an option: without those of EPOLL, EVENTFD,
 * SIGNALFD, TIMERFD, POSIX_TIMERS, FILE_LOCKING, ADVISE_SYSCALLS, MEMBARRIER, RSEQ and MULTIUSER it still works.
 *
 * @param option its name, {@code CONFIG_UNIX}: it must be {@code y}
 * @param reason what needs it
 * @param shownBy a regular expression for the console of a boot without it, as one text; empty if nothing there tells it
 * @param sample what such a console says; empty if nothing does
 */
public record RequiredOption(String option, String reason, String shownBy, String sample) {
    private static final String RESOURCE = "/io/untorn/kernelconfigs/required-options.json";

    /** Return all of them. */
    public static List<RequiredOption> all() {
        try (InputStream in = RequiredOption.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            return List.of(new JsonMapper().readValue(in, RequiredOption[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Return the one that a boot failed without, according to its console; empty if that names none. */
    public static Optional<RequiredOption> shownBy(List<String> console) {
        String text = String.join("\n", console);
        return all().stream().filter(required -> required.isShownBy(text)).findFirst();
    }

    private boolean isShownBy(String console) {
        return !shownBy.isEmpty()
                && Pattern.compile(shownBy, Pattern.DOTALL).matcher(console).find();
    }

    /** Tell whether a configuration has it. */
    public boolean isIn(List<String> config) {
        return config.contains(option + "=y");
    }

    /** Return the option and what needs it. */
    @Override
    public String toString() {
        return option + "=y: " + reason;
    }
}
