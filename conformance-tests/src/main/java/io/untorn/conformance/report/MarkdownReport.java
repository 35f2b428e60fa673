package io.untorn.conformance.report;

import io.untorn.conformance.file.FindingFolder;
import io.untorn.conformance.finding.Counterexample;
import io.untorn.conformance.finding.Finding;
import io.untorn.conformance.finding.Sensitivity;
import io.untorn.conformance.reproducer.CProgram;
import io.untorn.conformance.result.Settings;
import io.untorn.conformance.wording.RuleCheckWords;
import io.untorn.conformance.wording.ViolationWords;
import io.untorn.kernelconfigs.TargetMatrix;
import io.untorn.model.history.History;
import io.untorn.model.operation.Operation;
import io.untorn.model.oracle.Verdict.Violation;
import io.untorn.model.rule.Rule;
import io.untorn.model.target.Target;
import io.untorn.vm.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reports a finding as a mail to a kernel list. */
public final class MarkdownReport {
    private static final String STEPS = "Steps";
    private static final String EXPECTED = "Expected";
    private static final String ACTUAL = "Actual";
    private static final String REPRODUCE = "Reproduce it";
    private static final String RULES = "Rules in these steps";
    private static final String KERNEL = "Kernel";
    private static final int SUBJECT_LENGTH = 110;
    private static final int LINE = 120;

    private final Finding finding;
    private final Settings settings;
    private final StringBuilder text = new StringBuilder();

    private MarkdownReport(Finding finding, Settings settings) {
        this.finding = finding;
        this.settings = settings;
    }

    /** Return the headings of the sections that it writes. */
    static Set<String> headings() {
        return Set.of(STEPS, EXPECTED, ACTUAL, REPRODUCE, RULES, KERNEL);
    }

    /** Return what is wrong, in a line. */
    public static String subject(Counterexample found) {
        Violation violation = found.violation();
        String actual = ViolationWords.of(violation).actual();
        String what = violation
                .step()
                .map(step -> found.history().trace().operations().get(step) + ": " + actual)
                .orElse(actual);
        String subject = found.trace().target() + ": " + what;
        String shortened =
                subject.length() <= SUBJECT_LENGTH ? subject : subject.substring(0, SUBJECT_LENGTH - 1) + "…";
        return shortened + " (" + violation.rule().id() + ")";
    }

    /** Return the report of a trace that was neither repeated nor made shorter yet. */
    static String asFound(Counterexample found, Settings settings) {
        StringBuilder text = new StringBuilder();
        text.append("# ").append(subject(found)).append("\n\n");
        text.append("As it was found: neither repeated nor made shorter yet.\n\n");
        String warning = Sensitivity.of(found.violation(), found.history()).warning();
        if (!warning.isEmpty()) {
            text.append(warning).append("\n\n");
        }
        TextReport.counterexample(found, settings).lines().forEach(line -> text.append(("    " + line).stripTrailing())
                .append('\n'));
        HandWritten.in(found.folder().resolve(FindingFolder.REPORT))
                .sections()
                .forEach(section -> text.append('\n').append(section).append('\n'));
        return text.toString();
    }

    static String of(Finding finding, Settings settings) {
        return new MarkdownReport(finding, settings).write();
    }

    private String write() {
        Counterexample found = finding.found();
        text.append("# ").append(finding.subject()).append("\n\n");
        paragraph("Seen on " + found.history().environment().release() + ", " + tries() + ", each with "
                + (found.trace().target().kind().isFile() ? "a new file" : "a device of zeros")
                + ". On the same kernel " + finding.reproducerRun().words() + ".");
        String warning = Sensitivity.of(found.violation(), found.history()).warning();
        if (!warning.isEmpty()) {
            paragraph(warning);
        }
        writeSteps();
        writeExpected();
        writeActual();
        writeReproduce();
        writeRules();
        writeKernel();
        HandWritten.in(found.folder().resolve(FindingFolder.REPORT)).sections().forEach(section -> text.append(section)
                .append("\n\n"));
        return text.toString().strip() + "\n";
    }

    private String tries() {
        Counterexample found = finding.found();
        if (found.repeats() == 0) {
            return "in a try that was not repeated";
        }
        return "in " + (found.shown() < found.repeats() ? "only " : "") + found.shown() + " of " + found.repeats()
                + " tries";
    }

