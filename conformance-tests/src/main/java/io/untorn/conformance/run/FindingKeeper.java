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

/** Makes findings of traces that broke a rule on one target, runs their reproducers and keeps them. */
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

    /** Repeat a shrunk trace, count it as found and save it. */
    Counterexample keep(NonconformanceError broken) {
        int shown = examiner.shownAgain(broken);
        Counterexample found = new Counterexample(
                broken.trace(),
                broken.history(),
                broken.violation(),
                broken.signature(),
                shown,
                Examiner.REPEATS,
                Findings.fileFor(settings.output(), broken.trace().target(), broken.signature()));
        result.found(found);
        FindingWriter.write(finding(found, MarkdownReport.subject(found)), settings);
        return found;
    }

    /** Return the finding, with the run of its reproducer on this kernel. */
    public Finding finding(Counterexample found, String subject) {
        Map<RuleCheck, Integer> checks =
                Judge.judge(found.history(), result.specification()).checks();
        Optional<Demonstration> demonstration =
                Demonstration.of(subject, found.trace(), found.history(), found.violation(), result.specification());
        if (!(kernel instanceof BootedKernel booted)) {
            ReproducerRun none = ReproducerRun.none("reproducer.c was not run: this kernel runs no programs");
            return new Finding(subject, found, checks, demonstration, none, settings.kernel(), Optional.empty());
        }
        ReproducerRun reproducerRun = demonstration
                .map(shown -> runReproducer(shown, booted))
                .orElseGet(() -> ReproducerRun.none("there is no reproducer.c: a program can't cut the power"));
        return new Finding(subject, found, checks, demonstration, reproducerRun, booted.name(), booted.config());
    }

    /** Run the program on a target that is prepared again: the traces may have left a broken file system. */
    private ReproducerRun runReproducer(Demonstration demonstration, BootedKernel booted) {
        kernel.rearmWarnings();
        kernel.prepare(demonstration.target());
        return ReproducerRun.of(demonstration, booted);
    }
}
