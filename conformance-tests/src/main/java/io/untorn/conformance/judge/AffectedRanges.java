package io.untorn.conformance.judge;

import io.untorn.model.history.History;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Step;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Subject;
import io.untorn.model.operation.Write;
import io.untorn.model.oracle.Oracle;
import io.untorn.model.oracle.Verdict.Violation;
import io.untorn.model.rule.Situation;
import io.untorn.model.rule.Specification;
import io.untorn.model.state.Places;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The blocks that writes went to and the ranges that zeroing went to, as they are placed at the end of a history:
 * collapsing, inserting and cloning move or copy them.
 *
 * <p>An operation that goes wrong does so there, whether it is refused or not, so wrong data elsewhere does not come
 * from it.
 */
final class AffectedRanges {
    private final Specification specification;
    private final History history;
    private List<Blocks> ranges = new ArrayList<>();

    private AffectedRanges(Specification specification, History history) {
        this.specification = specification;
        this.history = history;
    }

    /**
     * The bytes of the whole blocks that a write went to, or of the range that zeroing went to.
     *
     * @param rule the id of the rule that the operation was checked against
     */
    private record Blocks(String rule, Subject subject, long from, long to) {
        boolean contains(Places.Range range) {
            return from <= range.offset() && range.offset() + range.length() <= to;
        }

        /** Return the part after an offset, which moves, and the part before it, which does not. */
        Stream<Blocks> movedAfter(long place, long by) {
            return Stream.of(
                            new Blocks(rule, subject, from, Math.min(to, place)),
                            new Blocks(rule, subject, Math.max(from, place) + by, to + by))
                    .filter(Blocks::isSome);
        }

        Stream<Blocks> without(long start, long end) {
            return Stream.of(
                            new Blocks(rule, subject, from, Math.min(to, start)),
                            new Blocks(rule, subject, Math.max(from, end), to))
                    .filter(Blocks::isSome);
        }

        Stream<Blocks> cloned(CloneRange clone) {
            long by = clone.destination() - clone.source();
            return Stream.of(new Blocks(
                            rule,
                            clone.to(),
                            Math.max(from, clone.source()) + by,
                            Math.min(to, clone.source() + clone.length()) + by))
                    .filter(copy -> subject == clone.from() && copy.isSome());
        }

        private boolean isSome() {
            return from < to;
        }
    }

    /** Follow a history, up to the first rule that it breaks. */
    static AffectedRanges of(History history, Specification specification) {
        AffectedRanges affected = new AffectedRanges(specification, history);
        new Oracle(specification).judge(history, affected::follow);
        return affected;
    }

    /** Tell whether all wrong bytes of a violation are in ranges of operations that were checked against these rules. */
    boolean explains(Violation violation, Set<String> rules) {
        if (violation.actual().wrong().isEmpty()) {
            return true;
        }
        Subject subject = violation
                .step()
                .map(step -> history.steps().get(step).operation())
                .filter(Read.class::isInstance)
                .map(Read.class::cast)
                .map(Read::subject)
                .orElse(Subject.FILE);
        return violation.actual().wrong().stream().allMatch(range -> ranges.stream()
                .anyMatch(blocks ->
                        blocks.subject() == subject && rules.contains(blocks.rule()) && blocks.contains(range)));
    }

    private void follow(Operation operation, Situation on) {
        Step step = history.steps().get(on.index());
        if (operation instanceof Write write && write.length() > 0) {
            long block = on.target().blockSize();
            long place = on.place(write);
            ranges.add(new Blocks(
                    specification.decide(write, on).rule().id(),
                    Subject.FILE,
                    place / block * block,
                    (place + write.length() + block - 1) / block * block));
        }
        if (operation instanceof Fallocate fallocate && zeroes(fallocate)) {
            String rule = specification.decide(fallocate, on).rule().id();
            ranges.add(new Blocks(rule, Subject.FILE, fallocate.offset(), fallocate.end()));
        }
        if (!(step.outcome() instanceof Outcome.Failed)) {
            move(operation);
        }
    }

    private static boolean zeroes(Fallocate fallocate) {
        return fallocate.mode() == Fallocate.Mode.ZERO_RANGE || fallocate.mode() == Fallocate.Mode.ZERO_RANGE_KEEP_SIZE;
    }

    private void move(Operation operation) {
        if (operation instanceof Fallocate fallocate && fallocate.mode() == Fallocate.Mode.INSERT_RANGE) {
            replace(blocks -> blocks.subject() == Subject.FILE
                    ? blocks.movedAfter(fallocate.offset(), fallocate.length())
                    : Stream.of(blocks));
        }
        if (operation instanceof Fallocate fallocate && fallocate.mode() == Fallocate.Mode.COLLAPSE_RANGE) {
            replace(blocks -> blocks.subject() == Subject.FILE
                    ? blocks.without(fallocate.offset(), fallocate.end())
                            .flatMap(left -> left.movedAfter(fallocate.end(), -fallocate.length()))
                    : Stream.of(blocks));
        }
        if (operation instanceof CloneRange clone) {
            replace(blocks -> Stream.concat(Stream.of(blocks), blocks.cloned(clone)));
        }
    }

    private void replace(Function<Blocks, Stream<Blocks>> change) {
        ranges = new ArrayList<>(ranges.stream().flatMap(change).toList());
    }
}
