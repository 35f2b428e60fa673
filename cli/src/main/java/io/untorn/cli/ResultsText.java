package io.untorn.cli;

import io.untorn.conformance.CoverageReport;
import io.untorn.conformance.Results;
import io.untorn.conformance.TextReport;
import io.untorn.vm.UntornException.Category;
import java.util.List;

/** Prints joined results, and tells how the command ends. */
final class ResultsText {
    private ResultsText() {}

    /**
     * Print what each kernel came to, and below it a table of all if there are several.
     *
     * @return the exit code: that of the worst, where what does not conform is worse than what could not be judged
     */
    static int print(List<Results> kernels) {
        kernels.forEach(ResultsText::print);
        if (kernels.size() > 1) {
            System.out.print("\n" + TextReport.comparison(kernels));
        }
        List<Integer> codes = kernels.stream().map(Results::exitCode).toList();
        if (codes.contains(1)) {
            return 1;
        }
        return codes.stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    private static void print(Results results) {
        System.out.println("\nkernel " + results.settings().kernel());
        if (!results.tallies().isEmpty()) {
            System.out.print(TextReport.table(results.tallies()));
            System.out.println("how often each kind of atomic write was tried: "
                    + CoverageReport.save(results.settings().output(), results.tallies()));
        }
        results.tallies().forEach(tally -> tally.counterexamples()
                .forEach(found -> System.out.print("\n" + TextReport.counterexample(found, results.settings()))));
        results.failure().ifPresent(failure -> System.err.println("untorn: " + failure.getMessage()));
        if (results.failure().isEmpty() && results.exitCode() == Category.MACHINERY.exitCode()) {
            System.err.println("untorn: this is no evidence that "
                    + results.settings().kernel() + " conforms; give it a larger --budget or more --tries");
        }
    }
}
