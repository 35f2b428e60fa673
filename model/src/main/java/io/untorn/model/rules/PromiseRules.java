package io.untorn.model.rules;

import static io.untorn.model.rule.Expectation.allowed;
import static io.untorn.model.rule.Expectation.anyOf;
import static io.untorn.model.rule.Rule.answering;
import static io.untorn.model.rule.Scope.EVERYWHERE;
import static io.untorn.model.rule.Scope.Support.ABSENT;
import static io.untorn.model.rule.Scope.Support.MORE_THAN_ONE_LENGTH;
import static io.untorn.model.rule.Scope.Support.PRESENT;
import static io.untorn.model.rules.WriteAnswers.write;

import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Outcome.Failed;
import io.untorn.model.history.Outcome.Returned;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.Split;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Authority;
import io.untorn.model.rule.Expectation;
import io.untorn.model.rule.Expectation.Permit;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Rule.Answer;
import io.untorn.model.rule.Rule.Condition;
import io.untorn.model.rule.Scope;
import io.untorn.model.rule.Situation;
import io.untorn.model.target.KernelVersion;
import io.untorn.model.target.TargetKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the man pages and the kernel's Documentation promise, and no more: no order of checks, and not which
 * error a refused write returns.
 */
final class PromiseRules {
    private static final String MAN = "pwritev2(2), RWF_ATOMIC";
    private static final String KERNEL = "kernel ";
    private static final String DOCUMENTATION = "kernel Documentation/";

    private static final Scope ATOMIC = EVERYWHERE.since(6, 11).where(PRESENT);

    private static final List<Rule> WRITES = List.of(
            answering(
                    "promise-no-bytes-change-nothing",
                    "A write of no bytes returns 0 or an error, and changes nothing.",
                    EVERYWHERE,
                    write(
                            (write, on) -> write.length() == 0,
                            (write, on) -> anyOf(allowed(Outcome.DONE, on.state()), on.anyRefusal())),
                    "write(2), DESCRIPTION"),
            refused(
                    "promise-impossible-write-refused",
                    "A write at a negative offset, of more than 1024 segments, or through a descriptor that was opened for "
                            + "reading only is refused.",
                    (write, on) -> WriteConditions.isNegative(write)
                            || write.split() == Split.TOO_MANY
                            || on.state().open().mode().readOnly(),
                    "pwrite(2), ERRORS",
                    "writev(2), ERRORS, EINVAL",
                    "write(2), ERRORS, EBADF"),
            refused(
                    "promise-unknown-flag-refused",
                    "A flag that the kernel does not know is refused.",
                    (write, on) -> WriteConditions.hasUnknownFlag(write, on)
                            || (write.atomic() && !on.environment().kernel().isAtLeast(RwFlag.ATOMIC.since())),
                    "pwritev2(2), ERRORS, EOPNOTSUPP"),
            refusedAtomic(
                            "promise-atomic-needs-support",
                            "An atomic write to a file that takes none is refused.",
                            (write, on) -> !on.state().open().atomicGranted(),
                            "statx(2), STATX_ATTR_WRITE_ATOMIC")
                    .within(ATOMIC.where(ABSENT)),
            refusedAtomic(
                    "promise-atomic-is-direct",
                    "An atomic write without O_DIRECT is refused.",
                    (write, on) -> write.access() == Access.BUFFERED,
                    MAN),
            refusedAtomic(
                    "promise-atomic-is-one-segment",
                    "An atomic write has no more segments than statx reports: one.",
                    (write, on) -> write.split() != Split.ONE,
                    MAN,
                    "statx(2), stx_atomic_write_segments_max"),
            refusedAtomic(
                            "promise-atomic-length-power-of-two",
                            "The length of an atomic write is a power of two; else it is refused.",
                            (write, on) -> Integer.bitCount(write.length()) != 1,
                            MAN)
                    .within(ATOMIC.where(MORE_THAN_ONE_LENGTH)),
            refusedAtomic(
                    "promise-atomic-length-within-limits",
                    "The length of an atomic write is within the limits that statx reports; else it is refused.",
                    WriteConditions::isOutsideLimits,
                    MAN,
                    "statx(2), stx_atomic_write_unit_min, stx_atomic_write_unit_max"),
            refusedAtomic(
                    "promise-atomic-offset-aligned",
                    "An atomic write that does not append begins at a multiple of its length; else it is refused.",
                    (write, on) -> !on.appends(write) && on.requestedPlace(write) % write.length() != 0,
                    MAN),
            refusedAtomic(
                    "promise-atomic-must-fit",
                    "An atomic write that ends beyond the end of a device, or beyond RLIMIT_FSIZE in a file, is "
                            + "refused.",
                    (write, on) -> on.lengthStored(write) < write.length(),
                    MAN + ": all or none",
                    "setrlimit(2), RLIMIT_FSIZE"),
            refusedAtomic(
                    "promise-atomic-data-must-be-there",
                    "An atomic write from memory that is not mapped, or only in part, is refused.",
                    (write, on) -> write.buffer().missing() > 0,
                    MAN + ": all or none",
                    "write(2), ERRORS, EFAULT"),
            answering(
                            "promise-atomic-all-or-error",
                            "A legal atomic write returns its length, or an error and changes nothing; after EIO all of it "
                                    + "may be there.",
                            ATOMIC,
                            write((write, on) -> write.atomic(), PromiseRules::wholeOrError),
                            MAN + ": all or none")
                    .promised(),
            answering(
                            "promise-plain-write-as-far-as-it-says",
                            "A plain write stores as many bytes as it returns, or is refused; some blocks of a refused "
                                    + "misaligned direct one may be in place.",
                            EVERYWHERE,
                            write((write, on) -> true, PromiseRules::partOrError),
                            "write(2), RETURN VALUE",
                            "open(2), NOTES, O_DIRECT")
                    .promised());

