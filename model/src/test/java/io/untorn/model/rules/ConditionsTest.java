package io.untorn.model.rules;

import static io.untorn.model.oracle.VerdictAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Origin;
import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Outcome.Failed;
import io.untorn.model.history.Outcome.ReadBack;
import io.untorn.model.history.Outcome.Returned;
import io.untorn.model.history.Step;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.ChangeAttribute;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.DropCaches;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.FillSpace;
import io.untorn.model.operation.FreeSpace;
import io.untorn.model.operation.HintExtentSize;
import io.untorn.model.operation.HoldMapping;
import io.untorn.model.operation.LimitFileSize;
import io.untorn.model.operation.MapLoad;
import io.untorn.model.operation.MapStore;
import io.untorn.model.operation.OpenMode;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.ReleaseMapping;
import io.untorn.model.operation.Reopen;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.RwFlags;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.Write;
import io.untorn.model.oracle.Histories;
import io.untorn.model.oracle.Verdict;
import io.untorn.model.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What scarce space, attributes, hints and dropped caches make of operations: right answers, and wrong ones. */
final class ConditionsTest {
    private static final String RELEASE = "7.3.4";
    private static final int B = 4096;
    private static final Target DEVICE = Histories.DEVICE;
    private static final Target EXT4 = Histories.EXT4;
    private static final Target XFS = Histories.XFS;

    private static final Operation FULL = new FillSpace(FreeSpace.NOTHING);
    private static final Operation NEARLY_FULL = new FillSpace(FreeSpace.A_LITTLE);
    private static final Operation RESERVED = new FillSpace(FreeSpace.RESERVED_FOR_ROOT);
    private static final Operation CHECKERBOARD = new FillSpace(FreeSpace.CHECKERBOARD);
    private static final Operation FREE = new FillSpace(FreeSpace.PLENTY);
    private static final Operation APPEND_ONLY = new ChangeAttribute(Attribute.APPEND_ONLY);
    private static final Operation IMMUTABLE = new ChangeAttribute(Attribute.IMMUTABLE);
    private static final Operation JOURNALLED = new ChangeAttribute(Attribute.DATA_JOURNALLED);
    private static final Operation APPENDING = new Reopen(new OpenMode(false, true, false));
    private static final Operation BLOCK = Write.plain(Access.DIRECT, 0, B);
    private static final Operation CLONE = CloneRange.within(0, 4 * B, B);
    private static final Operation LOAD = new MapLoad(0, B);
    private static final Operation HELD = new HoldMapping(0, B);
    private static final Write ATOMIC = Write.atomic(0, B);

    private static final Outcome DONE = Outcome.DONE;
    private static final Outcome WHOLE = new Returned(B);
    private static final Outcome ENOSPC = new Failed(Errno.ENOSPC);
    private static final Outcome EPERM = new Failed(Errno.EPERM);
    private static final Outcome EACCES = new Failed(Errno.EACCES);
    private static final Outcome EFAULT = new Failed(Errno.EFAULT);
    private static final Outcome EINVAL = new Failed(Errno.EINVAL);
    private static final Outcome EAGAIN = new Failed(Errno.EAGAIN);
    private static final Outcome EOPNOTSUPP = new Failed(Errno.EOPNOTSUPP);
    private static final Outcome EIO = new Failed(Errno.EIO);
    private static final Outcome[] ANY_ERROR = {ENOSPC, EPERM, EACCES, EFAULT, EINVAL, EAGAIN, EOPNOTSUPP, EIO};

