package io.untorn.model.oracle;

import io.untorn.model.console.NewLines;
import io.untorn.model.contents.Contents;
import io.untorn.model.contents.InDoubt;
import io.untorn.model.contents.Origin;
import io.untorn.model.contents.TooManyWorldsException;
import io.untorn.model.history.Errno;
import io.untorn.model.history.History;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Repeats;
import io.untorn.model.history.Step;
import io.untorn.model.operation.Batch;
import io.untorn.model.operation.Layout;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.PowerCut;
import io.untorn.model.operation.Write;
import io.untorn.model.oracle.Verdict.Violation;
import io.untorn.model.rule.Actual;
import io.untorn.model.rule.Calls;
import io.untorn.model.rule.DataFault;
import io.untorn.model.rule.Expectation;
import io.untorn.model.rule.Expectation.Permit;
import io.untorn.model.rule.Grade;
import io.untorn.model.rule.PageCaching;
import io.untorn.model.rule.Requests;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Situation;
import io.untorn.model.rule.Specification;
import io.untorn.model.state.Fates;
import io.untorn.model.state.FileState;
import io.untorn.model.state.PageCaches;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.IntStream;

/**
 * Judges histories against a specification. Pure: the same history gets the same verdict.
 *
 * <p>If more than one outcome or state is possible, every world is kept until a later observation decides.
 */
public final class Oracle {
    private static final Outcome ASKED_AGAIN = new Outcome.Failed(Errno.EAGAIN);

    private final Specification specification;
    private final Deviations deviations;
    private final List<Rule> inspections;
    private final List<Rule> dataRules;

    /** Create one that goes on after nothing that a rule does not permit. */
    public Oracle(Specification specification) {
        this(specification, Deviations.NONE);
    }

    /** Create one that goes on after what a known deviation explains. */
    public Oracle(Specification specification, Deviations deviations) {
        this.specification = specification;
        this.deviations = deviations;
        inspections = specification.rules().stream()
                .filter(rule -> rule.check() instanceof Rule.Inspection)
                .toList();
        dataRules = specification.rules().stream()
                .filter(rule -> rule.check() instanceof Rule.Data)
                .toList();
    }

    /**
     * Judge a history, up to the first rule that it breaks with no known deviation to explain it.
     *
     * @throws TooManyWorldsException if the history leaves more than {@value FileState#MAX_WORLDS} worlds possible
     */
    public Verdict judge(History history) {
        return judge(history, JudgementListener.NONE);
    }

    /**
     * Judge a history, as far as {@link #judge(History)} does, and let a listener see what its operations meet.
     *
     * @throws TooManyWorldsException if the history leaves more than {@value FileState#MAX_WORLDS} worlds possible
     */
    public Verdict judge(History history, JudgementListener listener) {
        return new Judgement(history, listener).verdict();
    }

    private final class Judgement {
        private final History history;
        private final JudgementListener listener;
        private final Deviations.Course course;
        private final List<Violation> broken = new ArrayList<>();
        private final Map<Violation, String> explained = new HashMap<>();
        private final Map<RuleCheck, Integer> checks = new HashMap<>();
        private final Set<DataFault> showable = EnumSet.of(DataFault.WRONG);
        private List<FileState> worlds;
        private PageCaches cached;
        private int judged;

        Judgement(History history, JudgementListener listener) {
            this.history = history;
            this.listener = listener;
            course = deviations.follow(history);
            cached = PageCaching.atStart(history.trace().target());
            FileState pristine = FileState.pristine(history.environment());
            worlds = List.of(
                    history.trace().operations().stream().anyMatch(PowerCut.class::isInstance)
                            ? pristine
                            : pristine.neverCut());
        }

        Verdict verdict() {
            List<Violation> violations = inspect();
            boolean goesOn = true;
            while (goesOn && judged < history.steps().size()) {
                goesOn = follow(judged++);
            }
            violations.forEach(
                    violation -> course.explain(violation).ifPresent(deviation -> explained.put(violation, deviation)));
            violations.addAll(broken);
            violations.sort(
                    Comparator.comparingInt(violation -> violation.step().orElse(-1)));
            return new Verdict(violations, explained, course.met(), checks, judged, newLines());
        }

