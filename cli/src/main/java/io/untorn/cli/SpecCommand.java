package io.untorn.cli;

import io.untorn.conformance.result.ExitCode;
import io.untorn.kernelconfigs.TargetMatrix;
import io.untorn.model.rules.SpecificationName;
import io.untorn.model.target.KernelVersion;
import io.untorn.model.target.TargetKind;
import io.untorn.vm.Targets;
import io.untorn.vm.cache.CacheFolder;
import io.untorn.vm.host.UntornException;
import io.untorn.vm.kernel.KernelSource;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the rules. */
@Command(
        name = "spec",
        description = {"Print the rules with their sources, or what changed between two versions.", ""})
final class SpecCommand implements Callable<Integer> {
    @ArgGroup
    private Which which = new Which();

    @Option(
            names = "--target",
            paramLabel = "NAME",
            description = "A target, as run takes it; may be given several times. Default: every kind.")
    private Set<String> targets = new LinkedHashSet<>();

    @Option(
            names = "--diff",
            paramLabel = "NAME",
            arity = "1..2",
            description = "What changed between two: --diff linux-6.12 linux-6.16, or --spec linux-6.12 --diff"
                    + " linux-6.16.")
    private List<String> compared = List.of();

    @Option(names = "--markdown", description = "Print every rule of every specification: docs/specification.md.")
    private boolean markdown;

    /** Which specification. */
    private static final class Which {
        @Option(
                names = "--spec",
                paramLabel = "NAME",
                description = "linux-6.1 to linux-7.3, rfc-ext4-2023, promise. Default: the newest version of Linux.")
        private @Nullable String name;

        @Option(
                names = "--kernel",
                paramLabel = "REF",
                description =
                        "The rules for a kernel's version, named as for run; the kernel is neither downloaded nor booted.")
        private @Nullable String kernel;

        SpecificationName name() {
            if (kernel != null) {
                KernelSource source = new KernelSource(CacheFolder.path(), System.err::println);
                return SpecificationOption.resolve("linux-" + source.version(kernel));
            }
            return SpecificationOption.resolve(name == null ? "linux-" + KernelVersion.newest() : name);
        }
    }

    @Override
    public Integer call() {
        if (markdown) {
            System.out.print(SpecificationMarkdown.page());
            return ExitCode.CONFORMS.number();
        }
        Set<TargetKind> kinds = kinds();
        SpecificationText text = new SpecificationText(Terminal.width());
        if (compared.isEmpty()) {
            SpecificationName name = which.name();
            kinds.forEach(kind -> text.add(name.on(kind), kind));
        } else {
            SpecificationName before = compared.size() == 1 ? which.name() : SpecificationOption.resolve(first());
            SpecificationName after = SpecificationOption.resolve(compared.get(compared.size() - 1));
            kinds.forEach(kind -> text.add(before.on(kind), after.on(kind), kind));
        }
        System.out.print(text);
        return ExitCode.CONFORMS.number();
    }

    private String first() {
        if (which.name != null || which.kernel != null) {
            throw UntornException.caller("--diff " + String.join(" ", compared) + " names both: leave out "
                    + (which.name == null ? "--kernel" : "--spec"));
        }
        return compared.get(0);
    }

    private Set<TargetKind> kinds() {
        if (targets.isEmpty()) {
            return EnumSet.allOf(TargetKind.class);
        }
        TargetMatrix matrix = TargetMatrix.load();
        return targets.stream()
                .map(name -> Targets.named(matrix, name).kind())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
