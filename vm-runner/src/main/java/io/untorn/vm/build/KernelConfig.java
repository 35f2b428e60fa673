package io.untorn.vm.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The resulting configuration of a kernel: the {@code .config} of a build. */
final class KernelConfig {
    private final Map<String, String> values;

    private KernelConfig(Map<String, String> values) {
        this.values = values;
    }

    static KernelConfig read(Path file) throws IOException {
        return parse(Files.readAllLines(file));
    }

    static KernelConfig parse(List<String> lines) {
        Map<String, String> values = new HashMap<>();
        for (String line : lines) {
            ConfigOption.parse(line).ifPresent(option -> values.put(option.name(), option.value()));
        }
        return new KernelConfig(values);
    }

    /** Return the value of an option, {@code n} if it is missing. */
    String value(String name) {
        return values.getOrDefault(name, ConfigOption.OFF);
    }

    /** Return the value of a Kconfig symbol. */
    String valueOf(String symbol) {
        return value("CONFIG_" + symbol);
    }

    boolean has(ConfigOption option) {
        return value(option.name()).equals(option.value());
    }
}
