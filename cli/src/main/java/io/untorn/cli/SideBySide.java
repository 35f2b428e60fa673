package io.untorn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.untorn.conformance.result.ExitCode;
import io.untorn.vm.host.TemporaryFolder;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Compares the runs of two clones of the kit, each through its own {@code ./untorn run}: by turns, so that what else the
 * machine does strikes both alike.
 */
final class SideBySide {
    private static final double NANOS = 1e9;

    private final Path here;
    private final Path there;
    private final List<String> kernel;
    private final Duration budget;
    private final Consumer<String> progress;

    /**
     * One run of a target.
     *
     * @param operations how many operations were judged
     * @param seconds for how long; what came between, such as a boot, is not counted
     * @param complete whether every rule and cell was reached
     */
    record Measured(long operations, double seconds, boolean complete) {
        /** Return what a {@code results.json} says of its only target. */
        static Measured of(JsonNode results, int exitCode) {
            JsonNode counts = results.path("ran").path(0).path("counts");
            return new Measured(
                    counts.path("operations").asLong(),
                    counts.path("nanos").asLong() / NANOS,
                    exitCode != ExitCode.MACHINERY_FAILED.number());
        }
    }

    /** The runs of one target, the same number in both clones. */
    record Pair(String target, List<Measured> here, List<Measured> there) {
        Pair {
            here = List.copyOf(here);
            there = List.copyOf(there);
        }

        private static double perSecond(List<Measured> runs) {
            return runs.stream().mapToLong(Measured::operations).sum() / seconds(runs);
        }

        private static double seconds(List<Measured> runs) {
            return runs.stream().mapToDouble(Measured::seconds).sum();
        }

        private static String untilComplete(List<Measured> runs) {
            boolean all = runs.stream().allMatch(Measured::complete);
            return String.format(Locale.ROOT, "%s%.1f", all ? "" : ">", seconds(runs) / runs.size());
        }

        String line() {
            return String.format(
                    Locale.ROOT,
                    "%-14s  %,8.0f  %,8.0f  %5.2f  %10s  %10s  %5.2f%n",
                    target,
                    perSecond(here),
                    perSecond(there),
                    perSecond(here) / perSecond(there),
                    untilComplete(here),
                    untilComplete(there),
                    seconds(here) / seconds(there));
        }
    }

    /**
     * Compare two clones.
     *
     * @param kernel the options that name the kernel
     * @param budget how long each run judges at the least; until it has reached everything, up to three times as long
     * @param progress gets a line before each run
     * @throws UntornException if one of the folders is no clone of the kit
     */
    SideBySide(Path here, Path there, List<String> kernel, Duration budget, Consumer<String> progress) {
        this.here = launcher(here);
        this.there = launcher(there);
        this.kernel = List.copyOf(kernel);
        this.budget = budget;
        this.progress = progress;
    }

    private static Path launcher(Path clone) {
        Path launcher = clone.resolve("untorn");
        if (!Files.isExecutable(launcher)) {
            throw UntornException.caller(clone + " is no clone of untorn: it has no ./untorn");
        }
        return launcher;
    }

    /** Run each target some times in each clone, and return the table. */
    String measure(List<String> targets, long seed, int times) {
        Map<String, Pair> pairs = new LinkedHashMap<>();
        for (String target : targets) {
            List<Measured> own = new ArrayList<>();
            List<Measured> other = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                progress.accept("run " + (i + 1) + " of " + times + " on " + target);
                other.add(run(there, target, seed + i));
                own.add(run(here, target, seed + i));
            }
            pairs.put(target, new Pair(target, own, other));
        }
        return table(List.copyOf(pairs.values()));
    }

    /** Return the table of all targets. */
    static String table(List<Pair> pairs) {
        StringBuilder table = new StringBuilder(String.format(
                "%-14s  %8s  %8s  %5s  %10s  %10s  %5s%n",
                "operations/s", "here", "there", "ratio", "complete s", "there s", "ratio"));
        pairs.forEach(pair -> table.append(pair.line()));
        return table.toString();
    }

    private Measured run(Path launcher, String target, long seed) {
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            List<String> command = new ArrayList<>(List.of(launcher.toString(), "run"));
            command.addAll(kernel);
            command.addAll(List.of("--target", target, "--seed", Long.toString(seed)));
            command.addAll(List.of("--budget", budget.toSeconds() + "s"));
            command.addAll(List.of("--output", folder.path().toString()));
            Path printed = folder.path().resolve("printed");
            int exitCode = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile())
                    .start()
                    .waitFor();
            Path results = folder.path().resolve("results.json");
            if (!Files.exists(results)) {
                throw UntornException.machinery(String.join(" ", command) + " left no results: "
                        + Files.readString(printed).strip());
            }
            return Measured.of(new ObjectMapper().readTree(results.toFile()), exitCode);
        } catch (IOException e) {
            throw UntornException.machinery("cannot run " + launcher + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw UntornException.machinery("interrupted in a run of " + launcher, e);
        }
    }
}
