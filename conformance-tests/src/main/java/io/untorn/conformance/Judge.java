package io.untorn.conformance;

import io.untorn.model.History;
import io.untorn.model.Oracle;
import io.untorn.model.Specification;
import io.untorn.model.TooManyWorldsException;
import io.untorn.model.Verdict;
import io.untorn.vm.UntornException;

/** Holds histories against specifications; needs no kernel. */
public final class Judge {
    private Judge() {}

    /**
     * Judge a history.
     *
     * @throws UntornException if it can't be: the caller's mistake
     */
    public static Verdict judge(History history, Specification specification) {
        try {
            return new Oracle(specification).judge(history);
        } catch (TooManyWorldsException e) {
            throw UntornException.caller("this sequence can't be judged: " + e.getMessage());
        }
    }
}
