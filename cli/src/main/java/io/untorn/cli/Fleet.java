package io.untorn.cli;

import io.untorn.conformance.Joining;
import io.untorn.conformance.Results;
import io.untorn.conformance.Settings;
import io.untorn.conformance.Shard;
import io.untorn.vm.UntornException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.io.FileUtils;

/**
 * Several machines that share the work on one kernel, each in a {@link ChildRun}. What they found is brought together in
 * the folder of the whole.
 */
final class Fleet implements AutoCloseable {
    private final Settings settings;
    private final Shard shard;
    private final List<String> targets;
    private final List<String> arguments;
    private final int machines;
    private final List<ChildRun> running = new ArrayList<>();

    /**
     * Create a fleet.
     *
     * @param settings of the whole
     * @param shard the part of the work that all of it does
     * @param targets what it judges
     * @param arguments what each machine is told beside kernel, seed and output
     * @param machines how many there are
     */
    Fleet(Settings settings, Shard shard, List<String> targets, List<String> arguments, int machines) {
        this.settings = settings;
        this.shard = shard;
        this.targets = targets;
        this.arguments = arguments;
        this.machines = machines;
    }

    /** Run all machines and return what they came to together. */
    Results run() throws InterruptedException {
        clear();
        for (int machine = 1; machine <= machines; machine++) {
            start(machine);
        }
        List<Results> parts = new ArrayList<>();
        for (int machine = 1; machine <= machines; machine++) {
            int code = running.get(machine - 1).await();
            parts.add(Results.areIn(folder(machine)) ? Results.read(folder(machine)) : none(machine, code));
        }
        return joined(parts);
    }

    /** Return what there is so far, as the machines left it when they were ended. */
    Results ended() {
        close();
        return joined(IntStream.rangeClosed(1, machines)
                .mapToObj(this::folder)
                .filter(Results::areIn)
                .map(Results::read)
                .toList());
    }

    private Results joined(List<Results> parts) {
        if (parts.isEmpty()) {
            return new Results(settings, shard, targets, Optional.empty(), List.of());
        }
        Results joined = Joining.join(parts).get(0).into(settings.output(), shard);
        joined.save();
        clear();
        return joined;
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

    private Results none(int machine, int code) {
        String words = running.get(machine - 1).lastWords();
        String what = "machine " + machine + " of " + machines + " on " + settings.kernel() + " ended with " + code
                + (words.isEmpty() ? "" : ": " + words);
        return new Results(
                settings.seeded(shard.seed(settings.seed(), machine)),
                Shard.WHOLE,
                targets,
                Optional.of(
                        code == UntornException.Category.CALLER.exitCode()
                                ? UntornException.caller(words)
                                : UntornException.machinery(what)),
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
            FileUtils.deleteDirectory(folder().toFile());
        } catch (IOException e) {
            throw UntornException.machinery("can't remove " + folder() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        running.forEach(ChildRun::close);
    }
}
