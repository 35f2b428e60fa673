package io.untorn.model.rules;

import static io.untorn.model.history.Outcome.DONE;
import static io.untorn.model.oracle.Histories.DEVICE;
import static io.untorn.model.oracle.Histories.EXT4;
import static io.untorn.model.oracle.Histories.XFS;
import static io.untorn.model.oracle.VerdictAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.model.contents.Contents;
import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.Audit;
import io.untorn.model.operation.Audit.Aspect;
import io.untorn.model.operation.ChangeAttribute;
import io.untorn.model.operation.FillSpace;
import io.untorn.model.operation.FreeSpace;
import io.untorn.model.operation.OpenMode;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.Reopen;
import io.untorn.model.operation.Sync;
import io.untorn.model.operation.Write;
import io.untorn.model.oracle.Histories;
import io.untorn.model.state.FileState;
import io.untorn.model.target.Target;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left behind is a violation, of the rule about it. */
final class AuditRulesTest {
    private static final String RELEASE = "7.3.4+deb13-cloud-amd64";
    private static final Outcome FAULT = new Outcome.Unclean(List.of("1 pages of memory are still pinned"));
    private static final List<Operation> WRITTEN = List.of(Write.plain(Access.DIRECT, 0, 4096));

    @ParameterizedTest
    @CsvSource({
        "XFS, PINNED_PAGES, pinned-pages-are-released",
        "EXT4, PINNED_PAGES, pinned-pages-are-released",
        "DEVICE, PINNED_PAGES, pinned-pages-are-released",
        "XFS, FILE_SYSTEM, file-system-is-consistent",
        "EXT4, FILE_SYSTEM, file-system-is-consistent",
        "XFS, FREE_SPACE, space-comes-back",
        "EXT4, FREE_SPACE, space-comes-back",
        "DEVICE, FILE_SYSTEM, device-has-no-file-system",
        "DEVICE, FREE_SPACE, device-has-no-file-system",
    })
    void whatIsLeftBehindBreaksARule(String where, Aspect aspect, String rule) {
        Target target = where.equals("XFS") ? XFS : where.equals("EXT4") ? EXT4 : DEVICE;
        Operation audit = new Audit(aspect);

        assertThat(Histories.judge(RELEASE, target, WRITTEN, audit, DONE)).reached(rule);
        assertThat(Histories.judge(RELEASE, target, WRITTEN, audit, FAULT)).breaks(rule);
        assertThat(Histories.judge(RELEASE, target, WRITTEN, audit, new Outcome.Failed(Errno.EIO)))
                .breaks(rule);
    }

    @Test
    void aCheckKeepsTheDataAndMountsWithoutOptions() {
        FileState state = Histories.after(
                RELEASE,
                XFS,
                List.of(
                        Write.plain(Access.BUFFERED, 0, 4096),
                        new Remount(Remount.Way.LIVE, 8192),
                        new Audit(Aspect.FILE_SYSTEM)));

        assertThat(state.size()).isEqualTo(4096);
        assertThat(state.limits()).isEqualTo(Histories.environment(RELEASE, XFS).limits());
    }

    @Test
    void afterTheSpaceWasCountedTheFilesAreNew() {
        FileState state = Histories.after(
                RELEASE,
                EXT4,
                List.of(
                        Write.plain(Access.BUFFERED, 0, 4096),
                        new Reopen(new OpenMode(false, true, false)),
                        new FillSpace(FreeSpace.NOTHING),
                        new ChangeAttribute(Attribute.APPEND_ONLY),
                        new Audit(Aspect.FREE_SPACE)));

        assertThat(state.contents()).isEqualTo(Contents.zeros(0));
        assertThat(state.open().mode()).isEqualTo(new OpenMode(false, true, false));
        assertThat(state.conditions().space()).isEqualTo(FreeSpace.PLENTY);
        assertThat(state.conditions().attribute()).isEqualTo(Attribute.NONE);
    }

    @ParameterizedTest
    @CsvSource({"EXT4, freeze-makes-durable", "DEVICE, device-is-not-frozen"})
    void aFreezeIsAnswered(String where, String rule) {
        Target target = where.equals("EXT4") ? EXT4 : DEVICE;
        Outcome refused = new Outcome.Failed(Errno.EOPNOTSUPP);
        Sync freeze = new Sync(Sync.Way.FREEZE);
        Outcome right = target.kind().isFile() ? DONE : refused;

        assertThat(Histories.judge(RELEASE, target, WRITTEN, freeze, right)).reached(rule);
        assertThat(Histories.judge(RELEASE, target, WRITTEN, freeze, right == DONE ? refused : DONE))
                .breaks(rule);
    }
}
