package io.untorn.conformance.finding;

import io.untorn.conformance.judge.Signature;
import io.untorn.model.history.History;
import io.untorn.model.history.Trace;
import io.untorn.model.oracle.Verdict.Violation;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A trace that shows a kernel breaking a rule: as it was found, or as short as shrinking made it.
 *
 * @param trace what to do
 * @param history what was seen, with the reading back
 * @param violation the broken rule
 * @param signature what makes it the same finding as another
 * @param shown how often the trace showed it again
 * @param repeats of how many tries; 0 if it did not run again
 * @param file where the trace was saved
 */
public record Counterexample(
        Trace trace, History history, Violation violation, Signature signature, int shown, int repeats, Path file) {
    /** Return the same, saved to another file. */
    Counterexample in(Path other) {
        return new Counterexample(trace, history, violation, signature, shown, repeats, other);
    }

    /** Return the folder that the trace is in. */
    public Path folder() {
        return Objects.requireNonNull(file.toAbsolutePath().getParent());
    }

    /** Return the name of that folder. */
    String name() {
        return folder().getFileName().toString();
    }

    /** Say how often it was shown again, and whether that makes it flaky. */
    public String repeated() {
        if (repeats == 0) {
            return "not repeated";
        }
        return (shown < repeats ? "flaky: " : "") + "shown again " + shown + " of " + repeats + " times";
    }
}
