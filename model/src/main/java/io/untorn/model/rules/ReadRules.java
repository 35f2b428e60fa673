package io.untorn.model.rules;

import static io.untorn.model.rule.Expectation.allowed;
import static io.untorn.model.rule.Expectation.anyOf;
import static io.untorn.model.rule.Expectation.required;
import static io.untorn.model.rule.Rule.answering;
import static io.untorn.model.rule.Scope.EVERYWHERE;
import static io.untorn.model.rule.Scope.FILES;
import static io.untorn.model.target.TargetKind.EXT4;

import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.RwFlags;
import io.untorn.model.rule.Expectation;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Rule.Answer;
import io.untorn.model.rule.Situation;
import java.util.List;

/** What preadv2(2) may answer: of these rules the first that applies decides. */
final class ReadRules {
    private static final Rule ZERO_LENGTH_READ_RETURNS_NOTHING = answering(
            "zero-length-read-returns-nothing",
            "A read of no bytes returns 0, whatever else is wrong with the request.",
            EVERYWHERE,
            new Answer<>(
                    Read.class, (read, on) -> read.length() == 0, (read, on) -> required(on.dataOf(read), on.state())),
            "kernel fs/read_write.c, vfs_readv: returns before it looks at flags (6.1 to 7.3)");

    private static final Rule ATOMIC_IS_FOR_WRITES = answering(
            "atomic-is-for-writes",
            "A read with RWF_ATOMIC fails with EOPNOTSUPP.",
            EVERYWHERE,
            new Answer<>(
                    Read.class,
                    (read, on) -> read.flags().has(RwFlag.ATOMIC),
                    (read, on) -> on.refusal(Errno.EOPNOTSUPP)),
            "kernel include/linux/fs.h, kiocb_set_rw_flags (6.1: unknown flag; 6.11 to 7.3: write only)");

    private static final Rule READ_FLAGS_MAY_BE_REFUSED = answering(
                    "read-flags-may-be-refused",
                    "No document says what every flag means to a read: it returns the data that is there, with "
                            + "RWF_NOWAIT maybe short, or fails as a write would for its flags, with RWF_NOWAIT also "
                            + "with EAGAIN.",
                    EVERYWHERE,
                    new Answer<>(
                            Read.class,
                            (read, on) -> read.flags().without(RwFlag.HIPRI).bits() != 0,
                            ReadRules::readOrRefusedForFlags),
                    "preadv2(2), RWF_NOWAIT",
                    "kernel include/linux/fs.h, kiocb_set_rw_flags: EOPNOTSUPP, EINVAL, EPERM; mm/filemap.c, filemap_read, "
                            + "and fs/iomap/direct-io.c, iomap_dio_rw: EAGAIN (6.1 to 7.3)")
            .silent();

    private static final Rule MISALIGNED_DIRECT_READ_MAY_BE_REFUSED = answering(
            "misaligned-direct-read-may-be-refused",
            "A direct read that is no multiple of the logical block may fail with EINVAL.",
            EVERYWHERE,
            new Answer<>(
                    Read.class,
                    (read, on) -> read.access() == Access.DIRECT && !on.isDirectAligned(read.offset(), read.length()),
                    (read, on) -> anyOf(allowed(new Outcome.Failed(Errno.EINVAL), on.state()), on.whole(read))),
            "open(2), NOTES, O_DIRECT");

    private static final Rule DIRECT_READ_PAST_LARGEST_FILE = answering(
                    "direct-read-past-largest-file",
                    "No document says what a direct read does that reaches beyond the largest size of a file: it returns "
                            + "what lies before EOF, or fails with EINVAL.",
                    FILES.on(EXT4),
                    new Answer<>(
                            Read.class,
                            ReadRules::reachesPastLargestFile,
                            (read, on) -> anyOf(allowed(new Outcome.Failed(Errno.EINVAL), on.state()), on.whole(read))),
                    "kernel fs/ext4/inode.c, ext4_iomap_begin: EINVAL past EXT4_MAX_LOGICAL_BLOCK, though "
                            + "fs/iomap/direct-io.c, __iomap_dio_rw, goes on past EOF (6.1 to 7.3)")
            .silent();

    private static final Rule READ_RETURNS_WHAT_IS_THERE = answering(
            "read-returns-what-is-there",
            "A read returns as many bytes as lie before the end of the target.",
            EVERYWHERE,
            Answer.always(Read.class, (read, on) -> anyOf(on.whole(read))),
            "read(2), RETURN VALUE");

    static final List<Rule> ORDER = List.of(
            ZERO_LENGTH_READ_RETURNS_NOTHING,
            ATOMIC_IS_FOR_WRITES,
            READ_FLAGS_MAY_BE_REFUSED,
            MISALIGNED_DIRECT_READ_MAY_BE_REFUSED,
            DIRECT_READ_PAST_LARGEST_FILE,
            READ_RETURNS_WHAT_IS_THERE);

    private ReadRules() {}

    private static boolean reachesPastLargestFile(Read read, Situation on) {
        return read.access() == Access.DIRECT && on.exceedsLargestFile(read.offset() + read.length());
    }

    private static Expectation readOrRefusedForFlags(Read read, Situation on) {
        RwFlags flags = read.flags();
        boolean nowait = flags.has(RwFlag.NOWAIT);
        boolean misaligned = read.access() == Access.DIRECT && !on.isDirectAligned(read.offset(), read.length());
        boolean unsupported = flags.flags().stream()
                .anyMatch(flag -> !on.environment().kernel().isAtLeast(flag.since()));
        return Refusals.of()
                .or(Errno.EOPNOTSUPP, unsupported || nowait || flags.has(RwFlag.DONTCACHE))
                .or(Errno.EAGAIN, nowait)
                .or(
                        Errno.EINVAL,
                        misaligned
                                || reachesPastLargestFile(read, on)
                                || (flags.has(RwFlag.APPEND) && flags.has(RwFlag.NOAPPEND)))
                .or(Errno.EPERM, flags.has(RwFlag.NOAPPEND) && on.is(Attribute.APPEND_ONLY))
                .besides(nowait ? on.anyPrefixOf(read) : on.whole(read), on);
    }
}
