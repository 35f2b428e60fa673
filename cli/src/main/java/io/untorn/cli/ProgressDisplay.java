package io.untorn.cli;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows progress on standard error: as a bar on a terminal, as a line now and then elsewhere. */
final class ProgressDisplay {
    /** The time between two lines. */
    static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private static final boolean TERMINAL = Boolean.getBoolean("untorn.terminal");

    private @Nullable ProgressBar bar;
    private long lastLine = System.nanoTime();

    /** Tell whether it shows bars. */
    static boolean isTerminal() {
        return TERMINAL;
    }

    /** Return a bar to be shown by {@link #show}. */
    static ProgressBarBuilder bar(String task) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setStyle(ProgressBarStyle.ASCII)
                .clearDisplayOnFinish();
    }

    /** Print a line in the place of the bar. */
    void print(String line) {
        end();
        System.err.println(line);
    }

    /** Show a bar from now on. */
    void show(ProgressBarBuilder next) {
        bar = next.build();
    }

    /** Tell whether a bar is shown. */
    boolean hasBar() {
        return bar != null;
    }

    /** Delay the next line as if one had just been printed. */
    void restartWait() {
        lastLine = System.nanoTime();
    }

    /**
     * Update the bar, or, if there is none, print a line if the last one was long enough ago.
     *
     * @param silence the time since the last line
     * @return whether a line was printed
     */
    boolean update(Consumer<ProgressBar> change, Duration silence, Supplier<String> line) {
        if (bar != null) {
            change.accept(bar);
        } else if (System.nanoTime() - lastLine > silence.toNanos()) {
            restartWait();
            System.err.println(line.get());
            return true;
        }
        return false;
    }

    /** Remove the bar from the screen. */
    void end() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
