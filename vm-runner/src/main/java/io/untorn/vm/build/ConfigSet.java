package io.untorn.vm.build;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A named configuration, made up of fragments.
 *
 * @param name its name, with which the releases of its kernels end
 * @param about what it is for, for users
 * @param fragments the fragments
 * @param objects about how many files its build compiles, in all kernel versions
 */
public record ConfigSet(String name, String about, List<String> fragments, int objects) {
    private static final String RESOURCE = "/io/untorn/kernelconfigs/sets.json";

    private record Sets(List<ConfigSet> sets) {}

    public ConfigSet {
        fragments = List.copyOf(fragments);
    }

    /** Return all sets that the kit ships. */
    public static List<ConfigSet> all() {
        try (InputStream in = ConfigSet.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            return new JsonMapper().readValue(in, Sets.class).sets();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Return the set with a name; an unknown one is the caller's mistake. */
    public static ConfigSet named(String name) {
        return all().stream()
                .filter(set -> set.name().equals(name))
                .findFirst()
                .orElseThrow(() -> UntornException.caller("no set '" + name + "'; there are: "
                        + all().stream().map(ConfigSet::name).collect(Collectors.joining(", "))));
    }

    List<ConfigFragment> load() {
        return fragments.stream().map(ConfigFragment::load).toList();
    }
}