        /** What a kernel prints when it stops is reported with the stop. */
        private SortedSet<String> newLines() {
            return history.steps().size() == history.trace().operations().size()
                    ? NewLines.in(history.console())
                    : Collections.emptySortedSet();
        }

        private List<Violation> inspect() {
            List<Violation> violations = new ArrayList<>();
            for (Rule rule : inspections) {
                if (rule.check() instanceof Rule.Inspection inspection) {
                    Rule.Seen seen = inspection.inspector().inspect(history);
                    if (!(seen instanceof Rule.Seen.NotApplicable)) {
                        count(RuleCheck.againstHistory(
                                rule,
                                seen instanceof Rule.Seen.Broken ? RuleCheck.Result.BROKEN : RuleCheck.Result.HOLDS));
                    }
                    if (seen instanceof Rule.Seen.Broken broken) {
                        broken.sights()
                                .forEach(sight -> violations.add(new Violation(rule, sight.step(), sight.actual())));
                    }
                }
            }
            return violations;
        }

        /** Judge an operation; return whether it was right, or what is wrong is explained. */
        private boolean follow(int index) {
            Step step = history.steps().get(index);
            List<FileState> next = new ArrayList<>(worlds.size());
            Map<FileState, Specification.Decision> ruledOut = new LinkedHashMap<>();
            listener.beforeOperation(step.operation(), situation(worlds.get(0), index));
            Map<FileState, Specification.Decision> kept = new LinkedHashMap<>();
            for (FileState world : worlds) {
                Specification.Decision decision = specification.decide(step.operation(), situation(world, index));
                List<FileState> after = mayBeRepeated(decision, step) ? permitted(decision, step.outcome()) : List.of();
                if (after.isEmpty()) {
                    ruledOut.put(world, decision);
                } else {
                    kept.put(world, decision);
                }
                next.addAll(after);
            }
            RuleCheck.Result otherwise = next.isEmpty() ? RuleCheck.Result.BROKEN : RuleCheck.Result.WORLD_RULED_OUT;
            ruledOut.values().forEach(decision -> count(RuleCheck.against(decision.rule(), step.outcome(), otherwise)));
            boolean right = !next.isEmpty();
            FileState before = (right ? kept : ruledOut).keySet().iterator().next();
            if (!right) {
                Map<FileState, FileState> explained = explained(broken(index, step, ruledOut), step, index);
                before = explained.keySet().stream().findFirst().orElse(before);
                explained.forEach((world, after) ->
                        situation(world, index).withPositionOpen(step, after).forEach(next::add));
            }
            Situation met = situation(before, index);
            listener.decided(step.operation(), met, (right ? kept : ruledOut).get(before));
            show(step, met);
            if (next.isEmpty()) {
                return false;
            }
            cached = cachedAfter(step, index);
            worlds = next.size() == 1 ? next : List.copyOf(new LinkedHashSet<>(next));
            if (worlds.size() > FileState.MAX_WORLDS) {
                throw new TooManyWorldsException(
                        "after operation " + (index + 1) + ", " + step.operation() + ", more than "
                                + FileState.MAX_WORLDS + " states of the target are possible: read it in between");
            }
            listener.afterOperation(worlds.get(0));
            noteShowable(step);
            if (right
                    && step.outcome() instanceof Outcome.ReadBack back
                    && back.contents().length() > 0) {
                dataRules.stream()
                        .filter(rule -> rule.check() instanceof Rule.Data data && showable.contains(data.fault()))
                        .forEach(rule -> count(RuleCheck.againstData(rule, RuleCheck.Result.HOLDS)));
            }
            return true;
        }

        /** Show the known deviations what was done: each call of a layout, and each request of a batch, by itself. */
        private void show(Step step, Situation met) {
            if (step.operation() instanceof Batch batch) {
                Requests.made(step, batch, met, specification).forEach(made -> course.see(made.step(), made.on()));
            } else if (step.operation() instanceof Layout layout) {
                Calls.made(step, layout, met, specification).forEach(call -> course.see(call.step(), call.on()));
            } else {
                course.see(step, met);
            }
        }

