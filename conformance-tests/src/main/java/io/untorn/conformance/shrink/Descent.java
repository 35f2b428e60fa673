package io.untorn.conformance.shrink;

import io.untorn.model.history.Trace;
import io.untorn.model.operation.Operation;
import io.untorn.model.target.Facility;
import io.untorn.model.target.Target;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Makes operations simpler step by step, as long as they still show what is looked for.
 *
 * <p>Each way to make them simpler is used until nothing comes of it, then the next; what one way has tried in vain is not
 * tried again before all others had their turn. The end is reached when a round of all ways was in vain.
 */
public final class Descent {
    private final Target target;
    private final Set<Facility> facilities;
    private final List<Simplification> ways;
    private final Predicate<List<Operation>> shows;
    private final Set<List<Operation>> tried = new HashSet<>();
    private List<Operation> simplest;

    /**
     * Begin with some operations that show what is looked for.
     *
     * @param facilities what the kernel can do beyond running operations: a simpler operation must not need more
     * @param ways how to make operations simpler, in the order in which they are tried
     * @param shows tells whether operations show what is looked for
     */
    public Descent(Trace trace, Set<Facility> facilities, List<Simplification> ways, Predicate<List<Operation>> shows) {
        this.target = trace.target();
        this.facilities = facilities;
        this.ways = List.copyOf(ways);
        this.shows = shows;
        this.simplest = trace.operations();
    }

    /** Go on until no way leads further, and return the simplest operations that show it. */
    public List<Operation> toTheEnd() {
        boolean further = true;
        while (further) {
            further = false;
            for (Simplification way : ways) {
                further |= go(way);
            }
        }
        return simplest;
    }

    /** Use one way until nothing comes of it; tell whether anything did. */
    private boolean go(Simplification way) {
        boolean further = false;
        int passed = 0;
        Iterator<List<Operation>> candidates = way.of(simplest).iterator();
        while (candidates.hasNext()) {
            List<Operation> candidate = candidates.next();
            if (isWorthTrying(candidate) && shows.test(candidate)) {
                simplest = candidate;
                further = true;
                candidates = way.of(simplest).skip(passed).iterator();
            } else {
                passed++;
            }
        }
        return further;
    }

    private boolean isWorthTrying(List<Operation> candidate) {
        return Simplicity.of(candidate).compareTo(Simplicity.of(simplest)) < 0
                && canRun(candidate)
                && tried.add(candidate);
    }

    /** Tell whether the target takes these operations, and the kernel can do them: a device has no twin. */
    private boolean canRun(List<Operation> operations) {
        return operations.stream().allMatch(this::hasWhatItNeeds) && isTrace(operations);
    }

    private boolean hasWhatItNeeds(Operation operation) {
        return operation.facility() == Facility.NONE || facilities.contains(operation.facility());
    }

    private boolean isTrace(List<Operation> operations) {
        try {
            return !new Trace(target, operations).withReadBack().operations().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
