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
        Counterexample asFound = counterexample(new Shrunk(broken));
        result.found(asFound);
        mishaps.attempt("saving a finding", () -> FindingWriter.writeAsFound(asFound, settings));
        Shrinker shrinker = new Shrinker(
                broken,
                examiner,
                result,
                settings.policy(),
                mishaps,
                settings.effort().shrinking());
        Counterexample found = counterexample(shrinker.shrink());
        result.replace(asFound, found);
        mishaps.attempt("reporting a finding", () -> {
            FindingWriter.write(finding(found, mishaps), settings);
            if (!found.folder().equals(asFound.folder())) {
                FindingWriter.remove(asFound);
            }
        });
        return new Kept(found, shrinker.effort(), mishaps.first());
    }

    private Counterexample counterexample(Shrunk shrunk) {
        NonconformanceError broken = shrunk.broken();
        return new Counterexample(
                broken.trace(),
                broken.history(),
                broken.violation(),
                broken.signature(),
                shrunk.shown(),
                shrunk.repeats(),
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
