package io.untorn.conformance.run;

import io.untorn.model.history.Environment;
import io.untorn.model.history.History;
import io.untorn.model.history.KernelUnderTest;
import io.untorn.model.history.Trace;
import io.untorn.model.target.Facility;
import io.untorn.model.target.Target;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs the next trace while the caller judges the last: one at a time, and in the same order as without. What ran ahead
 * counts only if it is asked for next; whatever else is asked of the kernel waits for its end and drops its history.
 */
final class RunAhead implements KernelUnderTest {
    private final KernelUnderTest kernel;
    private @Nullable Trace expected;
    private @Nullable Begun begun;

    private record Begun(Trace trace, CompletableFuture<History> history) {
        History result() {
            try {
                return history.join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
        }
    }

    RunAhead(KernelUnderTest kernel) {
        this.kernel = kernel;
    }

    /** Begin this trace when the next has run: it is the one after that. */
    void expect(Trace trace) {
        expected = trace;
    }

    @Override
    public History run(Trace trace) {
        Begun ahead = begun;
        History history;
        if (ahead != null && ahead.trace().equals(trace)) {
            begun = null;
            history = ahead.result();
        } else {
            drop();
            history = kernel.run(trace);
        }
        Trace next = expected;
        if (next != null && !next.equals(trace)) {
            expected = null;
            begun = new Begun(
                    next, CompletableFuture.supplyAsync(() -> kernel.run(next), work -> new Thread(work, "untorn-ahead")
                            .start()));
        }
        return history;
    }

    /** Wait until the kernel is idle, and forget what it did unasked. */
    void settle() {
        expected = null;
        drop();
    }

    private void drop() {
        Begun ahead = begun;
        if (ahead != null) {
            begun = null;
            ahead.history().exceptionally(failure -> null).join();
        }
    }

    @Override
    public Environment prepare(Target target) {
        settle();
        return kernel.prepare(target);
    }

    @Override
    public void rearmWarnings() {
        settle();
        kernel.rearmWarnings();
    }

    @Override
    public void restore() {
        settle();
        kernel.restore();
    }

    @Override
    public void expectRestore() {
        settle();
        kernel.expectRestore();
    }

    @Override
    public void expectHang() {
        settle();
        kernel.expectHang();
    }

    @Override
    public Set<Facility> facilities() {
        return kernel.facilities();
    }

    @Override
    public Map<Facility, String> lacks() {
        return kernel.lacks();
    }

    @Override
    public void close() {
        settle();
        kernel.close();
    }
}
