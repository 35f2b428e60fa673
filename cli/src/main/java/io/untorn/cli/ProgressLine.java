package io.untorn.cli;

import io.untorn.conformance.Listener;
import io.untorn.conformance.Settings;
import io.untorn.conformance.Tally;
import io.untorn.model.Target;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Tells on standard error how far a run is: a bar on a terminal, a line for each step elsewhere. */
final class ProgressLine implements Listener {
    private static final boolean TERMINAL = Boolean.getBoolean("untorn.terminal");
    private static final long LINE_EVERY_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long FIRST_LINE_NANOS = Duration.ofSeconds(2).toNanos();

    private final Settings settings;
    private @Nullable ProgressBar bar;
    private long lastLine = System.nanoTime();
    private long nextLineNanos = FIRST_LINE_NANOS;

    ProgressLine(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void preparing(String line) {
        end();
        System.err.println(line);
    }

    @Override
    public void prepared(Tally tally) {
        end();
        lastLine = System.nanoTime();
        if (TERMINAL) {
            bar = new ProgressBarBuilder()
                    .setTaskName(tally.target().name())
                    .setInitialMax(
                            settings.effort().tries().isPresent()
                                    ? settings.effort().tries().getAsInt()
                                    : settings.effort().budget().toMillis())
                    .setStyle(ProgressBarStyle.ASCII)
                    .hideEta()
                    .clearDisplayOnFinish()
                    .build();
        } else {
            System.err.println(
                    "judging " + tally.target() + " on " + tally.environment().release());
        }
    }

    @Override
    public void judged(Tally tally) {
        String counts = String.format(Locale.ROOT, "%,d operations", tally.operations());
        if (bar != null) {
            bar.stepTo(
                    settings.effort().tries().isPresent()
                            ? tally.tries()
                            : tally.elapsed().toMillis());
            bar.setExtraMessage(counts);
        } else if (System.nanoTime() - lastLine > LINE_EVERY_NANOS) {
            lastLine = System.nanoTime();
            System.err.println(tally.target() + ": " + counts + " judged");
        }
    }

    @Override
    public void shrinking(Target target, int operations) {
        end();
        System.err.println(target + " broke a rule in a sequence of " + operations + " operations; making it shorter");
    }

    @Override
    public void finished(Tally tally) {
        end();
    }

    @Override
    public void repeated(int done, int times, int shown) {
        if (bar != null) {
            bar.maxHint(times);
            bar.stepTo(done);
            bar.setExtraMessage(String.format(Locale.ROOT, "broke a rule %,d times", shown));
        } else if (done < times && System.nanoTime() - lastLine > nextLineNanos) {
            lastLine = System.nanoTime();
            nextLineNanos = LINE_EVERY_NANOS;
            System.err.printf(Locale.ROOT, "ran %,d of %,d times, a rule broken %,d times%n", done, times, shown);
        }
    }

    /** Take the bar off the screen. */
    void end() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
