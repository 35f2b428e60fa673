package io.untorn.model.rules;

import static io.untorn.model.rule.Expectation.allowed;
import static io.untorn.model.rule.Expectation.anyOf;
import static io.untorn.model.rule.Expectation.fitting;
import static io.untorn.model.rule.Expectation.notable;
import static io.untorn.model.rule.Expectation.required;
import static io.untorn.model.rule.Rule.answering;
import static io.untorn.model.rule.Rule.inspecting;
import static io.untorn.model.rule.Scope.EVERYWHERE;
import static io.untorn.model.rule.Scope.Support.PRESENT;
import static io.untorn.model.rules.WriteAnswers.write;
import static io.untorn.model.target.TargetKind.EXT4;

import io.untorn.model.history.Environment;
import io.untorn.model.history.Errno;
import io.untorn.model.history.Extent;
import io.untorn.model.history.History;
import io.untorn.model.history.Outcome.Failed;
import io.untorn.model.history.Outcome.Mapped;
import io.untorn.model.history.Outcome.Returned;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.Engine;
import io.untorn.model.operation.MapExtents;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.Split;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Actual;
import io.untorn.model.rule.Expectation;
import io.untorn.model.rule.Grade;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Rule.Answer;
import io.untorn.model.rule.Rule.Condition;
import io.untorn.model.rule.Scope;
import io.untorn.model.rule.Situation;
import io.untorn.model.state.Blocks;
import io.untorn.model.state.FileState;
import io.untorn.model.state.Places;
import io.untorn.model.state.Places.Fit;
import io.untorn.model.target.KernelVersion;
import io.untorn.model.target.Limits;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What ext4 without bigalloc does with the series that a mail of 2023-12-04 explains: the allocator finds blocks that are
 * aligned on the disk, and a write over other blocks is refused. The mail names no error numbers and no order of checks,
 * so an atomic write may be refused with any error.
 */
final class RfcExt4Rules {
    /** The mail that the rules are taken from. */
    static final String MAIL =
            "Ojaswin Mujoo, 2023-12-04, Re: [RFC 0/7] ext4: Allocator changes for atomic write support with DIO, "
                    + "Message-ID ZW3WZ6prrdsPc55Z@li-bb2b2a4c-3307-11b2-a85c-8fa5c3a69313.ibm.com";

    private static final String COVER = MAIL + ", quoted cover letter: ";
    private static final String ANSWER = MAIL + ", answer on unwritten ranges: ";
    private static final String OPEN = MAIL + ", quoted points for discussion: ";

    private static final Scope ON_EXT4 = EVERYWHERE.on(EXT4);
    private static final Scope ATOMIC = ON_EXT4.where(PRESENT);
    private static final KernelVersion MAINLINE = new KernelVersion(6, 11);

    /** How the blocks below an atomic write fit its range. */
    private enum RangeFit {
        HOLE,
        MIXED,
        FITTING,
        MISFIT,
        UNCERTAIN
    }

    private static final Rule LIMITS = inspecting(
            "rfc-limits",
            "statx reports as unit_min the larger of the block size and the disk's minimum, and as unit_max the disk's "
                    + "maximum.",
            ON_EXT4,
            RfcExt4Rules::limits,
            MAIL + ", output of test-statx");

    private static final Rule LIES_ALIGNED = answering(
            "rfc-atomic-write-lies-aligned",
            "The blocks of an atomic write are contiguous on the disk, and start at a multiple of its length.",
            ATOMIC,
            new Answer<>(
                    MapExtents.class,
                    (map, on) -> on.state().places().atomic().isPresent(),
                    (map, on) -> alignedExtents(on)),
            ANSWER + "a hole gets an aligned extent",
            ANSWER + "an existing extent is checked");

    private static final Rule IMMUTABLE_REFUSES = refused(
            "rfc-immutable-file-refuses",
            "An atomic write to an immutable file is refused.",
            (write, on) -> on.is(Attribute.IMMUTABLE),
            "ioctl_iflags(2), FS_IMMUTABLE_FL: no changes are permitted");

    private static final Rule JOURNALLED_FILE_WRITES_WHOLE_OR_REFUSES = answering(
                    "journalled-file-writes-whole-or-refuses",
                    "The series does not say what an atomic write does to a file whose data is journalled: it stores all "
                            + "of it, or is refused with any error.",
                    ATOMIC,
                    write(FileWriteRules::goesToJournalledFile, RfcExt4Rules::wholeOrRefused),
                    MAIL + ", quoted points for discussion: 4")
            .silent();

