package io.untorn.conformance.run;

import io.untorn.conformance.corpus.Corpus;
import io.untorn.conformance.exhaustive.ExhaustiveSearch;
import io.untorn.conformance.generate.partition.Partition;
import io.untorn.conformance.generate.partition.Testbed;
import io.untorn.conformance.judge.Judge;
import io.untorn.conformance.result.Results;
import io.untorn.conformance.result.Settings;
import io.untorn.conformance.result.Shard;
import io.untorn.conformance.result.TargetResult;
import io.untorn.kernelconfigs.TargetMatrix;
import io.untorn.model.history.Environment;
import io.untorn.model.history.KernelUnderTest;
import io.untorn.model.target.Target;
import io.untorn.vm.Targets;
import io.untorn.vm.host.UntornException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run on one kernel: the kernel, the settings, and the results so far, target by target. */
public final class Session implements AutoCloseable {
    private final Settings settings;
    private final Listener listener;
    private final Partition partition;
    private final Corpus corpus;
    private final TargetMatrix matrix = TargetMatrix.load();
    private final Supplier<? extends KernelUnderTest> kernels;
    private final Map<String, TargetResult> targetResults = new LinkedHashMap<>();
    private @Nullable KernelUnderTest kernel;
    private @Nullable TargetRun ready;
    private @Nullable UntornException failure;

    /**
     * Create a session without a corpus.
     *
     * @param kernels brings up the kernel, when the first target is prepared
     */
    public Session(Settings settings, Listener listener, Supplier<? extends KernelUnderTest> kernels) {
        this(settings, listener, Partition.OF_ATOMIC_WRITES, Corpus.EMPTY, kernels);
    }

    /**
     * Create a session whose atomic writes are drawn from a partition, and counted by it.
     *
     * @param corpus what each target begins with
     */
    Session(
            Settings settings,
            Listener listener,
            Partition partition,
            Corpus corpus,
            Supplier<? extends KernelUnderTest> kernels) {
        this.corpus = corpus;
        this.settings = settings;
        this.listener = listener;
        this.partition = partition;
        this.kernels = kernels;
    }

    /** Return what the run was asked to do. */
    public Settings settings() {
        return settings;
    }

    /** Return who follows the run. */
    public Listener listener() {
        return listener;
    }

    /** Return what was done so far, by target, in order. */
    public synchronized Collection<TargetResult> targetResults() {
        return List.copyOf(targetResults.values());
    }

    /** Return why the run could not go on, if it could not. */
    public synchronized Optional<UntornException> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Return the results so far.
     *
     * @param shard the part of the work that it does
     * @param targets the names of the targets that it is to judge
     */
    public Results results(Shard shard, List<String> targets) {
        return new Results(settings, shard, targets, failure(), List.copyOf(targetResults()));
    }

    /** Record that the run can't go on. */
    public synchronized void fail(UntornException reason) {
        if (failure == null) {
            failure = reason;
        }
    }

    /** Prepare a target, unless it is the one that was prepared last. */
    public TargetRun prepare(String targetName) {
        TargetRun last = ready;
        if (last != null && last.result().target().name().equals(targetName)) {
            return last;
        }
        Target target = Targets.named(matrix, targetName).target();
        KernelUnderTest running = running();
        TargetResult result = result(target, running.prepare(target), running);
        synchronized (this) {
            targetResults.put(targetName, result);
        }
        TargetRun run = new TargetRun(result, running, settings, corpus, listener);
        ready = run;
        listener.prepared(result);
        return run;
    }

    private KernelUnderTest running() {
        KernelUnderTest running = kernel;
        if (running == null) {
            running = kernels.get();
            kernel = running;
        }
        return running;
    }

    private TargetResult result(Target target, Environment environment, KernelUnderTest running) {
        Testbed testbed = new Testbed(target, environment, running.facilities());
        return new TargetResult(
                partition,
                target,
                environment,
                Judge.specification(settings.specification(), target, environment),
                running.facilities(),
                running.lacks(),
                settings.effort().exhaustive().stream()
                        .mapToObj(length -> new ExhaustiveSearch(testbed, length))
                        .findFirst(),
                settings.policy().tolerated());
    }

    @Override
    public void close() {
        KernelUnderTest running = kernel;
        if (running != null) {
            running.close();
            kernel = null;
        }
    }
}
