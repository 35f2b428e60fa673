package io.untorn.cli;

import io.untorn.conformance.ExhaustiveSearch;
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
        if (!TERMINAL) {
            System.err.println(
                    "judging " + tally.target() + " on " + tally.environment().release());
        } else if (tally.search().isEmpty()) {
            bar = bar(tally)
                    .hideEta()
                    .setInitialMax(
                            settings.effort().tries().isPresent()
                                    ? settings.effort().tries().getAsInt()
                                    : settings.effort().budget().toMillis())
                    .build();
        }
    }

    @Override
    public void searching(Tally tally) {
        tally.search().ifPresent(search -> {
            if (search.ran() > 0) {
                System.err.println(tally.target() + ": going on after " + search.progress());
            }
            if (TERMINAL) {
                bar = bar(tally)
                        .setInitialMax(search.most())
                        .startsFrom(search.ran(), tally.elapsed())
                        .build();
            }
        });
    }

    private static ProgressBarBuilder bar(Tally tally) {
        return new ProgressBarBuilder()
                .setTaskName(tally.target().name())
                .setStyle(ProgressBarStyle.ASCII)
                .clearDisplayOnFinish();
    }

    @Override
    public void judged(Tally tally) {
        if (bar != null) {
            bar.stepTo(done(tally));
            tally.search().ifPresent(search -> bar.maxHint(search.most()));
            bar.setExtraMessage(String.format(
                    Locale.ROOT,
                    "%,d operations, %,d states",
                    tally.operations(),
                    tally.coverage().states()));
        } else if (System.nanoTime() - lastLine > LINE_EVERY_NANOS) {
            lastLine = System.nanoTime();
            System.err.println(tally.target() + ": " + counts(tally));
        }
    }

    private long done(Tally tally) {
        return tally.search()
                .map(ExhaustiveSearch::ran)
                .orElseGet(() -> settings.effort().tries().isPresent()
                        ? (long) tally.tries()
                        : tally.elapsed().toMillis());
    }

    private static String counts(Tally tally) {
        return tally.search()
                .map(search -> search.progress() + "; " + remaining(tally, search))
                .orElseGet(() -> String.format(Locale.ROOT, "%,d operations judged", tally.operations()));
    }

    private static String remaining(Tally tally, ExhaustiveSearch search) {
        double seconds = tally.elapsed().toMillis() / 1e3 / Math.max(1, search.ran()) * (search.most() - search.ran());
        return (search.isExact() ? "" : "at most ")
                + (seconds < 100
                        ? String.format(Locale.ROOT, "%.0f s left", seconds)
                        : String.format(Locale.ROOT, "%.0f min left", seconds / 60));
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
        if (done < times && System.nanoTime() - lastLine > nextLineNanos) {
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
