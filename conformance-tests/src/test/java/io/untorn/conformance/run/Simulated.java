package io.untorn.conformance.run;

import io.untorn.agent.protocol.SystemCallFault;
import io.untorn.conformance.corpus.Corpus;
import io.untorn.conformance.generate.TraceArbitraries;
import io.untorn.conformance.generate.partition.Partition;
import io.untorn.conformance.judge.DeviationPolicy;
import io.untorn.conformance.judge.KnownDeviation;
import io.untorn.conformance.result.Effort;
import io.untorn.conformance.result.Settings;
import io.untorn.model.history.Environment;
import io.untorn.model.history.KernelUnderTest;
import io.untorn.model.history.Trace;
import io.untorn.model.target.Facility;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import io.untorn.simulated.SimulatedKernel;
import io.untorn.simulated.SimulatedMachine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;

/** Sessions and traces for simulated kernels. */
public final class Simulated {
    /** No kernel was ever seen to do what a seeded fault does. */
    private static final DeviationPolicy NOTHING_IS_KNOWN = new DeviationPolicy(
            true, KnownDeviation.shipped().stream().map(KnownDeviation::id).collect(Collectors.toSet()));

    private static final long SEED = 42;

    public static final Target DEVICE = new Target("bdev", TargetKind.BLOCK_DEVICE, 512, 512, false);
    public static final Target EXT4 = new Target("ext4", TargetKind.EXT4, 4096, 4096, false);
    public static final Target BIGALLOC = new Target("ext4-bigalloc", TargetKind.EXT4, 4096, 16384, false);
    public static final Target XFS = new Target("xfs", TargetKind.XFS, 4096, 4096, true);

    private Simulated() {}

    public static Session session(SimulatedMachine machine, int tries, Path output) {
        return session(machine, tries, 1, output);
    }

    public static Session session(SimulatedMachine machine, Settings settings) {
        return new Session(settings, new SilentListener(), () -> new SimulatedKernel(machine));
    }

    /** Create a session that draws from a seed, and ends a target after a finding. */
    public static Session session(SimulatedMachine machine, long seed, int tries, Path output) {
        return new Session(
                settings(seed, tries, 1, output),
                new SilentListener(),
                Partition.OF_ATOMIC_WRITES,
                Corpus.EMPTY,
                () -> new SimulatedKernel(machine));
    }

    /** Create a session that ends a target after a number of findings. */
    public static Session session(SimulatedMachine machine, int tries, int findings, Path output) {
        return session(new SimulatedKernel(machine), Partition.OF_ATOMIC_WRITES, tries, findings, output);
    }

    /** Create a session whose atomic writes are drawn from a partition, and counted by it. */
    public static Session session(KernelUnderTest kernel, Partition partition, int tries, int findings, Path output) {
        return new Session(
                settings(tries, findings, output), new SilentListener(), partition, Corpus.EMPTY, () -> kernel);
    }

    /** Return settings for so many random traces, and at most so many findings. */
    public static Settings settings(int tries, int findings, Path output) {
        return settings(SEED, tries, findings, output);
    }

    private static Settings settings(long seed, int tries, int findings, Path output) {
        return new Settings(
                "simulated",
                Optional.empty(),
                Optional.empty(),
                Effort.DEFAULT.times(tries).upTo(findings),
                seed,
                NOTHING_IS_KNOWN,
                SystemCallFault.NONE,
                output);
    }

    /** Generate as many traces as asked for, always the same. */
    public static List<Trace> traces(Target target, Environment environment, Set<Facility> facilities, int count) {
        return traces(target, environment, facilities, count, SEED);
    }

    /** Generate as many traces as asked for from a seed. */
    public static List<Trace> traces(
            Target target, Environment environment, Set<Facility> facilities, int count, long seed) {
        List<Trace> traces = new ArrayList<>();
        JqwikSession.run(() -> {
            RandomGenerator<Trace> generator =
                    TraceArbitraries.of(target, environment, facilities).generator(1000);
            Random random = new Random(seed);
            for (int i = 0; i < count; i++) {
                traces.add(generator.next(random).value());
            }
        });
        return traces;
    }
}