    static Stream<Arguments> answers() {
        return Stream.of(
                row(DEVICE, "device-has-no-space-to-fill", FULL, List.of(), DONE),
                row(DEVICE, "device-takes-no-hints", new HintExtentSize(B), List.of(), EOPNOTSUPP, EINVAL),
                row(DEVICE, "device-has-no-attributes", IMMUTABLE, List.of(), EOPNOTSUPP, EINVAL),
                row(DEVICE, "dropping-caches-changes-nothing", new DropCaches(), List.of(), DONE),
                row(EXT4, "atomic-write-may-lack-space", ATOMIC, List.of(FULL), WHOLE, ENOSPC),
                row(EXT4, "atomic-write-may-lack-space", ATOMIC, List.of(NEARLY_FULL), WHOLE, ENOSPC),
                row(XFS, "atomic-write-may-lack-space", ATOMIC, List.of(CHECKERBOARD), WHOLE, ENOSPC),
                row(XFS, "atomic-write-may-lack-space", ATOMIC, List.of(RESERVED), WHOLE, ENOSPC),
                row(EXT4, "atomic-write-over-hole", ATOMIC, List.of(RESERVED), WHOLE),
                row(EXT4, "atomic-write-over-hole", ATOMIC, List.of(FULL, FREE), WHOLE),
                row(EXT4, "atomic-write-over-written", ATOMIC, List.of(BLOCK, FULL), WHOLE),
                row(XFS, "atomic-write-may-lack-space", ATOMIC, List.of(BLOCK, FULL), WHOLE, ENOSPC),
                row(EXT4, "atomic-write-over-written", ATOMIC, List.of(BLOCK, LOAD), WHOLE, EAGAIN),
                row(XFS, "atomic-write-over-written", ATOMIC, List.of(BLOCK, LOAD, FULL, FREE), WHOLE, EAGAIN),
                row(XFS, "memory-must-be-mapped", ATOMIC.with(new Buffer(0, B)), List.of(FULL), EFAULT, ENOSPC),
                row(EXT4, "plain-write-may-lack-space", BLOCK, List.of(FULL), WHOLE, DONE, ENOSPC),
                row(EXT4, "plain-write-returns-its-length", BLOCK, List.of(BLOCK, FULL), WHOLE),
                row(
                        EXT4,
                        "fallocate-may-lack-space",
                        new Fallocate(Fallocate.Mode.ALLOCATE, 0, B),
                        List.of(FULL),
                        DONE,
                        ENOSPC),
                row(XFS, "truncate-may-lack-space", new Truncate(8), List.of(BLOCK, FULL), DONE, ENOSPC),
                row(XFS, "clone-may-lack-space", CLONE, List.of(BLOCK, FULL), DONE, ENOSPC, EINVAL),
                row(
                        EXT4,
                        "store-in-mapping-may-lack-space",
                        new MapStore(0, B),
                        List.of(new Truncate(B), FULL),
                        WHOLE,
                        DONE,
                        EFAULT),
                row(
                        XFS,
                        "store-in-mapping-may-lack-space",
                        new MapStore(0, B),
                        List.of(BLOCK, new Truncate(4 * B), FULL),
                        WHOLE,
                        DONE,
                        EFAULT),
                row(EXT4, "append-only-file-keeps-size", new Truncate(8), List.of(APPEND_ONLY), EPERM),
                row(
                        XFS,
                        "append-only-file-is-allocated-only",
                        new Fallocate(Fallocate.Mode.PUNCH_HOLE, 0, B),
                        List.of(APPEND_ONLY),
                        EPERM),
                row(
                        XFS,
                        "append-only-file-opens-for-appending",
                        new Reopen(OpenMode.READ_WRITE),
                        List.of(APPEND_ONLY),
                        EPERM),
                row(XFS, "open-succeeds", APPENDING, List.of(APPEND_ONLY), DONE),
                row(XFS, "append-only-file-has-no-mapping", new MapLoad(0, B), List.of(BLOCK, APPEND_ONLY), EACCES),
                row(XFS, "append-only-file-takes-no-store", new MapStore(0, B), List.of(BLOCK, APPEND_ONLY), EACCES),
                row(XFS, "append-only-file-is-not-held", HELD, List.of(BLOCK, APPEND_ONLY), EACCES),
                row(XFS, "append-only-file-is-not-held", HELD, List.of(APPEND_ONLY), EACCES),
                row(XFS, "append-only-file-has-no-mapping", LOAD, List.of(BLOCK, HELD, APPEND_ONLY, HELD), EACCES),
                row(
                        XFS,
                        "append-only-file-has-no-mapping",
                        LOAD,
                        List.of(BLOCK, HELD, new ReleaseMapping(), APPEND_ONLY),
                        EACCES),
                row(
                        XFS,
                        "append-only-file-has-no-mapping",
                        new MapLoad(8, B),
                        List.of(BLOCK, HELD, APPEND_ONLY),
                        EACCES),
                row(
                        EXT4,
                        "store-in-held-mapping-changes-target",
                        new MapStore(0, B),
                        List.of(BLOCK, HELD, APPEND_ONLY),
                        WHOLE),
                row(EXT4, "immutable-file-takes-no-store", new MapStore(0, B), List.of(BLOCK, HELD, IMMUTABLE), EFAULT),
                row(
                        EXT4,
                        "noappend-on-append-only-file",
                        ATOMIC.with(RwFlags.of(RwFlag.ATOMIC, RwFlag.NOAPPEND)),
                        List.of(APPENDING, APPEND_ONLY),
                        EPERM),
                row(EXT4, "immutable-file-refuses-atomic-write", ATOMIC, List.of(IMMUTABLE), EPERM),
                row(EXT4, "immutable-file-refuses-plain-write", BLOCK, List.of(IMMUTABLE), EPERM),
                row(EXT4, "immutable-file-keeps-size", new Truncate(8), List.of(IMMUTABLE), EPERM),
                row(EXT4, "immutable-file-takes-no-store", new MapStore(0, B), List.of(BLOCK, IMMUTABLE), EFAULT),
                row(
                        EXT4,
                        "immutable-file-keeps-blocks",
                        new Fallocate(Fallocate.Mode.ALLOCATE, 0, B),
                        List.of(IMMUTABLE),
                        EPERM),
                row(XFS, "immutable-file-takes-no-clone", CLONE, List.of(BLOCK, IMMUTABLE), EPERM),
                row(
                        XFS,
                        "immutable-file-opens-for-reading-only",
                        new Reopen(OpenMode.READ_WRITE),
                        List.of(IMMUTABLE),
                        EPERM),
                row(XFS, "open-succeeds", new Reopen(new OpenMode(true, false, false)), List.of(IMMUTABLE), DONE),
                row(XFS, "immutable-file-open-before-takes-atomic-write", ATOMIC, List.of(IMMUTABLE), WHOLE, EPERM),
                row(EXT4, "journalled-file-writes-whole-or-refuses", ATOMIC, List.of(JOURNALLED), WHOLE, EOPNOTSUPP),
                row(
                        EXT4,
                        "journalled-file-writes-whole-or-refuses",
                        ATOMIC.with(new Buffer(0, 512)),
                        List.of(JOURNALLED),
                        EFAULT,
                        EINVAL,
                        EOPNOTSUPP),
                row(
                        EXT4,
                        "atomic-write-is-not-cut-at-size-limit",
                        ATOMIC.with(new Buffer(0, 512)),
                        List.of(JOURNALLED, new LimitFileSize(B / 2)),
                        EFAULT,
                        EINVAL),
                row(XFS, "xfs-journals-no-data", JOURNALLED, List.of(), EOPNOTSUPP),
                row(XFS, "extent-size-hint-in-blocks", new HintExtentSize(B + 8), List.of(), EINVAL),
                row(XFS, "extent-size-hint-before-extents", new HintExtentSize(4 * B), List.of(), DONE, EINVAL));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void rightAnswersConformAndOthersDoNot(
            Target target, String rule, Operation operation, List<Operation> before, List<Outcome> right) {
        List<Outcome> all = new ArrayList<>(List.of(ANY_ERROR));
        all.addAll(List.of(DONE, WHOLE, new Returned(8L * B), new Returned(-1)));

        assertThat(all).allSatisfy(answer -> {
            Verdict verdict = Histories.judge(RELEASE, target, before, operation, answer);
            assertThat(verdict).reached(rule);
            assertThat(Histories.broken(verdict).isEmpty()).as("%s", answer).isEqualTo(right.contains(answer));
        });
    }

    @Test
    void outOfSpaceLeavesDataAndSizeAsTheyWere() {
        List<Step> refused = List.of(
                new Step(BLOCK, 0, 0, WHOLE),
                new Step(FULL, 1, 1, DONE),
                new Step(Write.atomic(0, 4 * B), 2, 2, ENOSPC));
        Contents old = Contents.zeros(B).with(0, B, new Origin.Written(0, 0));
        Contents half = old.with(0, 2048, new Origin.Written(2, 0));

        assertThat(afterwards(XFS, refused, new ReadBack(old))).isEmpty();
        assertThat(afterwards(XFS, refused, new ReadBack(half))).hasValue("refused-write-changes-nothing");
    }

    @Test
    void aDirectWriteOutOfSpaceChangesWrittenBlocksAlone() {
        List<Step> refused = List.of(
                new Step(BLOCK, 0, 0, WHOLE),
                new Step(new Truncate(2 * B), 1, 1, DONE),
                new Step(FULL, 2, 2, DONE),
                new Step(Write.plain(Access.DIRECT, 0, 2 * B), 3, 3, ENOSPC));
        Contents old = Contents.zeros(2 * B).with(0, B, new Origin.Written(0, 0));
        Contents first = Contents.zeros(2 * B).with(0, B, new Origin.Written(3, 0));
        Contents second = old.with(B, B, new Origin.Written(3, 0));

        assertThat(afterwards(EXT4, refused, new ReadBack(old))).isEmpty();
        assertThat(afterwards(EXT4, refused, new ReadBack(first))).isEmpty();
        assertThat(afterwards(EXT4, refused, new ReadBack(second))).isPresent();
    }

    /** What is written is the whole block, whatever of it is in the file. */
    @Test
    void outOfSpaceMayChangeTheLastBlockUpToEof() {
        List<Step> refused = List.of(
                new Step(Write.plain(Access.BUFFERED, 0, 8), 0, 0, new Returned(8)),
                new Step(FULL, 1, 1, DONE),
                new Step(Write.plain(Access.DIRECT, 0, 6 * B), 2, 2, ENOSPC));
        Contents old = Contents.zeros(8).with(0, 8, new Origin.Written(0, 0));
        Contents first = Contents.zeros(8).with(0, 8, new Origin.Written(2, 0));

        assertThat(afterwards(EXT4, refused, new ReadBack(old))).isEmpty();
        assertThat(afterwards(EXT4, refused, new ReadBack(first))).isEmpty();
        assertThat(afterwards(EXT4, refused, new ReadBack(Contents.zeros(8)))).isPresent();
    }

    @Test
    void aStoreThatEndsEarlyIsThereAsFarAsItSays() {
        List<Step> stored = List.of(
                new Step(new Truncate(2 * B), 0, 0, DONE),
                new Step(FULL, 1, 1, DONE),
                new Step(new MapStore(0, 2 * B), 2, 2, WHOLE));
        Contents part = Contents.zeros(2 * B).with(0, B, new Origin.Written(2, 0));

        assertThat(afterwards(EXT4, stored, new ReadBack(part))).isEmpty();
        assertThat(afterwards(EXT4, stored, new ReadBack(Contents.zeros(2 * B))))
                .isPresent();
    }

    private static Optional<String> afterwards(Target target, List<Step> steps, ReadBack seen) {
        Read look = Read.plain(Access.DIRECT, 0, 8 * B);
        return Histories.broken(
                Histories.judge(RELEASE, target, steps, new Step(look, steps.size(), steps.size(), seen)));
    }

    private static Arguments row(
            Target target, String rule, Operation operation, List<Operation> before, Outcome... right) {
        return Arguments.of(target, rule, operation, before, List.of(right));
    }
}
