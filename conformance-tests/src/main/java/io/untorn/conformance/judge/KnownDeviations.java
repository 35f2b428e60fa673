package io.untorn.conformance.judge;

import io.untorn.conformance.deviation.BothFiles;
import io.untorn.conformance.deviation.Trail;
import io.untorn.model.console.OperationMark;
import io.untorn.model.contents.Contents;
import io.untorn.model.history.History;
import io.untorn.model.history.Step;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Subject;
import io.untorn.model.operation.TwinWrite;
import io.untorn.model.oracle.Deviations;
import io.untorn.model.oracle.Verdict.Violation;
import io.untorn.model.rule.Actual;
import io.untorn.model.rule.Situation;
import io.untorn.model.state.FileState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Explains what a history shows by known deviations of its kernel: a violation has the shape of one, and its mechanism
 * brought about just that.
 *
 * @param list those to explain by
 */
record KnownDeviations(List<KnownDeviation> list) implements Deviations {
    KnownDeviations {
        list = List.copyOf(list);
    }

    @Override
    public Course follow(History history) {
        return new Followed(
                history,
                list.stream()
                        .filter(deviation -> deviation.covers(
                                history.trace().target().kind(),
                                history.environment().kernel()))
                        .map(deviation -> new Candidate(deviation, trail(deviation, history)))
                        .toList());
    }

    private static Trail trail(KnownDeviation deviation, History history) {
        Trail ofFile = deviation.mechanism().follow(history);
        boolean written = history.trace().operations().stream().anyMatch(TwinWrite.class::isInstance);
        return written ? new BothFiles(ofFile, deviation.mechanism().follow(history)) : ofFile;
    }

    private record Candidate(KnownDeviation deviation, Trail trail) {}

    private static final class Followed implements Course {
        private final History history;
        private final boolean isMarked;
        private final List<Candidate> candidates;
        private final Map<String, Integer> met = new TreeMap<>();

        Followed(History history, List<Candidate> candidates) {
            this.history = history;
            isMarked = OperationMark.last(history.console()).isPresent();
            this.candidates = candidates;
        }

        @Override
        public Optional<Explained> explain(Violation violation, Step step, Situation on) {
            List<Candidate> alike = candidates.stream()
                    .filter(candidate -> candidate.deviation.isLike(violation))
                    .toList();
            if (violation.actual() instanceof Actual.WrongData data) {
                Subject subject = step.operation() instanceof Read read ? read.subject() : Subject.FILE;
                return explain(data, subject, alike, on.state());
            }
            return alike.stream()
                    .flatMap(candidate -> candidate.trail.explain(step, on).stream()
                            .map(after -> new Explained(candidate.deviation.id(), after)))
                    .findFirst();
        }

        @Override
        public void see(Step step, Situation on) {
            for (Candidate candidate : candidates) {
                if (candidate.trail.see(step, on)) {
                    met.merge(candidate.deviation.id(), 1, Integer::sum);
                }
            }
        }

        /** Explain all bytes that are wrong: by the first deviation that explains the first of them, and by others. */
        private static Optional<Explained> explain(
                Actual.WrongData data, Subject subject, List<Candidate> alike, FileState state) {
            return alike.stream()
                    .filter(candidate -> candidate.trail.explainedUpTo(
                                    subject, data.first(), data.first().offset())
                            > data.first().offset())
                    .findFirst()
                    .filter(first -> data.differences().stream().allMatch(wrong -> isExplained(wrong, subject, alike)))
                    .map(first -> new Explained(first.deviation.id(), state));
        }

        private static boolean isExplained(Contents.Difference wrong, Subject subject, List<Candidate> alike) {
            long end = wrong.offset() + wrong.length();
            long at = wrong.offset();
            for (long from = -1; from < at && at < end; ) {
                from = at;
                for (Candidate candidate : alike) {
                    at = Math.max(at, candidate.trail.explainedUpTo(subject, wrong, at));
                }
            }
            return at >= end;
        }

        @Override
        public Optional<String> explain(Violation violation) {
            return candidates.stream()
                    .filter(candidate -> candidate.deviation.isLike(violation)
                            && steps(violation).anyMatch(candidate.trail::madeComplaint))
                    .map(candidate -> candidate.deviation.id())
                    .findFirst();
        }

        /** Return the operations that may have brought it about: all, if the agent marked none of them. */
        private IntStream steps(Violation violation) {
            return violation
                    .step()
                    .map(IntStream::of)
                    .orElseGet(() -> isMarked
                            ? IntStream.empty()
                            : IntStream.range(0, history.steps().size()));
        }

        @Override
        public Map<String, Integer> met() {
            return met;
        }
    }
}
