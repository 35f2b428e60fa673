package io.untorn.model.rules;

import static io.untorn.model.rule.Expectation.allowed;
import static io.untorn.model.rule.Expectation.notable;

import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome.Failed;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Expectation;
import io.untorn.model.rule.Expectation.Permit;
import io.untorn.model.rule.Situation;
import io.untorn.model.state.FileState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The errors that a call may fail with where more than one is possible, each because of something that is the case. To
 * be asked to try again, and to lack space, is notable.
 */
final class Refusals {
    private static final Set<Errno> NOTABLE = Set.of(Errno.EAGAIN, Errno.ENOSPC);

    private final Set<Errno> errors;

    private Refusals(Set<Errno> errors) {
        this.errors = errors;
    }

    /** Begin with errors that are possible in any case, if there are some. */
    static Refusals of(Errno... always) {
        return new Refusals(new LinkedHashSet<>(List.of(always)));
    }

    /** Add an error that is possible if something is the case. */
    Refusals or(Errno errno, boolean possible) {
        Set<Errno> more = new LinkedHashSet<>(errors);
        if (possible) {
            more.add(errno);
        }
        return new Refusals(more);
    }

    /** Allow these, and everything as it was. */
    List<Permit> of(Situation on) {
        return leaving(on.state());
    }

    /** Allow these, after which something was changed. */
    List<Permit> leaving(FileState changed) {
        return permits(errno -> changed);
    }

    /**
     * Allow a write these, and everything as it was. Where the error is none of those that come before the data is
     * sent, a power cut may yet show that the data was stored.
     */
    List<Permit> of(Write write, Situation on) {
        return permits(errno -> errno.comesFirst() ? on.state() : on.stateAttempted(write));
    }

    /** Allow these, and something else. */
    Expectation besides(Permit other, Situation on) {
        List<Permit> permits = new ArrayList<>(List.of(other));
        permits.addAll(of(on));
        return new Expectation(permits);
    }

    /** Allow a write these, and something else. */
    Expectation besides(Permit other, Write write, Situation on) {
        List<Permit> permits = new ArrayList<>(List.of(other));
        permits.addAll(of(write, on));
        return new Expectation(permits);
    }

    private List<Permit> permits(Function<Errno, FileState> after) {
        return errors.stream()
                .map(errno -> NOTABLE.contains(errno)
                        ? notable(new Failed(errno), after.apply(errno))
                        : allowed(new Failed(errno), after.apply(errno)))
                .toList();
    }
}
