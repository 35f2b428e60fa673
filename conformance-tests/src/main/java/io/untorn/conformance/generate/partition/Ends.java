package io.untorn.conformance.generate.partition;

import static io.untorn.conformance.generate.partition.Draft.word;

import io.untorn.model.operation.Truncate;
import java.util.List;
import java.util.Random;

/** Where a write is relative to the end of the file or device. A file is truncated for it; a device keeps its size. */
final class Ends {
    static final Dimension END = new Dimension(
                    "end",
                    200,
                    List.of(
                            Cell.of("inside", attempt -> attempt.end() < attempt.size(), Ends::inside)
                                    .legal(3),
                            Cell.of("up to the end", attempt -> attempt.end() == attempt.size(), Ends::upTo)
                                    .legal(4),
                            Cell.of("across the end", attempt -> attempt.place() < attempt.size(), Ends::across)
                                    .legalOn(Testbed::isFile, 2),
                            Cell.of("at the end", attempt -> attempt.place() == attempt.size(), Ends::at)
                                    .legalOn(Testbed::isFile, 2),
                            Cell.of("past the end", attempt -> true, Ends::past).legalOn(Testbed::isFile, 2)))
            .ordinarily(Ends::insideAll);

    private Ends() {}

    private static Attempt insideAll(Attempt attempt) {
        return attempt.testbed().isFile()
                ? attempt.on(attempt.state().grownTo(attempt.end() + attempt.block()))
                : attempt.with(attempt.write().at(0));
    }

    private static Draft inside(Draft draft, Random random) {
        Testbed testbed = draft.testbed();
        return testbed.isFile()
                ? ending(draft, draft.end() + testbed.target().allocationUnit())
                : draft.at(testbed.hotPlace(draft.length(), random));
    }

    private static Draft upTo(Draft draft, Random random) {
        return draft.testbed().isFile()
                ? ending(draft, draft.end())
                : draft.at(draft.testbed().size() - draft.length());
    }

    private static Draft across(Draft draft, Random random) {
        Testbed testbed = draft.testbed();
        if (testbed.isFile()) {
            return ending(draft, draft.place() + draft.length() / 2);
        }
        Draft longer = draft.sized(2 * Long.lowestOneBit(testbed.size()));
        return longer.at(testbed.size() / longer.length() * longer.length());
    }

    private static Draft at(Draft draft, Random random) {
        return draft.testbed().isFile()
                ? ending(draft, draft.place())
                : draft.at(draft.testbed().size());
    }

    private static Draft past(Draft draft, Random random) {
        Testbed testbed = draft.testbed();
        int step = Math.max(draft.length(), testbed.unitMin());
        return testbed.isFile()
                ? draft.place() > 0 ? ending(draft, draft.place() / 2) : ending(draft.at(step), 0)
                : draft.at(testbed.size() + step);
    }

    private static Draft ending(Draft draft, long size) {
        return draft.prepared(new Truncate(word(size)));
    }
}
