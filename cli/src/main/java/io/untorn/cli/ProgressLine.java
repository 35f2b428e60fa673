package io.untorn.cli;

import io.untorn.conformance.exhaustive.ExhaustiveSearch;
import io.untorn.conformance.result.Settings;
import io.untorn.conformance.result.Tally;
import io.untorn.conformance.run.Listener;
import io.untorn.model.target.Target;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Shows the progress of a run on standard error: a bar on a terminal, a line for each step elsewhere. */
final class ProgressLine implements Listener {
    private static final Duration BEFORE_FIRST_REPEAT = Duration.ofSeconds(2);

    private final Settings settings;
    private final ProgressDisplay display = new ProgressDisplay();
    private Duration betweenRepeats = BEFORE_FIRST_REPEAT;

    ProgressLine(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void progress(String line) {
        display.print(line);
    }

    @Override
    public void prepared(Tally tally) {
        end();
        display.restartWait();
        if (!ProgressDisplay.isTerminal()) {
            display.print(
                    "judging " + tally.target() + " on " + tally.environment().release());
        } else if (tally.search().isEmpty()) {
            display.show(bar(tally)
                    .hideEta()
                    .setInitialMax(
                            settings.effort().tries().isPresent()
                                    ? settings.effort().tries().getAsInt()
                                    : settings.effort().budget().toMillis()));
        }
    }

    @Override
    public void searching(Tally tally) {
        tally.search().ifPresent(search -> {
            if (search.ran() > 0) {
                System.err.println(tally.target() + ": resuming after " + search.progress());
            }
            if (ProgressDisplay.isTerminal()) {
                display.show(bar(tally).setInitialMax(search.most()).startsFrom(search.ran(), tally.elapsed()));
            }
        });
    }

    private static ProgressBarBuilder bar(Tally tally) {
        return ProgressDisplay.bar(tally.target().name());
    }

    @Override
    public void judged(Tally tally) {
        display.update(
                bar -> {
                    bar.stepTo(done(tally));
                    tally.search().ifPresent(search -> bar.maxHint(search.most()));
                    bar.setExtraMessage(String.format(
                            Locale.ROOT,
                            "%,d operations, %,d states",
                            tally.operations(),
                            tally.coverage().states()));
                },
                ProgressDisplay.BETWEEN_LINES,
                () -> tally.target() + ": " + counts(tally));
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
        display.print(target + " broke a rule in a sequence of " + operations + " operations; shrinking it");
    }

    @Override
    public void finished(Tally tally) {
        end();
    }

    @Override
    public void repeated(int done, int times, int shown) {
        if (done == times && !display.hasBar()) {
            return;
        }
        boolean printed = display.update(
                bar -> {
                    bar.maxHint(times);
                    bar.stepTo(done);
                    bar.setExtraMessage(String.format(Locale.ROOT, "broke a rule %,d times", shown));
                },
                betweenRepeats,
                () -> String.format(Locale.ROOT, "ran %,d of %,d times, broke a rule %,d times", done, times, shown));
        if (printed) {
            betweenRepeats = ProgressDisplay.BETWEEN_LINES;
        }
    }

    /** Remove the bar from the screen. */
    void end() {
        display.end();
    }
}
