package io.untorn.conformance.run;

import io.untorn.conformance.finding.Counterexample;
import io.untorn.conformance.finding.Finding;
import io.untorn.conformance.finding.Findings;
import io.untorn.conformance.judge.Judge;
import io.untorn.conformance.judge.NonconformanceError;
import io.untorn.conformance.report.FindingWriter;
import io.untorn.conformance.report.MarkdownReport;
import io.untorn.conformance.reproducer.Demonstration;
import io.untorn.conformance.reproducer.ReproducerRun;
import io.untorn.conformance.result.Settings;
import io.untorn.conformance.result.TargetResult;
import io.untorn.model.history.KernelUnderTest;
import io.untorn.model.oracle.RuleCheck;
import io.untorn.vm.BootedKernel;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps what broke a rule on one target: first as it was found, then the shortest trace that is confirmed, with its
 * reproducers and their run.
 */
public final class FindingKeeper {
    private final TargetResult result;
    private final KernelUnderTest kernel;
    private final Examiner examiner;
    private final Settings settings;

    FindingKeeper(TargetResult result, KernelUnderTest kernel, Examiner examiner, Settings settings) {
        this.result = result;
        this.kernel = kernel;
        this.examiner = examiner;
        this.settings = settings;
    }

    /**
     * Count a trace that broke a rule as found and save it; make it shorter, repeat the shortest and save that instead. A step
     * that fails is left out.
     */
    Kept keep(NonconformanceError broken) {
        Mishaps mishaps = new Mishaps();
        Counterexample asFound = counterexample(broken, 0, 0);
        result.found(asFound);
        mishaps.attempt("saving a finding", () -> FindingWriter.writeAsFound(asFound, settings));
        Counterexample found = shortest(broken, mishaps);
        result.replace(asFound, found);
        mishaps.attempt("reporting a finding", () -> {
            FindingWriter.write(finding(found, mishaps), settings);
            if (!found.folder().equals(asFound.folder())) {
                FindingWriter.remove(asFound);
            }
        });
        return new Kept(found, mishaps.first());
    }

    /** Return the shortest trace that shows the same again, or the first one if none does. */
    private Counterexample shortest(NonconformanceError broken, Mishaps mishaps) {
        Optional<Integer> shown = shownAgain(broken, mishaps);
        if (shown.isEmpty()) {
            return counterexample(broken, 0, 0);
        }
        Counterexample first = counterexample(broken, shown.get(), Examiner.REPEATS);
        Shrinker shrinker = new Shrinker(
                broken,
                shown.get(),
                examiner,
                result,
                settings.policy(),
                mishaps,
                settings.effort().shrinking());
        mishaps.attempt("making a finding shorter", shrinker::shrink);
        NonconformanceError shortest = shrinker.shortest();
        if (shortest == broken) {
            return first;
        }
        return shownAgain(shortest, mishaps)
                .filter(again -> again > 0 || shown.get() == 0)
                .map(again -> counterexample(shortest, again, Examiner.REPEATS))
                .orElse(first);
    }

    private Optional<Integer> shownAgain(NonconformanceError broken, Mishaps mishaps) {
        return mishaps.attempted("repeating a finding", () -> examiner.shownAgain(broken));
    }

    private Counterexample counterexample(NonconformanceError broken, int shown, int repeats) {
        return new Counterexample(
                broken.trace(),
                broken.history(),
                broken.violation(),
                broken.signature(),
                shown,
                repeats,
                Findings.fileFor(settings.output(), broken.trace().target(), broken.signature()));
    }

    /** Return the finding, with the run of its reproducer on this kernel. */
    public Finding finding(Counterexample found, String subject) {
        Optional<Demonstration> demonstration = demonstration(found, subject);
        return finding(found, subject, demonstration, reproducerRun(demonstration));
    }

    private Finding finding(Counterexample found, Mishaps mishaps) {
        String subject = MarkdownReport.subject(found);
        Optional<Optional<Demonstration>> written =
                mishaps.attempted("writing a reproducer", () -> demonstration(found, subject));
        ReproducerRun reproducerRun = written.flatMap(
                        demonstration -> mishaps.attempted("running a reproducer", () -> reproducerRun(demonstration)))
                .orElseGet(() -> ReproducerRun.none(
                        written.isPresent()
                                ? "reproducer.c was not run: that failed"
                                : "there is no reproducer.c: writing it failed"));
        return finding(found, subject, written.flatMap(demonstration -> demonstration), reproducerRun);
    }

    private Finding finding(
            Counterexample found, String subject, Optional<Demonstration> demonstration, ReproducerRun reproducerRun) {
        Map<RuleCheck, Integer> checks =
                Judge.judge(found.history(), result.specification()).checks();
        return kernel instanceof BootedKernel booted
                ? new Finding(subject, found, checks, demonstration, reproducerRun, booted.name(), booted.config())
                : new Finding(
                        subject, found, checks, demonstration, reproducerRun, settings.kernel(), Optional.empty());
    }

    private Optional<Demonstration> demonstration(Counterexample found, String subject) {
        return Demonstration.of(subject, found.trace(), found.history(), found.violation(), result.specification());
    }

    /** Run the program on a target that is prepared again: the traces may have left a broken file system. */
    private ReproducerRun reproducerRun(Optional<Demonstration> demonstration) {
        if (!(kernel instanceof BootedKernel booted)) {
            return ReproducerRun.none("reproducer.c was not run: this kernel runs no programs");
        }
        if (demonstration.isEmpty()) {
            return ReproducerRun.none("there is no reproducer.c: a program can't cut the power");
        }
        kernel.rearmWarnings();
        kernel.prepare(demonstration.get().target());
        return ReproducerRun.of(demonstration.get(), booted);
    }
}
