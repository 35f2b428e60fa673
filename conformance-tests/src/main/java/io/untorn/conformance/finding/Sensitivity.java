package io.untorn.conformance.finding;

import io.untorn.model.contents.Origin;
import io.untorn.model.history.History;
import io.untorn.model.history.Outcome;
import io.untorn.model.oracle.Verdict.Violation;
import io.untorn.model.rule.DataFault;
import io.untorn.model.rule.Rule;
import java.util.List;
import java.util.regex.Pattern;

/** Whether a finding may be published at once. */
public enum Sensitivity {
    /** It may. */
    NONE,
    /** A reader was shown data that was never in the file. */
    FOREIGN_DATA,
    /** Memory of the kernel is used in a way that it must not be. */
    MEMORY_CORRUPTION,
    /** A user without privileges can stop the machine. */
    CRASH;

    private static final List<Pattern> CORRUPTIONS = List.of(
            Pattern.compile("\\bKASAN: "),
            Pattern.compile("\\bBUG: KFENCE: "),
            Pattern.compile("\\bBUG: Bad page "),
            Pattern.compile("\\bSlab corruption"),
            Pattern.compile("\\bBUG [\\w-]+ .*: (Poison|Redzone|Object) "),
            Pattern.compile("\\blist_(add|del) corruption"),
            Pattern.compile("\\brefcount_t: "));

    private static final Pattern FATAL =
            Pattern.compile("\\bOops: |\\bkernel BUG at |\\bgeneral protection fault|\\bKernel panic - ");

    /**
     * Return how sensitive a violation is, by its kind.
     *
     * <p>A block device can only be opened by root and the group disk, who may read and write all of it anyway: what it
     * shows, and how it stops the machine, is not sensitive.
     *
     * <p>Source: kernel Documentation/process/security-bugs.rst.
     */
    public static Sensitivity of(Violation violation, History history) {
        if (history.console().stream().anyMatch(line -> CORRUPTIONS.stream()
                .anyMatch(corruption -> corruption.matcher(line).find()))) {
            return MEMORY_CORRUPTION;
        }
        if (!history.trace().target().kind().isFile()) {
            return NONE;
        }
        if (history.steps().size() < history.trace().operations().size()
                || history.console().stream()
                        .anyMatch(line -> FATAL.matcher(line).find())) {
            return CRASH;
        }
        return isForeign(violation, history) ? FOREIGN_DATA : NONE;
    }

    /**
     * Tell whether a read returned data that no operation wrote, or that a refused operation was to write.
     */
    private static boolean isForeign(Violation violation, History history) {
        if (violation.rule().check() instanceof Rule.Data data && data.fault() == DataFault.REFUSED_BUT_WRITTEN) {
            return true;
        }
        return violation
                .step()
                .filter(step -> !(violation.rule().check() instanceof Rule.Inspection)
                        && history.steps().get(step).outcome() instanceof Outcome.ReadBack read
                        && read.contents().runs().stream().anyMatch(run -> run.origin() instanceof Origin.Foreign))
                .isPresent();
    }

    /** Return what to know before it is published; empty if nothing. */
    public String warning() {
        String what =
                switch (this) {
                    case NONE -> "";
                    case FOREIGN_DATA -> "it shows a reader data that was never in the file";
                    case MEMORY_CORRUPTION -> "it corrupts memory of the kernel";
                    case CRASH -> "a user without privileges may stop the machine by it";
                };
        return what.isEmpty()
                ? ""
                : "**Sensitive**: " + what + ". Send it to the kernel's security contact first, in private, as "
                        + "Documentation/process/security-bugs.rst of the kernel says, and publish neither this report "
                        + "nor the files beside it before they agree.";
    }
}
