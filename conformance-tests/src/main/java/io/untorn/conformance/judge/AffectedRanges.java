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
 * The blocks that writes meant, the ranges that zeroing meant, and where they lie at the end of a history: what
 * collapsing, inserting and cloning moved is followed.
 *
 * <p>An operation that goes wrong does so there, whether it is refused or not. So wrong data elsewhere is no consequence
 * of it.
 */
final class AffectedRanges {
    private final Specification specification;
    private final History history;
    private List<Blocks> meant = new ArrayList<>();

    private AffectedRanges(Specification specification, History history) {
        this.specification = specification;
        this.history = history;
    }

    /**
     * Bytes of whole blocks that a write meant, or those that zeroing meant.
     *
     * @param rule the id of the rule that was held against the operation
     */
    private record Blocks(String rule, Subject subject, long from, long to) {
        boolean contains(Places.Range range) {
            return from <= range.offset() && range.offset() + range.length() <= to;
        }

        /** Return the part behind a place, which moves, and the part before it, which does not. */
        Stream<Blocks> movedBehind(long place, long by) {
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

    /** Tell whether all bytes that a violation finds wrong lie where operations went that these rules were held against. */
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
        return violation.actual().wrong().stream().allMatch(range -> meant.stream()
                .anyMatch(blocks ->
                        blocks.subject() == subject && rules.contains(blocks.rule()) && blocks.contains(range)));
    }

    private void follow(Operation operation, Situation on) {
        Step step = history.steps().get(on.index());
        if (operation instanceof Write write && write.length() > 0) {
            long block = on.target().blockSize();
            long place = on.place(write);
            meant.add(new Blocks(
                    specification.decide(write, on).rule().id(),
                    Subject.FILE,
                    place / block * block,
                    (place + write.length() + block - 1) / block * block));
        }
        if (operation instanceof Fallocate fallocate && zeroes(fallocate)) {
            String rule = specification.decide(fallocate, on).rule().id();
            meant.add(new Blocks(rule, Subject.FILE, fallocate.offset(), fallocate.end()));
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
                    ? blocks.movedBehind(fallocate.offset(), fallocate.length())
                    : Stream.of(blocks));
        }
        if (operation instanceof Fallocate fallocate && fallocate.mode() == Fallocate.Mode.COLLAPSE_RANGE) {
            replace(blocks -> blocks.subject() == Subject.FILE
                    ? blocks.without(fallocate.offset(), fallocate.end())
                            .flatMap(left -> left.movedBehind(fallocate.end(), -fallocate.length()))
                    : Stream.of(blocks));
        }
        if (operation instanceof CloneRange clone) {
            replace(blocks -> Stream.concat(Stream.of(blocks), blocks.cloned(clone)));
        }
    }

    private void replace(Function<Blocks, Stream<Blocks>> change) {
        meant = new ArrayList<>(meant.stream().flatMap(change).toList());
    }
}
