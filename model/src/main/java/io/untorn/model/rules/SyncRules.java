package io.untorn.model.rules;

import static io.untorn.model.history.Outcome.DONE;
import static io.untorn.model.rule.Expectation.required;
import static io.untorn.model.rule.Rule.answering;
import static io.untorn.model.rule.Scope.EVERYWHERE;

import io.untorn.model.operation.Sync;
import io.untorn.model.operation.Sync.Way;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Rule.Answer;
import io.untorn.model.rule.Situation;
import io.untorn.model.state.FileState;
import java.util.List;

/** What a sync may return, and what is durable after it. */
final class SyncRules {
    private static final Rule SYNC_MAKES_DURABLE = answering(
            "sync-makes-durable",
            "fsync, fdatasync and syncfs of a healthy target return 0; what was written before survives a power cut.",
            EVERYWHERE,
            new Answer<>(
                    Sync.class,
                    (sync, on) -> sync.way() != Way.SYNC_FILE_RANGE,
                    (sync, on) -> required(DONE, synced(sync, on))),
            "fsync(2), DESCRIPTION and RETURN VALUE",
            "syncfs(2), DESCRIPTION: means the file system, of a device that which holds its node");

    private static final Rule SYNC_FILE_RANGE_SUCCEEDS = answering(
            "sync-file-range-succeeds",
            "sync_file_range of a healthy target returns 0; it promises nothing about a power cut.",
            EVERYWHERE,
            new Answer<>(
                    Sync.class,
                    (sync, on) -> sync.way() == Way.SYNC_FILE_RANGE,
                    (sync, on) -> required(DONE, on.state().allocatedDelayed())),
            "sync_file_range(2), WARNING");

    static final List<Rule> ORDER = List.of(SYNC_MAKES_DURABLE, SYNC_FILE_RANGE_SUCCEEDS);

    private SyncRules() {}

    private static FileState synced(Sync sync, Situation on) {
        return sync.way() != Way.SYNCFS
                ? on.state().fileDurable()
                : on.target().kind().isFile() ? on.state().durable() : on.state();
    }
}