    /** The rules for an atomic write that passed the checks of {@link SyscallEntryRules}. */
    private static final List<Rule> ATOMIC_WRITES = List.of(
            refused(
                    "rfc-direct-io-only",
                    "An atomic write without O_DIRECT is refused.",
                    (write, on) -> write.access() == Access.BUFFERED,
                    COVER + "atomic direct I/O, or failure"),
            refused(
                    "rfc-length-power-of-two",
                    "The length of an atomic write is a power of two; else it is refused.",
                    (write, on) -> Integer.bitCount(write.length()) != 1,
                    COVER + "the length is a power of 2"),
            refused(
                    "rfc-length-at-least-a-block",
                    "An atomic write shorter than a block is refused.",
                    (write, on) -> write.length() < on.target().blockSize(),
                    COVER + "at least the file system's block size"),
            refused(
                    "rfc-length-within-disk-limits",
                    "An atomic write outside the limits that statx reports is refused.",
                    WriteConditions::isOutsideLimits,
                    COVER + "underlying device constraints"),
            refused(
                    "rfc-offset-in-whole-blocks",
                    "An atomic write that begins inside a block is refused: no place of the block is aligned to it.",
                    (write, on) -> on.place(write) % on.target().blockSize() != 0,
                    COVER + "underlying device constraints"),
            refused(
                    "rfc-data-must-be-there",
                    "An atomic write from memory that is not mapped, or only in part, is refused.",
                    (write, on) -> write.buffer().missing() > 0,
                    COVER + "atomic, or failure",
                    "write(2), ERRORS, EFAULT"),
            refused(
                    "rfc-size-limit-does-not-cut",
                    "An atomic write that ends beyond RLIMIT_FSIZE is refused.",
                    WriteConditions::crossesSizeLimit,
                    COVER + "atomic, or failure",
                    "setrlimit(2), RLIMIT_FSIZE"),
            refused(
                    "rfc-mixed-range-refused",
                    "An atomic write over a range that is partly a hole is refused: the hole is too small for it.",
                    (write, on) -> rangeFit(write, on) == RangeFit.MIXED,
                    ANSWER + "the hole must be big enough"),
            refused(
                    "rfc-misfit-extent-refused",
                    "An atomic write over an extent, written or not, that is not aligned to its length on the disk, or "
                            + "does not hold all of it, is refused.",
                    (write, on) -> rangeFit(write, on) == RangeFit.MISFIT,
                    ANSWER + "an existing extent is checked"),
            Rule.unreachable(
                    "rfc-open-points",
                    "The mail leaves open what data=journal does to an atomic write, whether an inode keeps its blocks "
                            + "where they are, and whether O_ATOMIC or a feature flag is needed.",
                    EVERYWHERE,
                    OPEN + "1 to 4"),
            either(
                            "rfc-request-nobody-speaks-of",
                            "The mail does not mention more than one segment, registered buffers, RWF_NOWAIT, "
                                    + "RWF_DONTCACHE, appends, or memory that the disk can't take: the write is done "
                                    + "or refused.",
                            (write, on) -> isUnusual(write, on),
                            COVER + "atomic, or failure")
                    .silent(),
            either(
                            "rfc-place-not-known",
                            "An atomic write over blocks whose extents were not read since the file changed or the "
                                    + "power was cut, or that are in several extents, is done or refused: they may be "
                                    + "aligned to it or not.",
                            (write, on) -> rangeFit(write, on) == RangeFit.UNCERTAIN,
                            ANSWER + "an existing extent is checked")
                    .silent(),
            either(
                            "rfc-misaligned-offset-on-hole",
                            "An atomic write on a hole at an offset that is no multiple of its length is done or refused.",
                            (write, on) ->
                                    rangeFit(write, on) == RangeFit.HOLE && on.place(write) % write.length() != 0,
                            COVER + "any alignment")
                    .silent(),
            answering(
                    "rfc-memory-need-not-be-a-page",
                    "The memory of an atomic write need only be aligned as the disk requires.",
                    ATOMIC,
                    write((write, on) -> write.atomic() && write.buffer().offset() > 0, RfcExt4Rules::done),
                    MAIL + ", answer on posix_memalign: memory aligned to 512 bytes seems to work"),
            answering(
                    "rfc-hole-gets-aligned-extent",
                    "An atomic write on a hole that is big enough returns its length, even if a punch made the hole; "
                            + "it fails only if the disk has no aligned blocks left (ENOSPC).",
                    ATOMIC,
                    write((write, on) -> write.atomic() && rangeFit(write, on) == RangeFit.HOLE, RfcExt4Rules::done),
                    ANSWER + "a hole gets an aligned extent; punching makes a hole",
                    COVER + "failure if no aligned blocks are found; any combination of writes"),
            answering(
                    "rfc-fitting-extent-taken",
                    "An atomic write over an extent, written or not, that is aligned to its length on the disk and holds "
                            + "all of it returns its length.",
                    ATOMIC,
                    write((write, on) -> write.atomic(), RfcExt4Rules::done),
                    ANSWER + "an existing extent is checked",
                    COVER + "any combination of writes"));

    private RfcExt4Rules() {}

    private static Expectation wholeOrRefused(Write write, Situation on) {
        return write.buffer().missing() == 0 && on.lengthStored(write) == write.length()
                ? anyOf(allowed(new Returned(write.length()), on.stateAfter(write)), on.anyRefusal(write))
                : anyOf(on.anyRefusal());
    }