        /**
         * Note what was broken; return the worlds in which a known deviation explains it, each with the world that it
         * leaves.
         */
        private Map<FileState, FileState> explained(Map<FileState, Violation> violations, Step step, int index) {
            Map<FileState, FileState> after = new LinkedHashMap<>();
            violations.forEach((world, violation) -> {
                Situation on = situation(world, index);
                Map<Violation, String> found = new LinkedHashMap<>();
                Optional<FileState> left = step.operation() instanceof Batch batch
                        ? Requests.otherwise(
                                step,
                                batch,
                                on,
                                specification,
                                (alone, met, decision) ->
                                        explained(broken(index, alone, decision, met.state()), alone, met, found))
                        : explained(violation, step, on, found);
                left.filter(state -> !found.isEmpty()).ifPresent(state -> {
                    if (after.isEmpty()) {
                        broken.addAll(found.keySet());
                        explained.putAll(found);
                    }
                    after.put(world, state);
                });
            });
            if (after.isEmpty()) {
                broken.add(mostTelling(List.copyOf(violations.values())));
            }
            return after;
        }

        /** Return the world that a known deviation leaves, if one explains a violation; note which. */
        private Optional<FileState> explained(
                Violation violation, Step step, Situation on, Map<Violation, String> found) {
            Optional<Deviations.Explained> known = course.explain(violation, step, on);
            known.ifPresent(explained -> found.put(violation, explained.deviation()));
            return known.map(Deviations.Explained::after);
        }

        /** Tell whether a call was never asked to try again, or might be: then that is counted. */
        private boolean mayBeRepeated(Specification.Decision decision, Step step) {
            if (step.repeats().equals(Repeats.NONE)) {
                return true;
            }
            boolean permitted = mayAskAgain(decision.expectation(), step);
            if (permitted) {
                count(RuleCheck.against(decision.rule(), ASKED_AGAIN, RuleCheck.Result.REPEATED));
            }
            return permitted;
        }

        /** Tell whether a call, or one of several requests, might be asked to try again. */
        private static boolean mayAskAgain(Expectation expectation, Step step) {
            if (!(step.outcome() instanceof Outcome.Each each)) {
                return isPermitted(expectation, ASKED_AGAIN);
            }
            return IntStream.range(0, each.requests().size()).anyMatch(asked -> {
                List<Outcome> outcomes = new ArrayList<>(each.requests());
                outcomes.set(asked, ASKED_AGAIN);
                return isPermitted(expectation, new Outcome.Each(outcomes));
            });
        }

        private static boolean isPermitted(Expectation expectation, Outcome outcome) {
            return expectation.permits().stream()
                    .anyMatch(permit -> permit.worlds(outcome).findAny().isPresent());
        }

        /** Return what may be in the page cache after a step in any of the worlds before it. */
        private PageCaches cachedAfter(Step step, int index) {
            return worlds.stream()
                    .map(world -> PageCaching.after(step, situation(world, index)))
                    .reduce(PageCaches.NONE, PageCaches::or);
        }

        /** Return the worlds after an outcome; none if it is not permitted. */
        private List<FileState> permitted(Specification.Decision decision, Outcome outcome) {
            List<FileState> after = new ArrayList<>();
            Optional<Grade> grade = Optional.empty();
            for (Permit permit : decision.expectation().permits()) {
                List<FileState> next = permit.worlds(outcome).toList();
                if (!next.isEmpty()) {
                    grade = Optional.of(permit.grade() == Grade.NOTABLE ? Grade.NOTABLE : grade.orElse(permit.grade()));
                    after.addAll(next);
                }
            }
            grade.ifPresent(found -> count(RuleCheck.against(decision.rule(), outcome, found)));
            return after;
        }

        /** Return what is broken in each of the worlds that were possible. */
        private Map<FileState, Violation> broken(
                int index, Step step, Map<FileState, Specification.Decision> ruledOut) {
            Map<FileState, Violation> violations = new LinkedHashMap<>();
            ruledOut.forEach((world, decision) -> violations.put(world, broken(index, step, decision, world)));
            return violations;
        }

