package io.untorn.model.rules;

import static io.untorn.model.history.Outcome.DONE;
import static io.untorn.model.rule.Expectation.required;
import static io.untorn.model.rule.Rule.answering;
import static io.untorn.model.rule.Scope.DEVICES;
import static io.untorn.model.rule.Scope.EVERYWHERE;
import static io.untorn.model.rule.Scope.FILES;

import io.untorn.model.operation.Audit;
import io.untorn.model.operation.Audit.Aspect;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Rule.Answer;
import java.util.List;

/** What operations may leave behind: nothing that is no longer needed, and a file system in order. */
final class AuditRules {
    private static final Rule PINNED_PAGES_ARE_RELEASED = answering(
                    "pinned-pages-are-released",
                    "Once all operations have returned, as many pages of memory have been released as were pinned.",
                    EVERYWHERE,
                    new Answer<>(
                            Audit.class,
                            (audit, on) -> audit.aspect() == Aspect.PINNED_PAGES,
                            (audit, on) -> required(DONE, on.state())),
                    "kernel Documentation/core-api/pin_user_pages.rst, nr_foll_pin_acquired, nr_foll_pin_released")
            .promised();

    private static final Rule DEVICE_HAS_NO_FILE_SYSTEM = answering(
            "device-has-no-file-system",
            "On a block device there is no file system to look at.",
            DEVICES,
            Answer.always(Audit.class, (audit, on) -> required(DONE, on.state())),
            "mount(2), DESCRIPTION");

    private static final Rule FILE_SYSTEM_IS_CONSISTENT = answering(
                    "file-system-is-consistent",
                    "After an unmount the file system's own checker finds nothing to repair.",
                    FILES,
                    new Answer<>(
                            Audit.class,
                            (audit, on) -> audit.aspect() == Aspect.FILE_SYSTEM,
                            (audit, on) -> required(
                                    DONE, on.state().mounted(on.environment().limits()))),
                    "e2fsck(8), EXIT CODE",
                    "xfs_repair(8), EXIT STATUS")
            .promised();

    private static final Rule SPACE_COMES_BACK = answering(
                    "space-comes-back",
                    "When the files are removed, as many blocks and inodes are free as before they were made.",
                    FILES,
                    Answer.always(
                            Audit.class,
                            (audit, on) -> required(
                                    DONE, on.state().emptied(on.environment().limits()))),
                    "unlink(2), DESCRIPTION",
                    "statfs(2), f_bfree, f_ffree")
            .promised();

    static final List<Rule> ORDER =
            List.of(PINNED_PAGES_ARE_RELEASED, DEVICE_HAS_NO_FILE_SYSTEM, FILE_SYSTEM_IS_CONSISTENT, SPACE_COMES_BACK);

    private AuditRules() {}
}
