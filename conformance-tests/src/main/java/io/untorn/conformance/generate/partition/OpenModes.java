package io.untorn.conformance.generate.partition;

import io.untorn.model.operation.Access;
import io.untorn.model.operation.OpenMode;
import io.untorn.model.operation.Reopen;
import java.util.List;
import java.util.Locale;

/** How the descriptor of a write is opened. */
final class OpenModes {
    private static final OpenMode READ_ONLY = new OpenMode(true, false, false);
    private static final OpenMode APPENDING = new OpenMode(false, true, false);
    private static final OpenMode SYNCHRONOUS = new OpenMode(false, false, true);

    static final Dimension OPEN_MODE = new Dimension(
                    "open",
                    100,
                    List.of(
                            cell(Access.DIRECT, OpenMode.READ_WRITE).legal(2),
                            cell(Access.DIRECT, READ_ONLY).illegal(1),
                            cell(Access.DIRECT, APPENDING).legal(3),
                            cell(Access.DIRECT, SYNCHRONOUS).legal(3),
                            cell(Access.BUFFERED, OpenMode.READ_WRITE).illegal(6),
                            cell(Access.BUFFERED, READ_ONLY).illegal(1),
                            cell(Access.BUFFERED, APPENDING).illegal(1),
                            cell(Access.BUFFERED, SYNCHRONOUS).illegal(1)))
            .ordinarily(attempt -> attempt.with(attempt.write().with(Access.DIRECT))
                    .on(attempt.state().opened(OpenMode.READ_WRITE)));

    private OpenModes() {}

    private static Cell cell(Access access, OpenMode mode) {
        return Cell.of(
                access.name().toLowerCase(Locale.ROOT) + ", " + mode,
                attempt -> attempt.write().access() == access && attempt.mode().equals(mode),
                (draft, random) -> opened(draft.with(draft.write().with(access)), mode));
    }

    /** Files are open for reading and writing by default, so only another mode is asked for and undone. */
    private static Draft opened(Draft draft, OpenMode mode) {
        return mode.equals(OpenMode.READ_WRITE)
                ? draft
                : draft.prepared(new Reopen(mode)).undone(new Reopen(OpenMode.READ_WRITE));
    }
}