        /** Return the first violation that is about data, else the last. */
        private static Violation mostTelling(List<Violation> violations) {
            return violations.stream()
                    .filter(violation -> violation.rule().check() instanceof Rule.Data)
                    .findFirst()
                    .orElse(violations.get(violations.size() - 1));
        }

        private Situation situation(FileState world, int index) {
            return new Situation(history.trace().target(), history.environment(), world, cached, index);
        }

        private Violation broken(int index, Step step, Specification.Decision decision, FileState world) {
            if (step.outcome() instanceof Outcome.ReadBack actual) {
                for (Permit permit : decision.expectation().permits()) {
                    Optional<Contents> expected = dataOf(permit)
                            .filter(data -> data.length() == actual.contents().length());
                    if (expected.isPresent()) {
                        return world.durability().fates().sight(expected.get(), actual.contents())
                                        instanceof Fates.Sighting.Torn torn
                                ? blameCut(torn, index)
                                : blame(expected.get(), actual.contents(), index);
                    }
                }
            }
            boolean asked = !step.repeats().equals(Repeats.NONE) && !mayAskAgain(decision.expectation(), step);
            return new Violation(
                    decision.rule(),
                    Optional.of(index),
                    new Actual.Answered(decision.expectation(), asked ? ASKED_AGAIN : step.outcome()));
        }

        private static Optional<Contents> dataOf(Permit permit) {
            if (permit instanceof Expectation.Showing showing) {
                return Optional.of(showing.there());
            }
            return permit instanceof Expectation.Exactly exactly
                            && exactly.outcome() instanceof Outcome.ReadBack expected
                    ? Optional.of(expected.contents())
                    : Optional.empty();
        }

        private Violation blameCut(Fates.Sighting.Torn torn, int index) {
            Rule rule = dataRule(DataFault.TORN_BY_POWER_CUT);
            count(RuleCheck.againstData(rule, RuleCheck.Result.BROKEN));
            return new Violation(
                    rule, Optional.of(index), new Actual.HalfLeft(torn.operation(), torn.there(), torn.older()));
        }

        private Violation blame(Contents expected, Contents actual, int index) {
            List<Contents.Difference> wrong = expected.differences(actual).stream()
                    .filter(Judgement::isWrong)
                    .toList();
            if (wrong.isEmpty()) {
                throw new IllegalStateException("no difference between " + expected + " and " + actual);
            }
            DataFault fault = fault(wrong.get(0), expected, actual, index);
            Rule rule = dataRule(fault);
            count(RuleCheck.againstData(rule, RuleCheck.Result.BROKEN));
            return new Violation(rule, Optional.of(index), new Actual.WrongData(fault, wrong));
        }

        private static boolean isWrong(Contents.Difference difference) {
            return !(difference.expected() instanceof InDoubt doubt)
                    || doubt.claims(difference.actual()).isEmpty();
        }

        private DataFault fault(Contents.Difference difference, Contents expected, Contents actual, int index) {
            if (difference.actual() instanceof Origin.Written there) {
                if (there.operation() < history.steps().size()
                        && isOfRefused(
                                there, difference.offset(), history.steps().get(there.operation()))) {
                    return DataFault.REFUSED_BUT_WRITTEN;
                }
                boolean moved =
                        expected.runs().stream().noneMatch(run -> run.origin().equals(there))
                                && there.displacement() != 0;
                if (moved) {
                    return DataFault.MISPLACED;
                }
            }
            if (difference.expected() instanceof InDoubt) {
                return DataFault.NEITHER_OLD_NOR_NEW;
            }
            boolean partial = isAtomicInPart(difference, expected, actual);
            if (isOlderThanLastCut(difference, index)) {
                return partial ? DataFault.TORN_BY_POWER_CUT : DataFault.LOST_IN_POWER_CUT;
            }
            return partial && isLastChange(difference.expected(), index) ? DataFault.TORN : DataFault.WRONG;
        }