    /** Return the rules for a version that the series is put on. */
    static List<Rule> of(KernelVersion kernel) {
        return Stream.of(
                        IntegrityRules.RULES,
                        List.of(LIMITS),
                        SyscallEntryRules.ORDER,
                        List.of(JOURNALLED_FILE_WRITES_WHOLE_OR_REFUSES, IMMUTABLE_REFUSES),
                        ATOMIC_WRITES,
                        PlainWriteRules.ORDER,
                        List.of(LIES_ALIGNED),
                        OperationRules.ALL)
                .flatMap(List::stream)
                .filter(rule -> !rule.equals(SyscallEntryRules.ATOMIC_UNKNOWN_BEFORE_6_11))
                .map(RfcExt4Rules::brought)
                .filter(rule -> rule.scope().covers(EXT4, kernel))
                .toList();
    }

    /** Return a rule with what came to mainline with RWF_ATOMIC brought by the series. */
    private static Rule brought(Rule rule) {
        return rule.scope().since().equals(MAINLINE) ? rule.within(rule.scope().since(0, 0)) : rule;
    }

    private static Rule refused(String id, String sentence, Condition<Write> condition, String... sources) {
        return answering(
                id,
                sentence,
                ATOMIC,
                write(
                        (write, on) -> write.atomic() && condition.applies(write, on),
                        (write, on) -> anyOf(on.anyRefusal())),
                sources);
    }

    private static Rule either(String id, String sentence, Condition<Write> condition, String... sources) {
        return answering(
                id,
                sentence,
                ATOMIC,
                write(
                        (write, on) -> write.atomic() && condition.applies(write, on),
                        (write, on) -> anyOf(
                                notable(new Returned(write.length()), after(write, on)), on.anyRefusal(Grade.NOTABLE))),
                sources);
    }

    private static Expectation done(Write write, Situation on) {
        return rangeFit(write, on) == RangeFit.HOLE
                ? anyOf(
                        new Expectation.Exactly(new Returned(write.length()), Grade.REQUIRED, after(write, on)),
                        notable(new Failed(Errno.ENOSPC), on.state()))
                : required(new Returned(write.length()), after(write, on));
    }

    private static FileState after(Write write, Situation on) {
        return on.stateAfter(write).laidAtomically(range(write, on));
    }

    private static Expectation alignedExtents(Situation on) {
        Places.Range range = on.state().places().atomic().orElseThrow();
        return anyOf(fitting(
                "extents in order, with " + range + " in one piece at a multiple of " + range.length(),
                outcome -> outcome instanceof Mapped mapped
                                && MapExtentsRules.areInOrder(mapped.extents())
                                && isAligned(mapped.extents(), range)
                        ? Optional.of(on.state().seen(mapped.extents()))
                        : Optional.empty()));
    }

    private static boolean isAligned(List<Extent> extents, Places.Range range) {
        Fit fit = Places.fit(extents, range);
        return fit == Fit.FITS || fit == Fit.FITS_IN_PIECES;
    }

    private static boolean isUnusual(Write write, Situation on) {
        return write.split() != Split.ONE
                || write.engine() == Engine.IO_URING_FIXED
                || write.flags().has(RwFlag.NOWAIT)
                || write.flags().has(RwFlag.DONTCACHE)
                || on.appends(write)
                || !on.isMemoryAligned(write);
    }

    private static RangeFit rangeFit(Write write, Situation on) {
        if (on.state().durability().wasCut()) {
            return RangeFit.UNCERTAIN;
        }
        Set<Blocks.Kind> kinds = on.kindsUnder(write);
        if (kinds.equals(EnumSet.of(Blocks.Kind.HOLE))) {
            return RangeFit.HOLE;
        }
        if (kinds.contains(Blocks.Kind.DELAYED) || kinds.contains(Blocks.Kind.UNCERTAIN)) {
            return RangeFit.UNCERTAIN;
        }
        if (kinds.contains(Blocks.Kind.HOLE)) {
            return RangeFit.MIXED;
        }
        return switch (on.state().places().fit(range(write, on))) {
            case FITS -> RangeFit.FITTING;
            case MISFIT -> RangeFit.MISFIT;
            case FITS_IN_PIECES, UNKNOWN -> RangeFit.UNCERTAIN;
        };
    }

    private static Places.Range range(Write write, Situation on) {
        return new Places.Range(on.place(write), write.length());
    }

    private static Rule.Seen limits(History history) {
        Environment environment = history.environment();
        long min = Math.max(
                history.trace().target().blockSize(),
                environment.disk().limits().unitMin());
        long max = environment.disk().limits().unitMax();
        boolean possible = environment.disk().limits().supported() && min <= max;
        Limits reported = environment.limits();
        boolean holds = reported.attribute() == possible
                && reported.unitMin() == (possible ? min : 0)
                && reported.unitMax() == (possible ? max : 0);
        return holds
                ? Rule.Seen.HOLDS
                : new Rule.Seen.Broken(new Actual.UnitsDiffer(possible ? min : 0, possible ? max : 0, reported));
    }
}
