package io.untorn.model;

import static io.untorn.model.Expectation.allowed;
import static io.untorn.model.Expectation.anyOf;
import static io.untorn.model.Expectation.required;
import static io.untorn.model.Scope.EVERYWHERE;

import io.untorn.model.Rule.Answer;
import java.util.List;

/**
 * Read with preadv2(2) and compare what comes.
 *
 * @param flags the RWF_* flags
 * @param access through which descriptor
 * @param subject which file
 * @param offset bytes from the start, a multiple of {@link Stamp#WORD}
 * @param length bytes, a multiple of {@link Stamp#WORD}
 */
public record Read(RwFlags flags, Access access, Subject subject, long offset, int length) implements Operation {
    static List<Rule> rules() {
        return List.of(
                Rule.answering(
                        "zero-length-read-returns-nothing",
                        "A read of no bytes returns 0, whatever else is wrong with the request.",
                        EVERYWHERE,
                        new Answer<>(
                                Read.class,
                                (read, on) -> read.length() == 0,
                                (read, on) -> required(on.dataOf(read), on.state())),
                        "kernel fs/read_write.c, vfs_readv: returns before it looks at flags (6.1 to 7.3)"),
                Rule.answering(
                        "atomic-is-for-writes",
                        "A read with RWF_ATOMIC fails with EOPNOTSUPP.",
                        EVERYWHERE,
                        new Answer<>(
                                Read.class,
                                (read, on) -> read.flags().has(RwFlag.ATOMIC),
                                (read, on) -> on.refusal(Errno.EOPNOTSUPP)),
                        "kernel include/linux/fs.h, kiocb_set_rw_flags (6.1: unknown flag; 6.11 to 7.3: write only)"),
                Rule.answering(
                                "read-flags-may-be-refused",
                                "Nobody says what every flag means to a read: it is refused, or brings the data that is "
                                        + "there, as much as it likes.",
                                EVERYWHERE,
                                new Answer<>(
                                        Read.class,
                                        (read, on) -> read.flags()
                                                        .without(RwFlag.HIPRI)
                                                        .bits()
                                                != 0,
                                        (read, on) -> anyOf(on.anyRefusal(), on.anyPrefixOf(read))),
                                "preadv2(2), RWF_NOWAIT")
                        .silent(),
                Rule.answering(
                        "misaligned-direct-read-may-be-refused",
                        "A direct read that is no multiple of the logical block may fail with EINVAL.",
                        EVERYWHERE,
                        new Answer<>(
                                Read.class,
                                (read, on) -> read.access() == Access.DIRECT
                                        && !on.isDirectAligned(read.offset(), read.length()),
                                (read, on) ->
                                        anyOf(allowed(new Outcome.Failed(Errno.EINVAL), on.state()), on.whole(read))),
                        "open(2), NOTES, O_DIRECT"),
                Rule.answering(
                        "read-returns-what-is-there",
                        "A read returns as many bytes as lie before the end of the target.",
                        EVERYWHERE,
                        Answer.always(Read.class, (read, on) -> Expectation.anyOf(on.whole(read))),
                        "read(2), RETURN VALUE"));
    }

    public Read {
        Place.require(offset, length);
        Place.requireWords(offset, length);
    }

    /** Create a read of the file without a flag. */
    public static Read plain(Access access, long offset, int length) {
        return new Read(RwFlags.NONE, access, Subject.FILE, offset, length);
    }

    @Override
    public void touch(Footprint footprint) {
        if (subject == Subject.TWIN) {
            footprint.twin();
        }
        footprint.range(offset, length);
    }

    @Override
    public boolean mayChange() {
        return false;
    }

    @Override
    public String toString() {
        return "read" + Place.words(length, offset)
                + (subject == Subject.TWIN ? " of the twin" : "")
                + (access == Access.BUFFERED ? ", buffered" : ", direct")
                + (flags.bits() == 0 ? "" : ", " + flags);
    }
}
