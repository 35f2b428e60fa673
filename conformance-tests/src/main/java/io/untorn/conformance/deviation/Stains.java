package io.untorn.conformance.deviation;

import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Origin;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Step;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.MapStore;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Subject;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.TwinWrite;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Situation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Ranges of files that hold, or may show, data that does not belong there, and whose. They go where their bytes go, are
 * copied with them, and end with what overwrites these.
 */
final class Stains {
    private final Predicate<Operation> overwrites;
    private List<Stain> stains = new ArrayList<>();

    /**
     * Create none.
     *
     * @param overwrites which operations take away what was under the bytes that they write
     */
    Stains(Predicate<Operation> overwrites) {
        this.overwrites = overwrites;
    }

    /**
     * Bytes of a file, without the last, and whose data may be there.
     *
     * @param left tells it of the origins of data that was laid down there, not moved since
     * @param moved bytes from there to where the range is now
     */
    private record Stain(Subject subject, long from, long to, Predicate<Origin> left, long moved) {
        Stain within(long start, long end) {
            return new Stain(subject, Math.max(from, start), Math.min(to, end), left, moved);
        }

        Stain movedBy(long by, Subject toSubject) {
            return new Stain(toSubject, from + by, to + by, left, moved + by);
        }

        boolean isSome() {
            return from < to;
        }

        boolean explains(Subject read, Origin there, long at) {
            return subject == read && from <= at && at < to && left.test(there.moved(-moved));
        }
    }

    void add(Subject subject, long from, long to, Predicate<Origin> left) {
        if (from < to) {
            stains.add(new Stain(subject, from, to, left, 0));
        }
    }

    /** Follow an operation that succeeded; a failed one neither moves data nor overwrites it. */
    void follow(Step step, Situation on) {
        if (step.outcome() instanceof Outcome.Failed) {
            return;
        }
        Operation operation = step.operation();
        if (operation instanceof Write write && step.outcome() instanceof Outcome.Returned returned) {
            clear(operation, on.place(write), on.place(write) + returned.value());
        } else if (operation instanceof TwinWrite twin && step.outcome() instanceof Outcome.Returned returned) {
            clear(Subject.TWIN, on.ofTwin().place(twin.write()), on.ofTwin().place(twin.write()) + returned.value());
        } else if (operation instanceof MapStore store) {
            clear(operation, store.offset(), store.offset() + store.length());
        } else if (operation instanceof Truncate truncate) {
            clear(operation, truncate.size(), Long.MAX_VALUE);
        } else if (operation instanceof CloneRange clone) {
            copy(clone);
        } else if (operation instanceof Fallocate fallocate) {
            follow(fallocate);
        }
    }

    private void follow(Fallocate fallocate) {
        switch (fallocate.mode()) {
            case PUNCH_HOLE, ZERO_RANGE, ZERO_RANGE_KEEP_SIZE -> clear(fallocate, fallocate.offset(), fallocate.end());
            case COLLAPSE_RANGE ->
                replace(stain -> stain.subject() == Subject.FILE
                        ? Stream.of(
                                stain.within(0, fallocate.offset()),
                                stain.within(fallocate.end(), Long.MAX_VALUE)
                                        .movedBy(-fallocate.length(), Subject.FILE))
                        : Stream.of(stain));
            case INSERT_RANGE ->
                replace(stain -> stain.subject() == Subject.FILE
                        ? Stream.of(
                                stain.within(0, fallocate.offset()),
                                stain.within(fallocate.offset(), Long.MAX_VALUE)
                                        .movedBy(fallocate.length(), Subject.FILE))
                        : Stream.of(stain));
            case ALLOCATE, ALLOCATE_KEEP_SIZE, UNSHARE_RANGE -> {}
        }
    }

    /** Let what covers a byte of the file reach further, as far as an offset. */
    void widen(long at, long to) {
        replace(stain -> stain.subject() == Subject.FILE && stain.from() <= at && at < stain.to()
                ? Stream.of(
                        new Stain(Subject.FILE, stain.from(), Math.max(to, stain.to()), stain.left(), stain.moved()))
                : Stream.of(stain));
    }

    private void clear(Operation by, long from, long to) {
        if (overwrites.test(by)) {
            clear(Subject.FILE, from, to);
        }
    }

    private void clear(Subject subject, long from, long to) {
        replace(stain -> stain.subject() == subject
                ? Stream.of(stain.within(0, from), stain.within(to, Long.MAX_VALUE))
                : Stream.of(stain));
    }

    private void copy(CloneRange clone) {
        long by = clone.destination() - clone.source();
        List<Stain> copies = stains.stream()
                .filter(stain -> stain.subject() == clone.from())
                .map(stain -> stain.within(clone.source(), clone.source() + clone.length())
                        .movedBy(by, clone.to()))
                .filter(Stain::isSome)
                .toList();
        clear(clone.to(), clone.destination(), clone.destination() + clone.length());
        stains.addAll(copies);
    }

    private void replace(Function<Stain, Stream<Stain>> change) {
        stains = new ArrayList<>(
                stains.stream().flatMap(change).filter(Stain::isSome).toList());
    }

    boolean isEmpty() {
        return stains.isEmpty();
    }

    /** Return up to where data that is wrong from a byte on is what may be there; that byte if it is not. */
    long explainedUpTo(Subject subject, Contents.Difference wrong, long at) {
        return stains.stream()
                .filter(stain -> stain.explains(subject, wrong.actual(), at))
                .mapToLong(Stain::to)
                .max()
                .orElse(at);
    }
}
