package io.untorn.model.rules;

import io.untorn.model.history.Errno;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Rule.Answer;
import io.untorn.model.rule.Rule.Condition;
import io.untorn.model.rule.Rule.Permission;

/** Assembles a rule about writes: a condition, and what the kernel may return if it applies. */
final class WriteAnswers {
    private WriteAnswers() {}

    /** Permit something; through a ring the position may stay where it was. */
    static Answer<Write> write(Condition<Write> condition, Permission<Write> permission) {
        return new Answer<>(
                Write.class, condition, (write, on) -> on.withPositionOpen(write, permission.permits(write, on)));
    }

    /** Refuse before the kernel could have had to wait for anything. */
    static Answer<Write> refusing(Errno errno, Condition<Write> condition) {
        return new Answer<>(Write.class, condition, Rule.Refusal.always(errno));
    }

    /** Refuse after the kernel could have had to wait: with RWF_NOWAIT it may ask to try again instead. */
    static Answer<Write> refusingLate(Errno errno, Condition<Write> condition) {
        return write(
                condition,
                new Rule.Refusal<>(errno, (write, on) -> write.flags().has(RwFlag.NOWAIT), (write, on) -> false));
    }

    /** Refuse after the kernel could have had to drop cached pages, and to find blocks, too. */
    static Answer<Write> refusingLast(Errno errno, Condition<Write> condition) {
        return write(
                condition,
                new Rule.Refusal<>(errno, (write, on) -> on.mayAskAgain(write), (write, on) -> on.mayLackSpace(write)));
    }
}
