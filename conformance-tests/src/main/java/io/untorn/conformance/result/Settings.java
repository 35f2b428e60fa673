package io.untorn.conformance.result;

import io.untorn.agent.protocol.SystemCallFault;
import io.untorn.conformance.judge.DeviationPolicy;
import io.untorn.conformance.judge.Judge;
import io.untorn.model.rules.SpecificationName;
import io.untorn.vm.host.UntornException;
import io.untorn.vm.qemu.Reset;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a run was asked to do.
 *
 * @param kernel the kernel, as users name it: {@code debian:7.3}, or a file
 * @param modules the folder of the kernel's modules, for a kernel that is a file
 * @param specification what to judge by; that of the kernel's version, if none is named
 * @param effort how much to do on each target
 * @param seed what every random choice comes from
 * @param policy which known deviations are tolerated
 * @param fault the fault to seed, to see that it is found
 * @param output the folder that findings go to
 * @param reset where pristine machines come from
 */
public record Settings(
        String kernel,
        Optional<Path> modules,
        Optional<SpecificationName> specification,
        Effort effort,
        long seed,
        DeviationPolicy policy,
        SystemCallFault fault,
        Path output,
        Reset reset) {
    /** The kernel that is taken when none is named: the newest that the archive offers. */
    public static final String DEFAULT_KERNEL = "debian:newest";

    /** The default seed of a build, so that it repeats what the last one did. */
    private static final long SEED_OF_A_BUILD = 1;

    private static final String RANDOM = "random";

    /** Create settings with pristine machines from snapshots. */
    public Settings(
            String kernel,
            Optional<Path> modules,
            Optional<SpecificationName> specification,
            Effort effort,
            long seed,
            DeviationPolicy policy,
            SystemCallFault fault,
            Path output) {
        this(kernel, modules, specification, effort, seed, policy, fault, output, Reset.SNAPSHOT);
    }

    /** Return these settings with pristine machines from elsewhere. */
    public Settings with(Reset other) {
        return new Settings(kernel, modules, specification, effort, seed, policy, fault, output, other);
    }

    /** Return these settings with another fault to seed. */
    public Settings seeding(SystemCallFault other) {
        return new Settings(kernel, modules, specification, effort, seed, policy, other, output, reset);
    }

    /** Return these settings with another seed. */
    public Settings seeded(long other) {
        return new Settings(kernel, modules, specification, effort, other, policy, fault, output);
    }

    /** Return these settings with another folder that findings go to. */
    public Settings into(Path other) {
        return new Settings(kernel, modules, specification, effort, seed, policy, fault, other, reset);
    }

    /** Return a seed for a run that none is given for. */
    public static long randomSeed() {
        return new Random().nextInt(Integer.MAX_VALUE);
    }

    /**
     * Read the settings that a Maven build passes: {@code untorn.kernel}, {@code untorn.modules}, {@code untorn.spec},
     * {@code untorn.seed} (a number, or {@code random}), {@code untorn.tries}, {@code untorn.strict}, {@code
     * untorn.fixed} (ids of known deviations, with commas between), {@code untorn.fault}, {@code untorn.output} and {@code
     * untorn.snapshots} ({@code true} or {@code false}).
     */
    public static Settings from(Properties properties) {
        String fault = properties.getProperty("untorn.fault", SystemCallFault.NONE.label());
        return new Settings(
                value(properties, "untorn.kernel").orElse(DEFAULT_KERNEL),
                value(properties, "untorn.modules").map(Path::of),
                value(properties, "untorn.spec").map(Judge::specification),
                value(properties, "untorn.tries")
                        .map(tries -> Effort.DEFAULT.times((int) number("untorn.tries", tries)))
                        .orElse(Effort.DEFAULT),
                value(properties, "untorn.seed").map(Settings::seed).orElse(SEED_OF_A_BUILD),
                new DeviationPolicy(
                        Boolean.parseBoolean(properties.getProperty("untorn.strict")),
                        value(properties, "untorn.fixed").stream()
                                .flatMap(Pattern.compile(",")::splitAsStream)
                                .collect(Collectors.toSet())),
                SystemCallFault.labelled(fault)
                        .orElseThrow(() -> UntornException.caller(
                                "no fault '" + fault + "'; there are: " + SystemCallFault.labels())),
                Path.of(properties.getProperty("untorn.output", "target/untorn")),
                Boolean.parseBoolean(properties.getProperty("untorn.snapshots", "true")) ? Reset.SNAPSHOT : Reset.BOOT);
    }

    private static Optional<String> value(Properties properties, String name) {
        return Optional.ofNullable(properties.getProperty(name)).filter(value -> !value.isBlank());
    }

    private static long seed(String value) {
        if (value.equals(RANDOM)) {
            return randomSeed();
        }
        try {
            return number("untorn.seed", value);
        } catch (UntornException e) {
            throw UntornException.caller(e.getMessage() + "; '" + RANDOM + "' takes a new one each time");
        }
    }

    private static long number(String name, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw UntornException.caller("-D" + name + "=" + value + " is not a number");
        }
    }
}
