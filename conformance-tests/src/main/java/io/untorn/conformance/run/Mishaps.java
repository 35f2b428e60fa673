package io.untorn.conformance.run;

import io.untorn.conformance.judge.NonconformanceError;
import io.untorn.vm.host.UntornException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What failed while a finding was made shorter, repeated and reported. Such a failure does not take the finding along: the
 * step is left out, and the first failure is reported beside the finding.
 */
final class Mishaps {
    private @Nullable UntornException first;

    /**
     * Take a step.
     *
     * @param step what it does, as in "failed while ..."
     * @return what came of it; empty if it failed
     * @throws NonconformanceError if it does: that is what the kernel did
     */
    <T> Optional<T> attempted(String step, Supplier<T> what) {
        try {
            return Optional.of(what.get());
        } catch (NonconformanceError broken) {
            throw broken;
        } catch (RuntimeException | Error failure) {
            note(step, failure);
            return Optional.empty();
        }
    }

    /** Take a step that nothing comes of, or nothing that is needed. */
    void attempt(String step, Runnable what) {
        attempted(step, () -> {
            what.run();
            return step;
        });
    }

    private void note(String step, Throwable failure) {
        if (first == null) {
            String reason =
                    failure instanceof UntornException ? failure.getMessage() : failure + "; please report this";
            first = UntornException.machinery("failed while " + step + ": " + reason, failure);
        }
    }

    /** Return the first failure, if a step failed. */
    Optional<UntornException> first() {
        return Optional.ofNullable(first);
    }
}
