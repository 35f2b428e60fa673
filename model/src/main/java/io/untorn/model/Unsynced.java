package io.untorn.model;

import io.untorn.model.InDoubt.Claim;
import java.util.ArrayDeque;
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
    private final Optional<Link> last;

    private Unsynced(Contents safe, Optional<Link> last) {
        this.safe = safe;
        this.last = last;
    }

    /** One change: equal to itself alone. */
    private static final class Link {
        private final UnaryOperator<Contents> effect;
        private final Optional<Change> data;
        private final long size;
        private final Optional<Link> before;

        Link(UnaryOperator<Contents> effect, Optional<Change> data, long size, Optional<Link> before) {
            this.effect = effect;
            this.data = data;
            this.size = size;
            this.before = before;
        }

        /** Return what a cut after this change may leave, of what it might leave before. */
        Contents onto(Contents left) {
            Contents after = effect.apply(left);
            long end = Math.max(left.end(), after.end());
            return switch (kind()) {
                case DURABLE -> after;
                case TEARABLE -> left.resized(end).joined(after.resized(end), Link::either);
                case ATOMIC -> left.resized(end).joined(after.resized(end), this::oneWhole);
            };
        }

        /** Change the sizes that a cut before this change may leave to those that a cut after it may. */
        void passOn(NavigableSet<Long> sizes) {
            if (kind() == Change.Kind.DURABLE) {
                sizes.headSet(data.orElseThrow().end(), false).clear();
            }
            sizes.add(size);
        }

        private Change.Kind kind() {
            return data.map(Change::kind).orElse(Change.Kind.TEARABLE);
        }

        private static Origin either(Origin older, Origin newer) {
            return InDoubt.of(older).or(InDoubt.of(newer));
        }

        private Origin oneWhole(Origin older, Origin newer) {
            Claim stored = new Claim(data.orElseThrow().operation(), true);
            return InDoubt.of(older)
                    .claiming(stored.opposite())
                    .or(InDoubt.of(newer).claiming(stored));
        }
    }

    /** Return a file of which all is safe. */
    static Unsynced nothing(Contents safe) {
        return new Unsynced(safe, Optional.empty());
    }

    /**
     * Return this with a change.
     *
     * @param effect what it makes of contents
     * @param data what it lays down; empty if it does anything else
     * @param size the size after it, in bytes
     */
    Unsynced with(UnaryOperator<Contents> effect, Optional<Change> data, long size) {
        return new Unsynced(safe, Optional.of(new Link(effect, data, size, last)));
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
        return new Unsynced(certain, last);
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
        if (sizes.size() > Oracle.MAX_WORLDS) {
            throw new TooManyWorldsException("a power cut may leave a file in " + sizes.size()
                    + " sizes, more than the " + Oracle.MAX_WORLDS + " that can be followed: sync more often");
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
