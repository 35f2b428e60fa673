package io.untorn.model;

import io.untorn.model.Expectation.Permit;
import io.untorn.model.Verdict.Violation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Judges histories against a specification. Pure: the same history gets the same verdict.
 *
 * <p>Where more than one outcome or state is possible every world is kept, until what is seen later decides.
 */
public final class Oracle {
    /** The most worlds kept at once. */
    static final int MAX_WORLDS = 1024;

    private final Specification specification;

    public Oracle(Specification specification) {
        this.specification = specification;
    }

    /**
     * Judge a history, up to the first rule that it breaks.
     *
     * @throws IllegalStateException if the history leaves more than {@value #MAX_WORLDS} worlds possible
     */
    public Verdict judge(History history) {
        return new Judgement(history).verdict();
    }

    private final class Judgement {
        private final History history;
        private final Map<String, Integer> reached = new TreeMap<>();
        private final List<String> notes = new ArrayList<>();
        private List<FileState> worlds;
        private int judged;

        Judgement(History history) {
            this.history = history;
            worlds = List.of(FileState.pristine(history.environment()));
        }

        Verdict verdict() {
            Optional<Violation> violation = inspect();
            while (violation.isEmpty() && judged < history.steps().size()) {
                violation = follow(judged++);
            }
            return new Verdict(violation, reached, notes, judged);
        }

        private Optional<Violation> inspect() {
            for (Rule rule : specification.rules()) {
                if (rule.check() instanceof Rule.Inspection inspection) {
                    Rule.Seen seen = inspection.inspector().inspect(history);
                    if (!(seen instanceof Rule.Seen.NotApplicable)) {
                        reach(rule);
                    }
                    if (seen instanceof Rule.Seen.Broken broken) {
                        return Optional.of(new Violation(rule, Optional.empty(), broken.expected(), broken.actual()));
                    }
                }
            }
            return Optional.empty();
        }

        private Optional<Violation> follow(int index) {
            Step step = history.steps().get(index);
            Set<FileState> next = new LinkedHashSet<>();
            Optional<Violation> violation = Optional.empty();
            for (FileState world : worlds) {
                Situation situation = new Situation(history.trace().target(), history.environment(), world, index);
                Specification.Decision decision = specification.decide(step.operation(), situation);
                reach(decision.rule());
                boolean permitted = false;
                for (Permit permit : decision.expectation().permits()) {
                    Optional<FileState> behind = permit.next(step.outcome());
                    if (behind.isPresent()) {
                        permitted = true;
                        next.add(behind.get());
                        if (permit.grade() == Grade.NOTABLE) {
                            notes.add(decision.rule().id() + ": " + step.outcome());
                        }
                    }
                }
                if (!permitted) {
                    violation = Optional.of(broken(index, step, decision));
                }
            }
            if (next.isEmpty()) {
                return violation;
            }
            if (next.size() > MAX_WORLDS) {
                throw new IllegalStateException("more than " + MAX_WORLDS + " worlds after operation " + (index + 1));
            }
            if (step.outcome() instanceof Outcome.ReadBack back) {
                reachDataRules(back.contents(), index);
            }
            worlds = List.copyOf(next);
            return Optional.empty();
        }

        private Violation broken(int index, Step step, Specification.Decision decision) {
            if (step.outcome() instanceof Outcome.ReadBack actual) {
                for (Permit permit : decision.expectation().permits()) {
                    if (permit instanceof Expectation.Exactly exactly
                            && exactly.outcome() instanceof Outcome.ReadBack expected
                            && expected.contents().length() == actual.contents().length()) {
                        return blame(expected.contents(), actual.contents(), index);
                    }
                }
            }
            return new Violation(
                    decision.rule(),
                    Optional.of(index),
                    decision.expectation().toString(),
                    step.outcome().toString());
        }

        private Violation blame(Contents expected, Contents actual, int index) {
            Contents.Difference difference = expected.difference(actual)
                    .orElseThrow(
                            () -> new IllegalStateException("no difference between " + expected + " and " + actual));
            DataFault fault = fault(difference, expected, actual, index);
            Rule rule = dataRule(fault);
            reach(rule);
            String place = "bytes " + difference.offset() + " to " + (difference.offset() + difference.length() - 1);
            return new Violation(
                    rule, Optional.of(index), place + ": " + difference.expected(), place + ": " + difference.actual());
        }

        private DataFault fault(Contents.Difference difference, Contents expected, Contents actual, int index) {
            if (difference.actual() instanceof Origin.Written there) {
                if (there.operation() < history.steps().size()
                        && history.steps().get(there.operation()).outcome() instanceof Outcome.Failed) {
                    return DataFault.REFUSED_BUT_WRITTEN;
                }
                boolean moved =
                        expected.runs().stream().noneMatch(run -> run.origin().equals(there))
                                && there.displacement() != 0;
                if (moved) {
                    return DataFault.MISPLACED;
                }
            }
            return isTorn(difference.expected(), expected, actual, index) ? DataFault.TORN : DataFault.WRONG;
        }

        /** Tell whether a part of the atomic write that changed the target last is there, and a part is not. */
        private boolean isTorn(Origin missing, Contents expected, Contents actual, int index) {
            return missing instanceof Origin.Written written
                    && history.trace().operations().get(written.operation()) instanceof Write write
                    && write.atomic()
                    && history.trace().operations().subList(written.operation() + 1, index).stream()
                            .noneMatch(Operation::mayChange)
                    && expected.runs().stream()
                            .filter(run -> run.origin().equals(missing))
                            .anyMatch(run -> actual.slice(run.offset(), run.length()).runs().stream()
                                    .anyMatch(seen -> seen.origin().equals(missing)));
        }

        private Rule dataRule(DataFault fault) {
            return specification.rules().stream()
                    .filter(rule -> rule.check() instanceof Rule.Data data && data.fault() == fault)
                    .findFirst()
                    .or(() -> fault == DataFault.WRONG ? Optional.empty() : Optional.of(dataRule(DataFault.WRONG)))
                    .orElseThrow(() -> new IllegalStateException(specification.name() + " has no rule about data"));
        }

        /** Count the data rules that a comparison put to the test: those whose fault could have shown. */
        private void reachDataRules(Contents seen, int before) {
            if (seen.length() == 0) {
                return;
            }
            for (Rule rule : specification.rules()) {
                if (rule.check() instanceof Rule.Data data
                        && history.steps().subList(0, before).stream()
                                .anyMatch(step -> couldShow(data.fault(), step))) {
                    reach(rule);
                }
            }
        }

        private boolean couldShow(DataFault fault, Step step) {
            if (fault == DataFault.WRONG) {
                return true;
            }
            if (!(step.operation() instanceof Write write) || write.length() == 0) {
                return false;
            }
            return switch (fault) {
                case REFUSED_BUT_WRITTEN -> step.outcome() instanceof Outcome.Failed;
                case TORN -> write.atomic() && step.outcome() instanceof Outcome.Returned;
                case MISPLACED, WRONG -> step.outcome() instanceof Outcome.Returned;
            };
        }

        private void reach(Rule rule) {
            reached.merge(rule.id(), 1, Integer::sum);
        }
    }
}
