package io.untorn.conformance.result;

import io.untorn.vm.host.UntornException.Category;
import java.util.Collection;

/** How a command ends. */
public enum ExitCode {
    /** The kernel conforms; or, if none was judged, all was done that was asked for. */
    CONFORMS(0),
    /** The kernel broke a rule. */
    DOES_NOT_CONFORM(1),
    /** The call was wrong. */
    CALLER_MISTAKEN(Category.CALLER.exitCode()),
    /** The machinery failed, or what was done is no evidence. */
    MACHINERY_FAILED(Category.MACHINERY.exitCode());

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /** Return the number that a shell sees, 0 to 3. */
    public int number() {
        return number;
    }

    /** Return how a command ends that could not go on. */
    public static ExitCode of(Category category) {
        return switch (category) {
            case CALLER -> CALLER_MISTAKEN;
            case MACHINERY -> MACHINERY_FAILED;
        };
    }

    /** Return the worst of several: what does not conform is worse than what could not be judged. */
    public static ExitCode worst(Collection<ExitCode> codes) {
        return codes.contains(DOES_NOT_CONFORM)
                ? DOES_NOT_CONFORM
                : codes.stream().max(ExitCode::compareTo).orElse(CONFORMS);
    }
}
