package io.untorn.vm.build;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The options of one concern: the module {@code kernel-configs} holds each concern in a file.
 *
 * <p>In the file, options stand in groups with an empty line between, and each group begins with the reason for it. An
 * option that had another name once is followed by a line {@code # in older trees: CONFIG_NAME=value}.
 *
 * @param name the concern
 * @param wanted the options that a build must come out with
 * @param oldNames what is asked for besides, and is not there in every tree
 */
record ConfigFragment(String name, List<WantedOption> wanted, List<ConfigOption> oldNames) {
    private static final String FOLDER = "/io/untorn/kernelconfigs/fragments/";
    private static final Pattern OLD_NAME = Pattern.compile("# in older trees: (.*)");

    /** An option, and why it is as it is. */
    record WantedOption(ConfigOption option, String reason) {}

    /** Read a fragment that the kit ships. */
    static ConfigFragment load(String name) {
        try (InputStream in = ConfigFragment.class.getResourceAsStream(FOLDER + name + ".config")) {
            if (in == null) {
                throw new IllegalStateException("there is no fragment " + name + " on the class path");
            }
            return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Read the text of a fragment.
     *
     * @throws IllegalArgumentException if an option has no reason, or a line is none of the three
     */
    static ConfigFragment parse(String name, String text) {
        List<WantedOption> wanted = new ArrayList<>();
        List<ConfigOption> oldNames = new ArrayList<>();
        String reason = "";
        for (String line : text.lines().toList()) {
            Optional<ConfigOption> option = ConfigOption.parse(line);
            Matcher oldName = OLD_NAME.matcher(line);
            if (option.isPresent()) {
                if (reason.isEmpty()) {
                    throw new IllegalArgumentException("fragment " + name + " does not say why: " + line);
                }
                wanted.add(new WantedOption(option.get(), reason));
            } else if (oldName.matches()) {
                oldNames.add(ConfigOption.parse(oldName.group(1)).orElseThrow());
            } else if (line.startsWith("# ")) {
                reason = reason.isEmpty() ? line.substring(2) : reason + " " + line.substring(2);
            } else if (line.isBlank()) {
                reason = "";
            } else {
                throw new IllegalArgumentException("fragment " + name + " has a line that is no option: " + line);
            }
        }
        return new ConfigFragment(name, List.copyOf(wanted), List.copyOf(oldNames));
    }
}
