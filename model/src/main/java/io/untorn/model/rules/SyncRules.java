package io.untorn.model.rules;

import static io.untorn.model.history.Outcome.DONE;
import static io.untorn.model.rule.Expectation.anyOf;
import static io.untorn.model.rule.Expectation.required;
import static io.untorn.model.rule.Rule.answering;
import static io.untorn.model.rule.Scope.DEVICES;
import static io.untorn.model.rule.Scope.EVERYWHERE;
import static io.untorn.model.rule.Scope.FILES;

import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome;
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
                    (sync, on) -> sync.way() != Way.SYNC_FILE_RANGE && sync.way() != Way.FREEZE,
                    (sync, on) -> required(DONE, synced(sync, on))),
            "fsync(2), DESCRIPTION and RETURN VALUE",
            "syncfs(2), DESCRIPTION: means the file system, of a device that which holds its node");

    private static final Rule DEVICE_IS_NOT_FROZEN = answering(
            "device-is-not-frozen",
            "A block device can't be frozen through its node: that is on a file system which can't be.",
            DEVICES,
            new Answer<>(
                    Sync.class,
                    (sync, on) -> sync.way() == Way.FREEZE,
                    (sync, on) -> required(new Outcome.Failed(Errno.EOPNOTSUPP), on.state())),
            "kernel fs/ioctl.c, ioctl_fsfreeze; mm/shmem.c, shmem_ops (6.12, 7.3)");

    private static final Rule FREEZE_MAKES_DURABLE = answering(
            "freeze-makes-durable",
            "A file system is frozen and thawed again; what was written before survives a power cut.",
            FILES,
            new Answer<>(
                    Sync.class,
                    (sync, on) -> sync.way() == Way.FREEZE,
                    (sync, on) -> required(DONE, on.state().durable())),
            "fsfreeze(8), DESCRIPTION",
            "kernel fs/super.c, freeze_super (6.12, 7.3)");

    private static final Rule SYNC_FILE_RANGE_SUCCEEDS = answering(
            "sync-file-range-succeeds",
            "sync_file_range of a healthy target returns 0; it promises nothing about a power cut.",
            EVERYWHERE,
            new Answer<>(
                    Sync.class,
                    (sync, on) -> sync.way() == Way.SYNC_FILE_RANGE,
                    (sync, on) -> required(DONE, on.state().allocatedDelayed())),
            "sync_file_range(2), WARNING");

    static final List<Rule> ORDER =
            List.of(DEVICE_IS_NOT_FROZEN, FREEZE_MAKES_DURABLE, SYNC_MAKES_DURABLE, SYNC_FILE_RANGE_SUCCEEDS);

    /** What a manual promises of a device: not with which error it refuses. */
    static final Rule PROMISED = answering(
            "promise-device-is-not-frozen",
            "Only a mounted file system can be frozen: a block device refuses.",
            DEVICES,
            new Answer<>(Sync.class, (sync, on) -> sync.way() == Way.FREEZE, (sync, on) -> anyOf(on.anyRefusal())),
            "fsfreeze(8), DESCRIPTION: the mount point of the file system");

    private SyncRules() {}

    private static FileState synced(Sync sync, Situation on) {
        return sync.way() != Way.SYNCFS
                ? on.state().fileDurable()
                : on.target().kind().isFile() ? on.state().durable() : on.state();
    }
}
