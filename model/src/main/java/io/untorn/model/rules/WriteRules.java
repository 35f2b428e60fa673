package io.untorn.model.rules;

import io.untorn.model.rule.Rule;
import io.untorn.model.target.TargetKind;
import java.util.List;
import java.util.stream.Stream;

/** What a write may answer, in the kernel's own order of checks: it decides which errno wins. */
final class WriteRules {
    private WriteRules() {}

    /** Return the rules of writes to a kind of target, of every version, in the order of the kernel's checks. */
    static List<Rule> order(TargetKind target) {
        return Stream.of(
                        SyscallEntryRules.ORDER,
                        target.isFile() ? FileWriteRules.ORDER : DeviceWriteRules.ORDER,
                        PlainWriteRules.ORDER)
                .flatMap(List::stream)
                .toList();
    }
}
