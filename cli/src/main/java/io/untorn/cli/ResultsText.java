package io.untorn.cli;

import io.untorn.conformance.report.CoverageReport;
import io.untorn.conformance.report.RuleReport;
import io.untorn.conformance.report.TextReport;
import io.untorn.conformance.result.ExitCode;
import io.untorn.conformance.result.Results;
import io.untorn.conformance.result.Settings;
import io.untorn.conformance.result.TargetResult;
import io.untorn.vm.host.UntornException;
import java.nio.file.Path;
import java.util.List;

/** Prints merged results, and returns the exit code. */
final class ResultsText {
    private ResultsText() {}

    /**
     * Print the results of each kernel, and below them a table of all kernels if there are several.
     *
     * @return the exit code of the command
     */
    static ExitCode print(List<Results> kernels) {
        List<ExitCode> codes = kernels.stream().map(ResultsText::print).toList();
        if (kernels.size() > 1) {
            System.out.print("\n" + TextReport.comparison(kernels));
        }
        return ExitCode.worst(codes);
    }

    /** Print a line for each target, and save how often each cell was hit, and each rule checked. */
    static void printTable(List<TargetResult> targetResults, Path output) {
        System.out.print(TextReport.table(targetResults));
        System.out.println("how often each cell was hit: " + CoverageReport.save(output, targetResults));
        System.out.println("how often each rule was checked, against what: " + RuleReport.save(output, targetResults));
    }

    /** Print each finding. */
    static void printFindings(List<TargetResult> targetResults, Settings settings) {
        targetResults.forEach(result -> result.counterexamples()
                .forEach(found -> System.out.print("\n" + TextReport.counterexample(found, settings))));
    }

    private static ExitCode print(Results merged) {
        System.out.println("\nkernel " + merged.settings().kernel());
        Results results = printedTable(merged);
        printFindings(results.targetResults(), results.settings());
        results.failure().ifPresent(failure -> System.err.println("untorn: " + failure.getMessage()));
        if (results.failure().isEmpty() && results.exitCode() == ExitCode.MACHINERY_FAILED) {
            System.err.println("untorn: this is no evidence that "
                    + results.settings().kernel() + " conforms; give it a larger --budget or more --tries");
        }
        return results.exitCode();
    }

    /** Print the table; if what belongs to it can't be saved, the results say so, and findings are printed all the same. */
    static Results printedTable(Results results) {
        try {
            if (!results.targetResults().isEmpty()) {
                printTable(results.targetResults(), results.settings().output());
            }
            return results;
        } catch (UntornException e) {
            return results.failing(e);
        }
    }
}