    private void writeSteps() {
        Counterexample found = finding.found();
        Target target = found.trace().target();
        heading(STEPS);
        paragraph("On " + Targets.named(TargetMatrix.load(), target.name()).about() + "; "
                + StatxLine.full(found.history().environment()) + ".");
        List<Operation> operations = found.history().trace().operations();
        int last = Math.max(
                found.trace().operations().size(),
                found.violation().step().map(step -> step + 1).orElse(0));
        for (int i = 0; i < last; i++) {
            text.append(i + 1).append(". ").append(capitalized(operations.get(i).toString()));
            text.append(
                    i < found.history().steps().size()
                            ? ": "
                                    + shortened(found.history()
                                            .steps()
                                            .get(i)
                                            .outcome()
                                            .toString())
                            : "");
            text.append(".\n");
        }
        text.append('\n');
    }

    private void writeExpected() {
        Violation violation = finding.found().violation();
        Rule rule = violation.rule();
        heading(EXPECTED);
        paragraph(step() + ViolationWords.of(violation).expected() + ".");
        paragraph(rule.sentence() + " (rule `" + rule.id() + "`)");
        rule.source().places().forEach(place -> text.append("- ").append(place).append('\n'));
        text.append('\n');
    }

    private void writeActual() {
        History history = finding.found().history();
        heading(ACTUAL);
        paragraph(step() + ViolationWords.of(finding.found().violation()).actual() + ".");
        if (!history.console().isEmpty()) {
            paragraph("The kernel logged:");
            history.console().forEach(line -> text.append("    ").append(line).append('\n'));
            text.append('\n');
        }
    }

    private String step() {
        return finding.found()
                .violation()
                .step()
                .map(step -> "Step " + (step + 1) + ": ")
                .orElse("");
    }

    private void writeReproduce() {
        Counterexample found = finding.found();
        Target target = found.trace().target();
        heading(REPRODUCE);
        if (finding.demonstration().isPresent()) {
            String where = target.kind().isFile() ? "FILE" : "DEVICE";
            paragraph("`reproducer.c` needs only libc and takes a path, "
                    + (target.kind().isFile()
                            ? "of a file that does not exist yet"
                            : "of a device whose data it destroys")
                    + "; it exits with 1 if the fault shows, 0 if it does not, 2 if it could not be tried:");
            text.append("    ")
                    .append(String.join(" ", CProgram.COMPILER))
                    .append(" -O2 -o reproducer reproducer.c && ./reproducer ")
                    .append(where)
                    .append("\n\n");
            paragraph("`reproducer.sh` makes the disk and the file system as well, as root. "
                    + "`fstest/` holds the same as a test of fstests, with its golden output.");
        } else {
            paragraph(capitalized(finding.reproducerRun().words()) + ".");
        }
        paragraph("With untorn:");
        text.append("    ").append(ReplayLine.of(found, settings)).append("\n\n");
        if (!finding.reproducerRun().output().isEmpty()) {
            paragraph("What `reproducer.c` printed:");
            finding.reproducerRun().output().lines().forEach(line -> text.append(("    " + line).stripTrailing())
                    .append('\n'));
            text.append('\n');
        }
    }

    private void writeRules() {
        heading(RULES);
        paragraph(
                "How often each rule was checked against what, in the steps and in the reads and the statx after them:");
        RuleCheckWords.byRule(finding.checks()).forEach((rule, words) -> text.append("- `")
                .append(rule)
                .append("`: ")
                .append(words)
                .append('\n'));
        text.append('\n');
    }

    private void writeKernel() {
        Counterexample found = finding.found();
        heading(KERNEL);
        paragraph(finding.kernel() + ", which calls itself "
                + found.history().environment().release()
                + (finding.config().isPresent() ? "; its configuration is in the file `config`" : "") + ".");
        text.append(SignatureLine.of(found.signature())).append("\n\n");
    }

    private void heading(String heading) {
        text.append("## ").append(heading).append("\n\n");
    }

    /** Write a paragraph in lines of at most {@value #LINE} characters. */
    private void paragraph(String words) {
        List<String> line = new ArrayList<>();
        int length = 0;
        for (String word : words.split(" ", -1)) {
            if (length + word.length() > LINE && !line.isEmpty()) {
                text.append(String.join(" ", line)).append('\n');
                line.clear();
                length = 0;
            }
            line.add(word);
            length += word.length() + 1;
        }
        text.append(String.join(" ", line)).append("\n\n");
    }

    private static String capitalized(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static String shortened(String words) {
        return words.length() <= 2 * LINE ? words : words.substring(0, 2 * LINE) + "…";
    }
}
