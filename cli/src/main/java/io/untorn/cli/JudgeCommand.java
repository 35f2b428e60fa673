package io.untorn.cli;

import io.untorn.conformance.file.HistoryFile;
import io.untorn.conformance.judge.Judge;
import io.untorn.conformance.report.TextReport;
import io.untorn.conformance.result.ExitCode;
import io.untorn.model.history.History;
import io.untorn.model.oracle.Verdict;
import io.untorn.model.rule.Specification;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Judges a saved history. */
@Command(
        name = "judge",
        description = {"Judge a saved history again; no kernel runs.", ""})
final class JudgeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "HISTORY", description = "The history: a finding's folder, or its history.json.")
    private Path file = Path.of("history.json");

    @Mixin
    private SpecificationOption named = new SpecificationOption();

    @Override
    public Integer call() {
        History history = HistoryFile.read(file);
        Specification specification =
                Judge.specification(named.named(), history.trace().target(), history.environment());
        Verdict verdict = Judge.judge(history, specification);
        System.out.print(TextReport.verdict(history, verdict, specification));
        return verdict.conforms() ? ExitCode.CONFORMS.number() : ExitCode.DOES_NOT_CONFORM.number();
    }
}
