package io.untorn.cli;

import io.untorn.model.rule.Authority;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Scope;
import io.untorn.model.rule.Scope.Support;
import io.untorn.model.target.Facility;
import io.untorn.model.target.TargetKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Formats the attributes of a rule other than its sentence. */
final class RuleText {
    private RuleText() {}

    /** Return the rule's marks: that it is a promise, that no source decides, what it needs, that it can't be reached. */
    static List<String> marks(Rule rule) {
        List<String> marks = new ArrayList<>();
        if (rule.authority() == Authority.PROMISE) {
            marks.add("promise");
        } else if (rule.authority() == Authority.SILENT) {
            marks.add("nobody says");
        }
        switch (rule.scope().facility()) {
            case NONE -> {}
            case POWER_CUT, IO_URING, LIBAIO ->
                marks.add("needs " + rule.scope().facility());
            case OUT_OF_REACH -> marks.add("not reached: " + Facility.OUT_OF_REACH);
        }
        return marks;
    }

    /** Return the one error that the rule requires; empty if it permits something else, which its sentence says. */
    static Optional<String> required(Rule rule) {
        return rule.refusal().map(errno -> errno + ", and nothing changes");
    }

    /** Return the versions that the rule holds for, and what statx must report; empty if it holds for all. */
    static Optional<String> holds(Scope scope) {
        List<String> parts = new ArrayList<>();
        if (!scope.versions().isEmpty()) {
            parts.add(scope.versions());
        }
        if (scope.support() != Support.PRESENT_OR_ABSENT) {
            parts.add(scope.support().toString());
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts));
    }

    static String kind(TargetKind kind) {
        return switch (kind) {
            case BLOCK_DEVICE -> "block device";
            case EXT4 -> "ext4";
            case XFS -> "XFS";
        };
    }

    static String count(int rules) {
        return rules == 1 ? "1 rule" : rules + " rules";
    }
}
