package io.untorn.conformance.generate.partition;

import static io.untorn.conformance.generate.partition.Draft.word;

import io.untorn.model.operation.LimitFileSize;
import java.util.List;

/** Where RLIMIT_FSIZE is relative to a write; it does not hold for devices. */
final class SizeLimits {
    static final Dimension SIZE_LIMIT = new Dimension(
                    "RLIMIT_FSIZE",
                    200,
                    List.of(
                            Cell.of(
                                            "none",
                                            attempt -> attempt.sizeLimit() == LimitFileSize.UNLIMITED,
                                            (draft, random) ->
                                                    draft.prepared(new LimitFileSize(LimitFileSize.UNLIMITED)))
                                    .legal(1),
                            Cell.of(
                                            "not reached",
                                            attempt -> attempt.end() <= attempt.sizeLimit(),
                                            (draft, random) -> limited(draft, draft.end()))
                                    .legal(2)
                                    .on(Testbed::isFile),
                            Cell.of(
                                            "cuts",
                                            attempt -> attempt.place() < attempt.sizeLimit(),
                                            (draft, random) -> limited(draft, draft.place() + draft.length() / 2))
                                    .illegal(2)
                                    .on(Testbed::isFile),
                            Cell.of("before", attempt -> true, (draft, random) -> limited(draft, draft.place()))
                                    .illegal(2)
                                    .on(Testbed::isFile)))
            .ordinarily(attempt -> attempt.on(attempt.state().sizeLimited(LimitFileSize.UNLIMITED)));

    private SizeLimits() {}

    private static Draft limited(Draft draft, long bytes) {
        return draft.prepared(new LimitFileSize(word(bytes))).undone(new LimitFileSize(LimitFileSize.UNLIMITED));
    }
}