    private PromiseRules() {}

    /** Return the rules for a kind of target and a version. */
    static List<Rule> of(TargetKind target, KernelVersion kernel) {
        return Stream.of(
                        IntegrityRules.RULES,
                        LinuxRules.limits(),
                        WRITES,
                        OperationRules.ALL,
                        List.of(RemountRules.PROMISED, SyncRules.PROMISED))
                .flatMap(List::stream)
                .filter(rule -> rule.scope().covers(target, kernel))
                .filter(PromiseRules::isDocumented)
                .map(PromiseRules::open)
                .toList();
    }

    /** Return a rule where the documents are silent as one that permits any error, whatever the kernel's source says. */
    private static Rule open(Rule rule) {
        return rule.authority() == Authority.SILENT && rule.check() instanceof Answer<?> answer
                ? rule.checking(alsoRefusing(answer))
                : rule;
    }

    private static <O extends Operation> Answer<O> alsoRefusing(Answer<O> answer) {
        return new Answer<>(answer.operation(), answer.condition(), (operation, on) -> {
            List<Permit> permits =
                    new ArrayList<>(answer.permission().permits(operation, on).permits());
            permits.add(on.anyRefusal());
            return new Expectation(permits);
        });
    }

    /** Tell whether a rule stands on more than the kernel's source, or only permits. */
    private static boolean isDocumented(Rule rule) {
        return rule.authority() == Authority.SILENT
                || rule.source().places().stream()
                        .anyMatch(place -> !place.startsWith(KERNEL) || place.startsWith(DOCUMENTATION));
    }

    private static Rule refused(String id, String sentence, Condition<Write> condition, String... sources) {
        return answering(id, sentence, EVERYWHERE, write(condition, (write, on) -> anyOf(on.anyRefusal())), sources);
    }

    private static Rule refusedAtomic(String id, String sentence, Condition<Write> condition, String... sources) {
        return refused(id, sentence, (write, on) -> write.atomic() && condition.applies(write, on), sources)
                .within(ATOMIC)
                .promised();
    }

    private static Expectation wholeOrError(Write write, Situation on) {
        Permit whole = allowed(new Returned(write.length()), on.stateAfter(write));
        return anyOf(whole, on.anyRefusal(), allowed(new Failed(Errno.EIO), on.stateAfter(write)));
    }

    private static Expectation partOrError(Write write, Situation on) {
        List<Permit> permits = new ArrayList<>(List.of(on.anyRefusal(), WriteExpectations.anyPrefix(write, on)));
        if (WriteConditions.isMisalignedDirect(write, on)) {
            permits.addAll(WriteExpectations.refusedOrStored(write, on).permits());
        }
        if (on.mayLackSpace(write)) {
            permits.addAll(WriteExpectations.lacking(write, on));
        }
        return new Expectation(permits);
    }
}
