package io.untorn.vm;

import io.untorn.vm.qemu.Accelerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How long to wait for a kernel's answer before it counts as hung.
 *
 * <p>The first timeout is long, because a false alarm is worse than a wait. After a hang, while the same trace runs again
 * and again, the timeout is ten times what the slowest answered trace took, and never longer than the first.
 *
 * @param atFirst how long to wait as long as no hang was seen
 */
record HangTimeout(Duration atFirst) {
    private static final int TIMES_THE_BOOT = 4;
    private static final int TIMES_THE_SLOWEST = 10;

    /** After a hang, the timeout is at least this part of the first one. */
    private static final int LEAST_PART = 3;

    /** While a trace that hangs is made shorter, the timeout is at least this part of the first one. */
    private static final int LEAST_PART_AS_BEFORE = 12;

    private static final int MOST_FACTOR = 12;

    /** A kernel option that makes the kernel slow, and by which factor at most. */
    private record Cost(String option, int factor) {}

    private static final Set<Cost> COSTS = Set.of(
            new Cost("CONFIG_KASAN", 4),
            new Cost("CONFIG_KMSAN", 6),
            new Cost("CONFIG_KCSAN", 4),
            new Cost("CONFIG_PROVE_LOCKING", 3),
            new Cost("CONFIG_DEBUG_KMEMLEAK", 2),
            new Cost("CONFIG_DEBUG_PAGEALLOC", 2),
            new Cost("CONFIG_KCOV_INSTRUMENT_ALL", 2),
            new Cost("CONFIG_GCOV_PROFILE_ALL", 2));

    /**
     * Return the timeout that a machine needs.
     *
     * @param config the kernel's configuration, if it is known
     * @param bootTime how long the machine took to boot: a busy host takes longer for everything
     */
    static HangTimeout with(Accelerator accelerator, Optional<Path> config, Duration bootTime) {
        Duration base = accelerator.answersWithin().multipliedBy(factor(config));
        Duration asBooted = bootTime.multipliedBy(TIMES_THE_BOOT);
        return new HangTimeout(base.compareTo(asBooted) > 0 ? base : asBooted);
    }

    private static int factor(Optional<Path> config) {
        if (config.isEmpty()) {
            return 1;
        }
        try (Stream<String> lines = Files.lines(config.get())) {
            Set<String> set = lines.filter(line -> line.endsWith("=y"))
                    .map(line -> line.substring(0, line.length() - "=y".length()))
                    .collect(Collectors.toSet());
            return Math.min(
                    MOST_FACTOR,
                    COSTS.stream()
                            .filter(cost -> set.contains(cost.option()))
                            .mapToInt(Cost::factor)
                            .reduce(1, (one, other) -> one * other));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Return how long to wait after a hang was seen.
     *
     * @param slowest the longest time that an answered trace took
     */
    Duration again(Duration slowest) {
        return longer(slowest, LEAST_PART);
    }

    /**
     * Return how long to wait for a trace that does less than one that hung: a hang that is none does no harm, because the
     * shortest trace is repeated with the longer timeout.
     *
     * @param slowest the longest time that an answered trace took
     */
    Duration asBefore(Duration slowest) {
        return longer(slowest, LEAST_PART_AS_BEFORE);
    }

    private Duration longer(Duration slowest, int leastPart) {
        Duration least = atFirst.dividedBy(leastPart);
        Duration usual = slowest.multipliedBy(TIMES_THE_SLOWEST);
        Duration longer = usual.compareTo(least) > 0 ? usual : least;
        return longer.compareTo(atFirst) < 0 ? longer : atFirst;
    }
}
