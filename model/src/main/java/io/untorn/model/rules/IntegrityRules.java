package io.untorn.model.rules;

import static io.untorn.model.rule.Rule.aboutData;
import static io.untorn.model.rule.Rule.inspecting;
import static io.untorn.model.rule.Scope.EVERYWHERE;
import static io.untorn.model.rule.Scope.Support.PRESENT;

import io.untorn.model.console.OperationMark;
import io.untorn.model.console.Splat;
import io.untorn.model.history.Complaints;
import io.untorn.model.history.History;
import io.untorn.model.rule.Actual;
import io.untorn.model.rule.DataFault;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Scope;
import java.util.List;
import java.util.Optional;

/** What is promised about the data and the kernel, whatever the implementation: it stands above the order of checks. */
final class IntegrityRules {
    private static final Scope ATOMIC = EVERYWHERE.since(6, 11).where(PRESENT);

    static final List<Rule> RULES = List.of(
            inspecting(
                            "every-operation-is-answered",
                            "Every operation returns.",
                            EVERYWHERE,
                            IntegrityRules::answered,
                            "pwritev2(2), RETURN VALUE")
                    .promised(),
            inspecting(
                            "no-splat",
                            "No operation makes the kernel complain.",
                            EVERYWHERE,
                            IntegrityRules::quiet,
                            "kernel Documentation/process/coding-style.rst, Do not crash the kernel",
                            RfcExt4Rules.MAIL + ", quoted WARNING in ext4_mb_regular_allocator")
                    .promised(),
            aboutData(
                    "refused-write-changes-nothing",
                    "A write that fails leaves the data as it was.",
                    EVERYWHERE,
                    DataFault.REFUSED_BUT_WRITTEN,
                    "pwritev2(2), RWF_ATOMIC: all or none"),
            aboutData(
                    "data-at-its-place",
                    "Data is where its operation put it.",
                    EVERYWHERE,
                    DataFault.MISPLACED,
                    "pwritev2(2), DESCRIPTION"),
            aboutData(
                    "atomic-write-all-or-none",
                    "Of an atomic write all bytes are there, or none.",
                    ATOMIC,
                    DataFault.TORN,
                    "pwritev2(2), RWF_ATOMIC: all or none"),
            aboutData(
                    "data-is-what-was-written-last",
                    "Every byte is what was written there last, and zero where nothing was.",
                    EVERYWHERE,
                    DataFault.WRONG,
                    "write(2), NOTES",
                    "pread(2), DESCRIPTION"));

    private IntegrityRules() {}

    private static boolean isAnswered(History history) {
        return history.steps().size() == history.trace().operations().size();
    }

    private static Rule.Seen answered(History history) {
        if (isAnswered(history)) {
            return Rule.Seen.HOLDS;
        }
        int operations = history.trace().operations().size();
        Optional<Integer> last = OperationMark.last(history.console()).filter(index -> index < operations);
        return new Rule.Seen.Broken(List.of(new Rule.Seen.Sight(
                last,
                new Actual.Stopped(
                        operations, last.orElse(history.steps().size()), Splat.function(history.console())))));
    }

    /** What a kernel prints when it stops is reported with the stop. */
    private static Rule.Seen quiet(History history) {
        List<Splat> splats = Complaints.of(history);
        if (splats.isEmpty()) {
            return Rule.Seen.HOLDS;
        }
        return isAnswered(history)
                ? new Rule.Seen.Broken(splats.stream()
                        .map(splat -> new Rule.Seen.Sight(operation(splat, history), new Actual.Complained(splat)))
                        .toList())
                : Rule.Seen.NOT_APPLICABLE;
    }

    /** Return the operation that a splat came in; what the agent does after the last is not part of the trace. */
    private static Optional<Integer> operation(Splat splat, History history) {
        return splat.operation().filter(index -> index < history.steps().size());
    }
}
