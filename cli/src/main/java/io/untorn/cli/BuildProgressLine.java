package io.untorn.cli;

import io.untorn.vm.build.BuildListener;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Tells on standard error how far a build is: a bar on a terminal, a line every 10 s elsewhere. */
final class BuildProgressLine implements BuildListener {
    private static final boolean TERMINAL = Boolean.getBoolean("untorn.terminal");
    private static final long LINE_EVERY_NANOS = Duration.ofSeconds(10).toNanos();

    private final long start = System.nanoTime();
    private @Nullable ProgressBar bar;
    private long lastLine = System.nanoTime();

    @Override
    public void told(String line) {
        end();
        System.err.println(line);
        lastLine = System.nanoTime();
    }

    @Override
    public void compiled(int done, int expected) {
        if (TERMINAL) {
            show(done, expected);
        } else if (System.nanoTime() - lastLine > LINE_EVERY_NANOS) {
            lastLine = System.nanoTime();
            System.err.println("compiled " + count(done, expected) + " files, "
                    + time(Duration.ofNanos(System.nanoTime() - start)));
        }
    }

    private static String count(int done, int expected) {
        return expected == 0
                ? String.format(Locale.ROOT, "%,d", done)
                : String.format(Locale.ROOT, "%,d of about %,d", done, expected);
    }

    private void show(int done, int expected) {
        if (bar == null) {
            bar = new ProgressBarBuilder()
                    .setTaskName("compiling")
                    .setStyle(ProgressBarStyle.ASCII)
                    .setInitialMax(expected == 0 ? -1 : expected)
                    .clearDisplayOnFinish()
                    .build();
        }
        if (expected > 0) {
            bar.maxHint(expected);
        }
        bar.stepTo(done);
    }

    /** Return a length of time as people say it: {@code 48 s}, {@code 4 min 52 s}. */
    static String time(Duration duration) {
        return (duration.toMinutes() == 0 ? "" : duration.toMinutes() + " min ") + duration.toSecondsPart() + " s";
    }

    /** Take the bar off the screen. */
    void end() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
