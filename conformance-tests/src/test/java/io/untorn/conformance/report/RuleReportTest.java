package io.untorn.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.conformance.result.TargetResult;
import io.untorn.conformance.run.ConformanceSuite;
import io.untorn.conformance.run.Session;
import io.untorn.conformance.run.Simulated;
import io.untorn.model.rule.Rule;
import io.untorn.simulated.SimulatedMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports how often each rule was checked against what. */
final class RuleReportTest {
    @TempDir
    Path output;

    @Test
    void reportsForEachRuleWhatItWasCheckedAgainst() throws IOException {
        Session session = Simulated.session(SimulatedMachine.linux("7.3.4"), 300, output);
        ConformanceSuite.run(session, List.of("bdev"));
        TargetResult result = session.targetResults().iterator().next();

        String text = Files.readString(RuleReport.save(output, session.targetResults()));

        assertThat(text).startsWith("bdev, linux-7.3, in " + result.tries() + " sequences\nrule ");
        assertThat(result.specification().rules()).extracting(Rule::id).allSatisfy(rule -> assertThat(text)
                .containsPattern(String.format(Locale.ROOT, "\n%s +%,d\\b", rule, result.reached(rule))));
        assertThat(text)
                .containsPattern(
                        "\noffset-naturally-aligned +[\\d,]+ +yes +[\\d,]+ failed with EINVAL \\(required\\)[,\n]")
                .containsPattern(
                        "\natomic-write-returns-its-length +[\\d,]+ +yes +[\\d,]+ returned \\(required\\)[,\n]")
                .containsPattern("\nno-splat +(\\d+) +yes +\\1 whole sequence \\(holds\\)\n")
                .containsPattern("\ndata-at-its-place +[\\d,]+ +yes +[\\d,]+ data \\(holds\\)\n")
                .containsPattern("\nheld-mapping-shows-what-is-there +[\\d,]+ +hidden")
                .containsPattern("\ndevice-needs-no-split +0 +- +not reachable here\n");
    }
}
