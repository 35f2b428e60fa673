package io.untorn.cli;

import io.untorn.conformance.judge.Judge;
import io.untorn.model.rules.SpecificationName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which specification to judge by: the option that commands share. */
final class SpecificationOption {
    @Option(
            names = "--spec",
            paramLabel = "NAME",
            description = "What to judge by: linux-6.1 to linux-7.3, rfc-ext4-2023, or promise (what man pages and "
                    + "Documentation/ promise). Default: Linux of the kernel's version.")
    private @Nullable String name;

    /** Return the specification named, if any; an unknown one is the caller's mistake. */
    Optional<SpecificationName> named() {
        return Optional.ofNullable(name).map(SpecificationOption::resolve);
    }

    /** Return the specification with a name; note on standard error if it stands in for a newer one. */
    static SpecificationName resolve(String asked) {
        SpecificationName name = Judge.specification(asked);
        if (!name.toString().equals(asked)) {
            System.err.println("note: " + asked + " is newer than the rules; those of " + name + " apply");
        }
        return name;
    }
}
