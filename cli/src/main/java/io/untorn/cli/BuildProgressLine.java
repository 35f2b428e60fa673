package io.untorn.cli;

import io.untorn.vm.build.BuildListener;
import java.time.Duration;
import java.util.Locale;

/** Shows the progress of a build on standard error: a bar on a terminal, a line every 10 s elsewhere. */
final class BuildProgressLine implements BuildListener {
    private final long start = System.nanoTime();
    private final ProgressDisplay display = new ProgressDisplay();

    @Override
    public void progress(String line) {
        display.print(line);
        display.restartWait();
    }

    @Override
    public void compiled(int done, int expected) {
        if (ProgressDisplay.isTerminal() && !display.hasBar()) {
            display.show(ProgressDisplay.bar("compiling").setInitialMax(expected == 0 ? -1 : expected));
        }
        display.update(
                bar -> {
                    if (expected > 0) {
                        bar.maxHint(expected);
                    }
                    bar.stepTo(done);
                },
                ProgressDisplay.BETWEEN_LINES,
                () -> "compiled " + count(done, expected) + " files, "
                        + time(Duration.ofNanos(System.nanoTime() - start)));
    }

    private static String count(int done, int expected) {
        return expected == 0
                ? String.format(Locale.ROOT, "%,d", done)
                : String.format(Locale.ROOT, "%,d of about %,d", done, expected);
    }

    /** Format a duration: {@code 48 s}, {@code 4 min 52 s}. */
    static String time(Duration duration) {
        return (duration.toMinutes() == 0 ? "" : duration.toMinutes() + " min ") + duration.toSecondsPart() + " s";
    }

    /** Remove the bar from the screen. */
    void end() {
        display.end();
    }
}
