package io.untorn.conformance.deviation;

import io.untorn.model.contents.Contents;
import io.untorn.model.history.Step;
import io.untorn.model.operation.Subject;
import io.untorn.model.operation.TwinView;
import io.untorn.model.rule.Situation;
import io.untorn.model.state.FileState;
import java.util.Optional;

/** Follows a mechanism in the file and in its twin, which is written too. */
public final class BothFiles implements Trail {
    private final Trail file;
    private final Trail twin;

    public BothFiles(Trail file, Trail twin) {
        this.file = file;
        this.twin = twin;
    }

    private static Optional<Step> seenByTwin(Step step) {
        return TwinView.of(step.operation())
                .map(seen -> new Step(seen, step.invoked(), step.returned(), step.outcome(), step.repeats()));
    }

    @Override
    public boolean see(Step step, Situation on) {
        boolean inFile = file.see(step, on);
        return seenByTwin(step).map(seen -> twin.see(seen, on.ofTwin())).orElse(false) || inFile;
    }

    @Override
    public Optional<FileState> explain(Step step, Situation on) {
        return file.explain(step, on).or(() -> seenByTwin(step)
                .flatMap(seen -> twin.explain(seen, on.ofTwin()))
                .map(on.state()::afterTwin));
    }

    @Override
    public long explainedUpTo(Subject subject, Contents.Difference wrong, long at) {
        return Math.max(file.explainedUpTo(subject, wrong, at), twin.explainedUpTo(subject.other(), wrong, at));
    }

    @Override
    public boolean madeComplaint(int step) {
        return file.madeComplaint(step) || twin.madeComplaint(step);
    }
}
