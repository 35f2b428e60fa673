package io.untorn.cli;

import io.untorn.conformance.result.ExitCode;
import io.untorn.conformance.result.Results;
import io.untorn.conformance.result.ResultsMerger;
import io.untorn.conformance.result.Settings;
import io.untorn.conformance.result.Shard;
import io.untorn.vm.host.FileTrees;
import io.untorn.vm.host.UntornException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A run in which several machines share the work on one kernel, each in a {@link ChildRun}. Their results are merged in the
 * folder of the whole run.
 */
final class ParallelRun implements AutoCloseable {
    private final Settings settings;
    private final Shard shard;
    private final List<String> targets;
    private final List<String> arguments;
    private final int machines;
    private final List<ChildRun> running = new ArrayList<>();
    private boolean closed;

    /**
     * Create a run.
     *
     * @param settings the settings of the whole run
     * @param shard the part of the work that this run does
     * @param targets the targets it judges
     * @param arguments the arguments for each machine besides kernel, seed and output
     * @param machines the number of machines
     */
    ParallelRun(Settings settings, Shard shard, List<String> targets, List<String> arguments, int machines) {
        this.settings = settings;
        this.shard = shard;
        this.targets = targets;
        this.arguments = arguments;
        this.machines = machines;
    }

    /** Run all machines and return their merged results; once closed, the results so far. */
    Results run() throws InterruptedException {
        clear();
        startAll();
        List<Results> parts = new ArrayList<>();
        for (int machine = 1; machine <= machines; machine++) {
            parts.add(result(machine));
        }
        Results joined = ResultsMerger.merge(parts).get(0).into(settings.output(), shard);
        joined.save();
        clear();
        return joined;
    }

    private synchronized void startAll() {
        for (int machine = 1; machine <= machines && !closed; machine++) {
            start(machine);
        }
    }

    private void start(int machine) {
        List<String> command = new ArrayList<>(List.of(
                "run",
                "--kernel",
                settings.kernel(),
                "--seed",
                Long.toString(shard.seed(settings.seed(), machine)),
                "--output",
                folder(machine).toString(),
                "--jobs",
                "1"));
        command.addAll(arguments);
        String name = machines == 1 ? settings.kernel() : String.format(Locale.ROOT, "machine %d", machine);
        running.add(ChildRun.start(command, line -> System.err.println(name + ": " + line)));
    }

    private Results result(int machine) throws InterruptedException {
        if (machine > running.size()) {
            return failed(machine, UntornException.machinery("machine " + machine + " was never started"));
        }
        ChildRun run = running.get(machine - 1);
        int code = run.await();
        return Results.areIn(folder(machine)) ? Results.read(folder(machine)) : none(machine, code, run.lastError());
    }

    private Results none(int machine, int code, String words) {
        String what = "machine " + machine + " of " + machines + " on " + settings.kernel() + " ended with " + code
                + (words.isEmpty() ? "" : ": " + words);
        return failed(
                machine,
                code == ExitCode.CALLER_MISTAKEN.number()
                        ? UntornException.caller(words)
                        : UntornException.machinery(what));
    }

    private Results failed(int machine, UntornException reason) {
        return new Results(
                settings.seeded(shard.seed(settings.seed(), machine)),
                Shard.WHOLE,
                targets,
                Optional.of(reason),
                List.of());
    }

    private Path folder(int machine) {
        return folder().resolve(Integer.toString(machine));
    }

    private Path folder() {
        return settings.output().resolve("machines");
    }

    private void clear() {
        try {
            FileTrees.delete(folder());
        } catch (UncheckedIOException e) {
            throw UntornException.machinery("can't remove " + folder() + ": " + e.getMessage(), e);
        }
    }

    /** End the machines, and start no more. */
    @Override
    public synchronized void close() {
        closed = true;
        running.forEach(ChildRun::close);
    }
}
