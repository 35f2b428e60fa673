package io.untorn.agent;

import io.untorn.agent.protocol.AgentException;
import io.untorn.agent.protocol.Reply;
import io.untorn.model.history.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a checker of a file system printed, and how it ended.
 *
 * @param checker its name
 * @param ended what came of it
 */
record CheckerOutput(String checker, Reply.ProgramEnded ended) {
    /** With this exit code and those above it a checker says that it failed itself: e2fsck(8), EXIT CODE. */
    private static final int CHECKER_FAILED = 8;

    /** How lines begin in which e2fsck and xfs_repair say what they do. */
    private static final List<String> PROGRESS = List.of("e2fsck ", "Pass ", "Phase ", "- ", "No modify flag set");

    /** What e2fsck prints of blocks that count as in use, though no file has them: {@code -5968 -(5972--5976)}. */
    private static final Pattern DIFFERENCES =
            Pattern.compile("Block bitmap differences:((?:\\s+-(?:\\d+|\\(\\d+--\\d+\\)))+)");

    private static final Pattern DIFFERENCE = Pattern.compile("-(\\d+)|-\\((\\d+)--(\\d+)\\)");

    /** That line, and what e2fsck prints beside it. */
    private static final Pattern BLOCKS_OF_NO_FILE =
            Pattern.compile(DIFFERENCES.pattern() + "|Free blocks count wrong.*|Fix\\? no|/dev/\\S+: .*");

    /** The advice of e2fsck that a tree of extents could be smaller, which is no fault. */
    private static final Pattern ADVICE = Pattern.compile(
            "Inode \\d+ extent tree \\(at level \\d+\\) could be (narrower|shorter)\\. {2}Optimize\\? no");

    CheckerOutput {
        if (ended.exitCode() >= CHECKER_FAILED) {
            throw new AgentException(checker + " failed with exit code " + ended.exitCode() + ": " + ended.output());
        }
    }

    /** Return what it found: nothing if it exits with 0. */
    List<String> faults() {
        if (ended.exitCode() == 0) {
            return List.of();
        }
        List<String> faults = new ArrayList<>(List.of(checker + " exits with " + ended.exitCode()));
        lines().limit(Outcome.Unclean.MAX_FAULTS - 1).forEach(faults::add);
        return faults;
    }

    /** Return what it found, if that is more than what is known to be wrong already. */
    List<String> faultsBeside(Pattern known) {
        boolean isOnlyKnown = lines().findAny().isPresent()
                && lines().allMatch(line -> known.matcher(line).matches());
        return isOnlyKnown ? List.of() : new CheckerOutput(checker, without(known)).faults();
    }

    private Reply.ProgramEnded without(Pattern known) {
        List<String> rest =
                lines().filter(line -> !known.matcher(line).matches()).toList();
        return new Reply.ProgramEnded(ended.exitCode(), String.join("\n", rest));
    }

    /**
     * Return what it found, if that is more than clusters that count as in use, though no file has them, as many as before.
     *
     * @param before how many
     * @param blocks how many blocks a cluster has
     */
    List<String> faultsBesideClusters(long before, int blocks) {
        return before > 0 && clustersOfNoFile(blocks) == before ? faultsBeside(BLOCKS_OF_NO_FILE) : faults();
    }

    /** e2fsck names each by its first block (e2fsck/pass5.c, check_block_bitmaps, 1.47). */
    private long clustersOfNoFile(int blocks) {
        return lines().map(DIFFERENCES::matcher)
                .filter(Matcher::matches)
                .flatMap(line -> DIFFERENCE.matcher(line.group(1)).results())
                .mapToLong(found -> found.group(1) != null
                        ? 1
                        : (Long.parseLong(found.group(3)) - Long.parseLong(found.group(2))) / blocks + 1)
                .sum();
    }

    private Stream<String> lines() {
        return ended.output()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty()
                        && PROGRESS.stream().noneMatch(line::startsWith)
                        && !ADVICE.matcher(line).matches());
    }
}
