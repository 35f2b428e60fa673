package io.untorn.model.rules;

import static io.untorn.model.rule.Expectation.allowed;
import static io.untorn.model.rule.Expectation.fitting;

import io.untorn.model.contents.TooManyWorldsException;
import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome.Failed;
import io.untorn.model.history.Outcome.Returned;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Expectation;
import io.untorn.model.rule.Expectation.Permit;
import io.untorn.model.rule.Situation;
import io.untorn.model.state.Blocks.Kind;
import io.untorn.model.state.Change;
import io.untorn.model.state.FileState;
import io.untorn.model.target.TargetKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Expectations of a write that several rules share. */
final class WriteExpectations {
    /** The most pieces of a write of which any may be in place: they make 256 worlds. */
    private static final int MAX_PIECES = 8;

    private WriteExpectations() {}

    /** Allow all of an atomic write; EAGAIN where it may be asked to try again; on a file ENOSPC where it may lack space. */
    static Expectation doneOrAskAgain(Write write, Situation on) {
        return Refusals.of()
                .or(Errno.EAGAIN, on.mayAskAgain(write))
                .or(Errno.ENOSPC, on.target().kind().isFile() && on.mayLackSpace(write))
                .besides(allowed(new Returned(write.length()), on.stateAfter(write)), on);
    }

    /**
     * Allow all of an atomic write to a file at the place that it names, or EAGAIN where pages of it may be cached: what holds
     * where no rule before says more.
     */
    static Expectation doneAsNamed(Write write, Situation on) {
        return Refusals.of()
                .or(Errno.EAGAIN, on.mayMeetPages(write))
                .besides(allowed(new Returned(write.length()), on.stateAsNamed(write)), on);
    }

    /** Allow a plain write to store its first bytes, any number of them. */
    static Permit anyPrefix(Write write, Situation on) {
        return fitting(
                "any part of " + write.length() + " bytes stored",
                outcome -> outcome instanceof Returned returned
                                && returned.value() >= 0
                                && returned.value() <= on.lengthStored(write)
                        ? Optional.of(on.stateAfter(write, (int) returned.value()))
                        : Optional.empty());
    }

    /**
     * Allow a plain write that must not wait to store its first bytes, or to be refused, a direct one after some of its
     * blocks are in place. ext4 refuses to write to the page cache without waiting, also what direct I/O left.
     */
    static Expectation storedOrRefusedPartWay(Write write, Situation on) {
        Refusals refusals = Refusals.of(Errno.EAGAIN)
                .or(Errno.EOPNOTSUPP, on.target().kind() == TargetKind.EXT4)
                .or(Errno.EINVAL, WriteConditions.isMisalignedDirect(write, on))
                .or(Errno.EFBIG, on.exceedsSizeLimit(on.place(write) + 1))
                .or(Errno.ENOSPC, on.isSpaceScarce());
        List<Permit> permits = new ArrayList<>(refusals.of(write, on));
        permits.add(anyPrefix(write, on));
        if (write.access() == Access.DIRECT) {
            FileState after = on.state();
            for (Change piece : piecesInside(write, on)) {
                after = after.written(piece);
                permits.addAll(refusals.leaving(after));
            }
        }
        if (on.mayLackSpace(write)) {
            permits.addAll(lacking(write, on));
        }
        return new Expectation(permits);
    }

    /** Allow what a misaligned direct write may do: no more than fail with EINVAL where nothing can take it. */
    static Expectation misaligned(Write write, Situation on) {
        return WriteConditions.mustBeRefusedAsMisaligned(write, on)
                ? on.refusal(Errno.EINVAL)
                : refusedOrStored(write, on);
    }

    /**
     * Allow a direct write to be done, or to fail with EINVAL. A file system may have written pieces of the request, one extent each, before it met the one that it refuses: any
     * of the pieces may be in place, as far as they lie inside the file.
     */
    static Expectation refusedOrStored(Write write, Situation on) {
        List<FileState> after = new ArrayList<>(List.of(on.state()));
        List<Change> pieces = piecesInside(write, on);
        if (pieces.size() > MAX_PIECES) {
            throw new TooManyWorldsException(
                    "the outcome of " + write + " is open in more ways than can be followed: make it shorter");
        }
        for (Change piece : pieces) {
            for (FileState without : List.copyOf(after)) {
                after.add(without.written(piece));
            }
        }
        List<Permit> permits = new ArrayList<>();
        permits.add(allowed(new Returned(on.lengthStored(write)), on.stateAfter(write)));
        after.forEach(state -> permits.add(allowed(new Failed(Errno.EINVAL), state)));
        return new Expectation(permits);
    }

    /**
     * Allow ENOSPC. A direct write that finds no space may have stored what goes to written blocks before it: new blocks, and those that
     * were unwritten, show nothing of it.
     */
    static List<Permit> lacking(Write write, Situation on) {
        List<Permit> permits = new ArrayList<>();
        permits.add(on.noSpace());
        if (write.access() == Access.DIRECT) {
            FileState after = on.state();
            for (Change piece : piecesInside(write, on)) {
                Set<Kind> kinds = on.state().blocks().kinds(piece.offset(), piece.length());
                if (kinds.equals(EnumSet.of(Kind.WRITTEN)) || kinds.equals(EnumSet.of(Kind.DELAYED))) {
                    after = after.written(piece);
                    permits.add(allowed(new Failed(Errno.ENOSPC), after));
                }
            }
        }
        return permits;
    }

    /** Return the pieces of a write, a block each, that lie inside a file and may be in place when it is refused. */
    private static List<Change> piecesInside(Write write, Situation on) {
        List<Change> pieces = new ArrayList<>();
        if (!on.target().kind().isFile()) {
            return pieces;
        }
        int block = on.target().blockSize();
        long place = on.place(write);
        long end = place + on.lengthStored(write);
        for (long from = place, to; from < Math.min(end, on.size()); from = to) {
            to = Math.min((from / block + 1) * block, end);
            if (on.isDirectAligned(from, to - from)) {
                pieces.add(on.changeAtRisk(write, from, Math.min(to, on.size()) - from));
            }
        }
        return pieces;
    }
}
