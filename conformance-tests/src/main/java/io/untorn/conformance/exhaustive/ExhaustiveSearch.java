package io.untorn.conformance.exhaustive;

import io.untorn.conformance.coverage.AbstractState;
import io.untorn.conformance.coverage.HiddenKernelState;
import io.untorn.conformance.coverage.StateHash;
import io.untorn.conformance.generate.partition.Testbed;
import io.untorn.model.history.Extent;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Operation;
import io.untorn.model.state.FileState;
import io.untorn.model.target.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Shrinkable;

/**
 * All traces of 1 to {@code length} operations of an alphabet, shorter ones first, otherwise in the alphabet's order.
 *
 * <p>Of traces that end in the same {@link AbstractState} and {@link Layout} only the first is extended: every operation is
 * tried in every state that was reached. From the same abstract state on the rules permit the same, except for which
 * operation wrote the bytes, so for the model what is left out repeats what was tried. Where a target is as new, but
 * something was done to it, it is another state than the pristine one, once: which operation it was is not distinguished. A
 * trace that breaks a rule at one of its operations is not extended: the state it left is unknown, and every extension
 * breaks the rule too.
 */
public final class ExhaustiveSearch {
    private final Target target;
    private final List<Operation> alphabet;
    private final int length;
    private final long longest;
    private final long pristine;

    /** How many operations the traces have that are being tried. */
    private int operations = 1;

    /** All but the last operation of those, each by the numbers of its operations in the alphabet. */
    private List<List<Integer>> prefixes = List.of(List.of());

    private int prefix;
    private int letter;
    private List<List<Integer>> longer = new ArrayList<>();
    private final Set<Long> states = new HashSet<>();
    private long ran;
    private long skipped;
    private boolean tried;
    private OptionalLong left = OptionalLong.empty();

    /**
     * How far a search is.
     *
     * @param operations how many operations the traces have that are being tried
     * @param prefixes all but the last operation of those, each by the numbers of its operations in the alphabet
     * @param prefix which of the prefixes is next, from 0
     * @param letter which operation of the alphabet is next after it, from 0
     * @param longer the known prefixes of the traces that are longer by one
     * @param states the hashes of the states that prefixes end in
     * @param ran how many traces were tried
     * @param skipped how many were left out
     */
    public record Position(
            int operations,
            List<List<Integer>> prefixes,
            int prefix,
            int letter,
            List<List<Integer>> longer,
            Set<Long> states,
            long ran,
            long skipped) {}

    /** Create a search for traces of up to a length that has not begun. */
    public ExhaustiveSearch(Testbed testbed, int length) {
        this.target = testbed.target();
        this.alphabet = Alphabet.of(testbed);
        this.length = length;
        longest = Long.highestOneBit(Math.max(1, testbed.unitMax()));
        pristine = state(
                StateHash.of(AbstractState.of(FileState.pristine(testbed.environment()), HiddenKernelState.NOTHING)),
                List.of());
        states.add(pristine);
    }

    /** Return the most operations that a trace has. */
    public int length() {
        return length;
    }

    public List<Operation> alphabet() {
        return alphabet;
    }

    /** Return the hash of the state that each trace begins in; it changes with the definition of abstract states. */
    public long pristine() {
        return pristine;
    }

    /**
     * Return the hash of what a kernel tells apart of a state.
     *
     * @param known the hash of its {@link AbstractState}
     * @param extents where the file's data lies
     */
    public long state(long known, List<Extent> extents) {
        return StateHash.of(new Told(known, Layout.of(extents, longest)));
    }

    /** What is told apart: all that the operations say of a state, and where its data came to lie. */
    private record Told(long known, Layout layout) {}

    /** Return how many traces were tried. */
    public synchronized long ran() {
        return ran;
    }

    /** Return how many traces were left out because a state before their last operation was known. */
    public synchronized long skipped() {
        return skipped;
    }

    /** Return how many traces there will be to try, at most; the more states turn out to be known, the fewer. */
    public synchronized long most() {
        return sequences(length) - skipped;
    }

    /** Tell whether no fewer than {@link #most()} will be tried. */
    public synchronized boolean isExact() {
        return operations >= length;
    }

    /** Tell whether all were tried. */
    public synchronized boolean isComplete() {
        return ran == most();
    }

    /** Return what was tried, of what, and what was left out. */
    public synchronized String progress() {
        return String.format(
                Locale.ROOT,
                "%,d of %s%,d sequences of up to %d operations out of %d; %,d skipped",
                ran,
                isExact() ? "" : "at most ",
                most(),
                length,
                alphabet.size(),
                skipped);
    }

    /** Return the next trace, until it is tried and done with; nothing about it is random. */
    public Arbitrary<Trace> traces() {
        return Arbitraries.fromGenerator(random ->
                Shrinkable.unshrinkable(new Trace(target, nextOperations().toList())));
    }

    private synchronized Stream<Operation> nextOperations() {
        return isComplete()
                ? Stream.empty()
                : Stream.concat(prefixes.get(prefix).stream(), Stream.of(letter))
                        .map(alphabet::get);
    }

    /**
     * Take note that a trace was tried; one that is not the next is none of the search's.
     *
     * @param state the hash of the abstract state that it left, if that is known
     */
    public synchronized void tried(Trace trace, OptionalLong state) {
        tried = !isComplete() && nextOperations().toList().equals(trace.operations());
        left = state;
    }

    /** Tell whether there is none that was tried and is not done with. */
    public synchronized boolean isBetweenTraces() {
        return !tried;
    }

    /** Go on after the trace that was tried last, if one was. */
    public synchronized void advance() {
        if (!tried) {
            return;
        }
        tried = false;
        ran++;
        if (operations < length) {
            if (left.isPresent() && states.add(left.getAsLong())) {
                longer.add(Stream.concat(prefixes.get(prefix).stream(), Stream.of(letter))
                        .toList());
            } else {
                skipped += sequences(length - operations);
            }
        }
        letter++;
        if (letter == alphabet.size()) {
            letter = 0;
            prefix++;
        }
        if (prefix == prefixes.size() && operations < length) {
            operations++;
            prefixes = longer;
            prefix = 0;
            longer = new ArrayList<>();
        }
    }

    /** Return how many sequences of 1 to so many operations there are. */
    private long sequences(int most) {
        long count = 0;
        for (int i = 0; i < most; i++) {
            count = (count + 1) * alphabet.size();
        }
        return count;
    }

    public synchronized Position position() {
        return new Position(
                operations,
                List.copyOf(prefixes),
                prefix,
                letter,
                List.copyOf(longer),
                Set.copyOf(states),
                ran,
                skipped);
    }

    /** Go on where a search like this was. */
    public synchronized void resume(Position from) {
        operations = from.operations;
        prefixes = from.prefixes;
        prefix = from.prefix;
        letter = from.letter;
        longer = new ArrayList<>(from.longer);
        states.clear();
        states.addAll(from.states);
        ran = from.ran;
        skipped = from.skipped;
        tried = false;
    }
}
