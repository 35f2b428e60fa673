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
 * A configuration fragment: the options for one purpose, from a file in the module {@code kernel-configs}.
 *
 * <p>The file has groups of options, separated by empty lines, and each group begins with its reason. If an option was
 * renamed, a line {@code # in older trees: CONFIG_NAME=value} follows it.
 *
 * @param name the name of the fragment
 * @param wanted the options that the resulting configuration must have
 * @param oldNames options that are set too, but need not exist in every tree
 */
record ConfigFragment(String name, List<WantedOption> wanted, List<ConfigOption> oldNames) {
    private static final String FOLDER = "/io/untorn/kernelconfigs/fragments/";
    private static final Pattern OLD_NAME = Pattern.compile("# in older trees: (.*)");

    /** An option with its value, and the reason for it. */
    record WantedOption(ConfigOption option, String reason) {}

    /** Load a fragment that the kit ships. */
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
     * Parse the text of a fragment.
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
