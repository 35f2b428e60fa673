package io.untorn.conformance.generate.partition;

import io.untorn.model.operation.Access;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.RwFlags;
import io.untorn.model.operation.Subject;
import io.untorn.model.operation.Write;
import io.untorn.model.state.Blocks.Kind;
import java.util.List;
import java.util.Random;

/** Which of the two files a write goes to, and whether the twin shares blocks there with the file. */
final class Subjects {
    /** The longest write that blocks are shared for, in bytes: more costs time and shows nothing new. */
    private static final int LONGEST = 1 << 17;

    static final Dimension SUBJECT = new Dimension(
            "subject",
            400,
            List.of(
                    Cell.of("the file", attempt -> attempt.subject() == Subject.FILE, (draft, random) -> draft)
                            .legal(1),
                    Cell.of(
                                    "the twin, of shared blocks",
                                    attempt -> attempt.below().contains(Kind.SHARED),
                                    Subjects::shared)
                            .legal(5)
                            .on(testbed -> testbed.target().reflink()),
                    Cell.of("the twin", attempt -> true, (draft, random) -> draft.toTwin())
                            .legal(3)
                            .on(Testbed::isFile)));

    private Subjects() {}

    /** The file's blocks come to the twin, or the twin's to the file. */
    private static Draft shared(Draft draft, Random random) {
        int unit = draft.testbed().target().allocationUnit();
        long from = draft.place() / unit * unit;
        long end = (Math.max(draft.end(), draft.place() + 1) + unit - 1) / unit * unit;
        if (end - from > LONGEST) {
            return draft;
        }
        int length = (int) (end - from);
        Write data = Write.plain(Access.DIRECT, from, length);
        Operation laid = random.nextBoolean() ? data : data.toTwin();
        Subject source = laid.equals(data) ? Subject.FILE : Subject.TWIN;
        return draft.toTwin()
                .prepared(List.of(laid, new CloneRange(source, from, source.other(), from, length)))
                .undone(new Read(RwFlags.NONE, Access.DIRECT, Subject.FILE, from, length));
    }
}
