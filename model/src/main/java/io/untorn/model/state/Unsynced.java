package io.untorn.model.state;

import io.untorn.model.contents.Contents;
import io.untorn.model.contents.InDoubt;
import io.untorn.model.contents.InDoubt.Claim;
import io.untorn.model.contents.Origin;
import io.untorn.model.contents.TooManyWorldsException;
import io.untorn.model.operation.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * What happened to a file since it was last safe from a power cut. Immutable. Every change adds one link, whatever its
 * length; what a cut may leave is worked out when there is one.
 */
public final class Unsynced {
    private final Contents safe;
    private final Contents held;
    private final Optional<Link> last;

    private Unsynced(Contents safe, Contents held, Optional<Link> last) {
        this.safe = safe;
        this.held = held;
        this.last = last;
    }

    /** One change: equal to itself alone. */
    private static final class Link {
        private final UnaryOperator<Contents> effect;
        private final Optional<Change> data;
        private final Contents was;
        private final Contents is;
        private final long size;
        private final Optional<Link> before;

        Link(
                UnaryOperator<Contents> effect,
                Optional<Change> data,
                Contents was,
                Contents is,
                long size,
                Optional<Link> before) {
            this.effect = effect;
            this.data = data;
            this.was = was;
            this.is = is;
            this.size = size;
            this.before = before;
        }

        /** Return what a cut after this change may leave, of what it might leave before. */
        Contents onto(Contents left) {
            Contents after = effect.apply(left);
            long end = Math.max(left.end(), after.end());
            return switch (kind()) {
                case DURABLE -> after;
                case TEARABLE -> rewritten(left.resized(end).joined(after.resized(end), Link::either));
                case ATOMIC -> left.resized(end).joined(after.resized(end), this::oneWhole);
            };
        }

        /**
         * Return contents in which the pages that the change touches may also be as they were cached: a page, or a block,
         * goes to the disk whole, with what atomic writes left in it, and may tear.
         */
        private Contents rewritten(Contents left) {
            Contents whole = left;
            for (Contents.Run touched : touched()) {
                long from = down(touched.offset());
                long to = Math.min(is.end(), down(touched.offset() + touched.length() + Buffer.PAGE - 1));
                Contents cached = is.slice(from, to - from);
                whole = whole.withCopy(whole.slice(from, to - from).joined(cached, Link::orCached), from);
            }
            return whole;
        }

        /**
         * Return the ranges in which the change left other bytes than there were, as far as they are still inside; a change
         * of the size touches the last page that both have.
         */
        private List<Contents.Run> touched() {
            List<Contents.Run> ranges = new ArrayList<>();
            for (Contents.Difference difference : was.resized(is.end()).differences(is)) {
                ranges.add(new Contents.Run(difference.offset(), difference.length(), difference.actual()));
            }
            long common = Math.min(was.end(), is.end());
            if (was.end() != is.end() && common > 0) {
                ranges.add(new Contents.Run(common - 1, 1, Origin.ZERO));
            }
            return ranges;
        }

        private static long down(long offset) {
            return offset / Buffer.PAGE * Buffer.PAGE;
        }

        /** Change the sizes that a cut before this change may leave to those that a cut after it may. */
        void passOn(NavigableSet<Long> sizes) {
            if (kind() == Change.Kind.DURABLE) {
                long end = data.orElseThrow().end();
                NavigableSet<Long> shorter = sizes.headSet(end, false);
                if (!shorter.isEmpty()) {
                    shorter.clear();
                    sizes.add(end);
                }
            }
            sizes.add(size);
            data.ifPresent(change -> addEnd(Math.min(size, change.end()), sizes));
            if (kind() == Change.Kind.TEARABLE) {
                touched().forEach(range -> addEnds(range, sizes));
            }
        }

        /** Add the sizes that a file may have while a range of it is written back, a page at a time. */
        private void addEnds(Contents.Run range, NavigableSet<Long> sizes) {
            long end = range.offset() + range.length();
            addEnd(end, sizes);
            for (long page = down(range.offset()) + Buffer.PAGE; page < end; page += Buffer.PAGE) {
                addEnd(page, sizes);
            }
            addEnd(Math.min(size, down(end + Buffer.PAGE - 1)), sizes);
        }

        /** Add a size, unless the file was larger for sure. */
        private static void addEnd(long end, NavigableSet<Long> sizes) {
            if (end > sizes.first()) {
                sizes.add(end);
            }
        }

        private Change.Kind kind() {
            return data.map(Change::kind).orElse(Change.Kind.TEARABLE);
        }

        private static Origin either(Origin older, Origin newer) {
            return InDoubt.of(older).or(InDoubt.of(newer));
        }

        /** Where the page was in doubt itself, it adds nothing. */
        private static Origin orCached(Origin left, Origin cached) {
            return cached instanceof InDoubt ? left : either(left, cached);
        }

        private Origin oneWhole(Origin older, Origin newer) {
            Change change = data.orElseThrow();
            Claim stored = new Claim(change.operation(), change.offset(), change.length(), true);
            return InDoubt.of(older)
                    .claiming(stored.opposite())
                    .or(InDoubt.of(newer).claiming(stored));
        }
    }

    /** Return a file of which all is safe. */
    public static Unsynced nothing(Contents safe) {
        return new Unsynced(safe, safe, Optional.empty());
    }

    /**
     * Return this with a change.
     *
     * @param effect what it makes of contents
     * @param data what it lays down; empty if it does anything else
     * @param size the size after it, in bytes
     */
    Unsynced with(UnaryOperator<Contents> effect, Optional<Change> data, long size) {
        Contents changed = effect.apply(held);
        return new Unsynced(safe, changed, Optional.of(new Link(effect, data, held, changed, size, last)));
    }

    /** Return this after a look at what the last power cut left: as far as it is still there, it is certain. */
    Unsynced seen(Contents now, Contents seen) {
        Contents certain = safe;
        for (Contents.Difference open : safe.slice(seen.from(), seen.length()).differences(seen)) {
            for (Contents.Run run : now.slice(open.offset(), open.length()).runs()) {
                if (run.origin() instanceof InDoubt && run.origin().equals(open.expected())) {
                    certain = certain.with(run.offset(), run.length(), open.actual());
                }
            }
        }
        return new Unsynced(certain, held.withCopy(seen, seen.from()), last);
    }

    /** Return what a power cut may leave: one for each size, in which bytes are in doubt. */
    List<Contents> afterPowerCut() {
        Deque<Link> links = new ArrayDeque<>();
        for (Optional<Link> link = last; link.isPresent(); link = link.get().before) {
            links.push(link.get());
        }
        Contents left = safe;
        NavigableSet<Long> sizes = new TreeSet<>(List.of(safe.end()));
        for (Link link : links) {
            left = link.onto(left);
            link.passOn(sizes);
        }
        if (sizes.size() > FileState.MAX_WORLDS) {
            throw new TooManyWorldsException("a power cut may leave a file in " + sizes.size()
                    + " sizes, more than the " + FileState.MAX_WORLDS + " that can be followed: sync more often");
        }
        return sizes.stream().map(left::resized).toList();
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof Unsynced other && last.equals(other.last) && safe.equals(other.safe);
    }

    @Override
    public int hashCode() {
        return safe.hashCode();
    }
}
