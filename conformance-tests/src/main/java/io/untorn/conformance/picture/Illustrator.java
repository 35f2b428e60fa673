package io.untorn.conformance.picture;

import io.untorn.conformance.judge.Judge;
import io.untorn.conformance.picture.Picture.Broken;
import io.untorn.conformance.picture.Picture.Row;
import io.untorn.model.history.Environment;
import io.untorn.model.history.History;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Statx;
import io.untorn.model.oracle.JudgementListener;
import io.untorn.model.oracle.Verdict;
import io.untorn.model.oracle.Verdict.Violation;
import io.untorn.model.rule.Situation;
import io.untorn.model.rule.Specification;
import io.untorn.model.state.FileState;
import io.untorn.vm.host.UntornException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes pictures: follows a history through the model, and records what its operations meet and leave. */
public final class Illustrator implements JudgementListener {
    private final List<Scene> scenes = new ArrayList<>();

    private Illustrator() {}

    /**
     * Draw what a kernel did, up to the first operation that broke a rule.
     *
     * @throws UntornException if the history can't be judged: the caller's mistake
     */
    public static Picture of(History history, Specification specification) {
        return new Illustrator()
                .draw(
                        history,
                        specification,
                        history.environment().release(),
                        "outcomes as seen, blocks according to " + specification.name());
    }

    /**
     * Draw what a trace does according to the rules.
     *
     * @param environment what it is assumed to find
     * @throws UntornException if it can't be judged: the caller's mistake
     */
    public static Picture of(Trace trace, Environment environment, Specification specification) {
        return new Illustrator()
                .draw(
                        Forecast.of(trace, environment, specification),
                        specification,
                        specification.name(),
                        "no kernel ran: outcomes and blocks according to the rules");
    }

    @Override
    public void beforeOperation(Operation operation, Situation on) {
        scenes.add(new Scene(operation, on, on.state()));
    }

    @Override
    public void afterOperation(FileState after) {
        int last = scenes.size() - 1;
        scenes.set(
                last, new Scene(scenes.get(last).operation(), scenes.get(last).met(), after));
    }

    private Picture draw(History history, Specification specification, String on, String remark) {
        Verdict verdict = Judge.judge(history, specification, this);
        int generated = readBackFrom(history.trace());
        Windows windows = new Windows(history.trace().target().blockSize());
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < scenes.size(); i++) {
            Optional<Broken> broken = brokenBy(verdict, i);
            if (i < generated || broken.isPresent()) {
                Row row = row(i, history.steps().get(i).outcome(), broken);
                row.marks().forEach(windows::add);
                row.pieces().forEach(windows::add);
                rows.add(row);
            }
        }
        return new Picture(
                history.trace().target() + " on " + on
                        + verdict.violation()
                                .map(violation -> ": breaks " + violation.rule().id())
                                .orElse(""),
                remark,
                windows.merged(),
                rows,
                footnotes(history, verdict, generated));
    }

    private Row row(int index, Outcome outcome, Optional<Broken> broken) {
        Scene scene = scenes.get(index);
        return new Row(
                index + 1,
                scene.operation().toString(),
                words(outcome),
                scene.left().size(),
                scene.left().size() != scene.met().size(),
                scene.marks(),
                scene.pieces(),
                broken);
    }

    private static String words(Outcome outcome) {
        if (outcome instanceof Outcome.ReadBack back) {
            return "read " + back.contents().length() + " bytes";
        }
        return outcome instanceof Outcome.Mapped mapped
                ? "reported " + mapped.extents().size() + " extents"
                : outcome.toString();
    }

    private static Optional<Broken> brokenBy(Verdict verdict, int index) {
        return verdict.violations().stream()
                .filter(violation -> violation.step().equals(Optional.of(index)))
                .map(Broken::of)
                .findFirst();
    }

    private List<String> footnotes(History history, Verdict verdict, int generated) {
        List<String> notes = new ArrayList<>();
        verdict.violations().stream()
                .filter(violation -> violation.step().isEmpty())
                .map(Broken::of)
                .forEach(broken -> notes.addAll(broken.lines()));
        int operations = history.trace().operations().size();
        boolean conforms = verdict.violations().stream().map(Violation::step).noneMatch(Optional::isPresent);
        if (conforms && verdict.judged() == operations && generated < operations) {
            notes.add("reading back: as expected");
        }
        if (verdict.judged() < generated) {
            notes.add("later operations, not judged: " + (generated - verdict.judged()));
        }
        return notes;
    }

    /** Return how many operations there are before the reading back, if the trace has one. */
    private static int readBackFrom(Trace trace) {
        List<Operation> all = trace.operations();
        int last = all.lastIndexOf(new Statx());
        return last >= 0
                        && new Trace(trace.target(), all.subList(0, last))
                                .withReadBack()
                                .equals(trace)
                ? last
                : all.size();
    }
}