        /** Tell whether bytes are from an operation that failed, or from one of several requests that did. */
        private static boolean isOfRefused(Origin.Written there, long at, Step step) {
            if (!(step.operation() instanceof Batch batch)) {
                return step.outcome() instanceof Outcome.Failed;
            }
            List<Write> requests = batch.requests();
            List<Outcome> own = IntStream.range(0, requests.size())
                    .filter(i -> holds(requests.get(i), there, at))
                    .mapToObj(step::outcomeOf)
                    .toList();
            return !own.isEmpty() && own.stream().allMatch(Outcome.Failed.class::isInstance);
        }

        /** Tell whether a write laid down a byte that is at a place now. */
        private static boolean holds(Write write, Origin.Written origin, long at) {
            long from = write.stampedOffset() + origin.displacement();
            return at >= from && at < from + write.length();
        }

        /** Tell whether what is missing and what is there instead were both laid down before the last power cut. */
        private boolean isOlderThanLastCut(Contents.Difference difference, int index) {
            int cut = index;
            while (cut >= 0 && !(history.steps().get(cut).operation() instanceof PowerCut)) {
                cut--;
            }
            return isBefore(difference.expected(), cut) && isBefore(difference.actual(), cut);
        }

        private static boolean isBefore(Origin origin, int index) {
            return index >= 0
                    && (origin.equals(Origin.ZERO)
                            || (origin instanceof Origin.Written written && written.operation() < index));
        }

        private boolean isLastChange(Origin origin, int index) {
            return origin instanceof Origin.Written written
                    && history.trace().operations().subList(written.operation() + 1, index).stream()
                            .noneMatch(Operation::mayChange);
        }

        /** Tell whether a part of an atomic write is there, and a part is not. */
        private boolean isAtomicInPart(Contents.Difference difference, Contents expected, Contents actual) {
            return difference.expected() instanceof Origin.Written missing
                    && history.trace().operations().get(missing.operation()).writes().stream()
                            .filter(write -> write.atomic() && holds(write, missing, difference.offset()))
                            .map(write ->
                                    expected.slice(write.stampedOffset() + missing.displacement(), write.length()))
                            .flatMap(laid -> laid.runs().stream())
                            .filter(run -> run.origin().equals(missing))
                            .anyMatch(run -> actual.slice(run.offset(), run.length()).runs().stream()
                                    .anyMatch(seen -> seen.origin().equals(missing)));
        }

        private Rule dataRule(DataFault fault) {
            return dataRules.stream()
                    .filter(rule -> rule.check() instanceof Rule.Data data && data.fault() == fault)
                    .findFirst()
                    .or(() -> fault == DataFault.WRONG ? Optional.empty() : Optional.of(dataRule(DataFault.WRONG)))
                    .orElseThrow(() -> new IllegalStateException(specification.name() + " has no rule about data"));
        }

        /** Note which faults of data could show from now on. */
        private void noteShowable(Step step) {
            if (step.operation() instanceof PowerCut) {
                showable.add(DataFault.LOST_IN_POWER_CUT);
                showable.add(DataFault.NEITHER_OLD_NOR_NEW);
            }
            if (showable.contains(DataFault.LOST_IN_POWER_CUT)
                    && worlds.stream()
                            .anyMatch(world -> !world.durability().fates().equals(Fates.OPEN))) {
                showable.add(DataFault.TORN_BY_POWER_CUT);
            }
            List<Write> writes = step.operation().writes();
            for (int i = 0; i < writes.size(); i++) {
                if (writes.get(i).length() > 0) {
                    noteShowable(writes.get(i), step.outcomeOf(i));
                }
            }
        }

        private void noteShowable(Write write, Outcome outcome) {
            if (outcome instanceof Outcome.Failed) {
                showable.add(DataFault.REFUSED_BUT_WRITTEN);
            } else {
                showable.add(DataFault.MISPLACED);
                if (write.atomic()) {
                    showable.add(DataFault.TORN);
                }
            }
        }

        private void count(RuleCheck check) {
            checks.merge(check, 1, Integer::sum);
        }
    }
}
