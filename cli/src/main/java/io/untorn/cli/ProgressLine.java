package io.untorn.cli;

import io.untorn.conformance.exhaustive.ExhaustiveSearch;
import io.untorn.conformance.result.Settings;
import io.untorn.conformance.result.TargetResult;
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
    public void prepared(TargetResult result) {
        end();
        display.restartWait();
        if (!ProgressDisplay.isTerminal()) {
            display.print(
                    "judging " + result.target() + " on " + result.environment().release());
        } else if (result.search().isEmpty()) {
            display.show(bar(result)
                    .hideEta()
                    .setInitialMax(
                            settings.effort().tries().isPresent()
                                    ? settings.effort().tries().getAsInt()
                                    : settings.effort().budget().toMillis()));
        }
    }

    @Override
    public void searching(TargetResult result) {
        result.search().ifPresent(search -> {
            if (search.ran() > 0) {
                System.err.println(result.target() + ": resuming after " + search.progress());
            }
            if (ProgressDisplay.isTerminal()) {
                display.show(bar(result).setInitialMax(search.most()).startsFrom(search.ran(), result.elapsed()));
            }
        });
    }

    private static ProgressBarBuilder bar(TargetResult result) {
        return ProgressDisplay.bar(result.target().name());
    }

    @Override
    public void judged(TargetResult result) {
        display.update(
                bar -> {
                    bar.stepTo(done(result));
                    result.search().ifPresent(search -> bar.maxHint(search.most()));
                    bar.setExtraMessage(String.format(
                            Locale.ROOT,
                            "%,d operations, %,d states",
                            result.operations(),
                            result.coverage().states()));
                },
                ProgressDisplay.BETWEEN_LINES,
                () -> result.target() + ": " + counts(result));
    }

    private long done(TargetResult result) {
        return result.search()
                .map(ExhaustiveSearch::ran)
                .orElseGet(() -> settings.effort().tries().isPresent()
                        ? (long) result.tries()
                        : result.elapsed().toMillis());
    }

    private static String counts(TargetResult result) {
        return result.search()
                .map(search -> search.progress() + "; " + remaining(result, search))
                .orElseGet(() -> String.format(Locale.ROOT, "%,d operations judged", result.operations()));
    }

    private static String remaining(TargetResult result, ExhaustiveSearch search) {
        double seconds = result.elapsed().toMillis() / 1e3 / Math.max(1, search.ran()) * (search.most() - search.ran());
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
    public void finished(TargetResult result) {
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
