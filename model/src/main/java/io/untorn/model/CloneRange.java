package io.untorn.model;

import static io.untorn.model.Expectation.allowed;
import static io.untorn.model.Expectation.anyOf;
import static io.untorn.model.Expectation.notable;
import static io.untorn.model.Expectation.required;
import static io.untorn.model.Outcome.DONE;
import static io.untorn.model.Scope.EVERYWHERE;
import static io.untorn.model.TargetKind.BLOCK_DEVICE;
import static io.untorn.model.TargetKind.EXT4;
import static io.untorn.model.TargetKind.XFS;

import io.untorn.model.Expectation.Permit;
import io.untorn.model.Rule.Answer;
import java.util.ArrayList;
import java.util.List;

/**
 * Share blocks with ioctl_ficlonerange(2), inside a file or between it and its twin.
 *
 * @param source bytes from the start of the file that is read, a multiple of {@link Stamp#WORD}
 * @param destination bytes from the start of the file that is changed, a multiple of {@link Stamp#WORD}
 * @param length bytes, more than 0, a multiple of {@link Stamp#WORD}
 */
public record CloneRange(Subject from, long source, Subject to, long destination, int length) implements Operation {
    static List<Rule> rules() {
        return List.of(
                Rule.answering(
                        "clone-unsupported",
                        "A target that can't share blocks refuses to clone and changes nothing.",
                        EVERYWHERE.on(BLOCK_DEVICE, EXT4),
                        Answer.always(CloneRange.class, (clone, on) -> anyOf(on.anyRefusal())),
                        "ioctl_ficlonerange(2), ERRORS"),
                Rule.answering(
                        "immutable-file-takes-no-clone",
                        "A clone into an immutable file fails with EPERM, also through a descriptor that was opened before.",
                        EVERYWHERE.on(XFS),
                        new Answer<>(
                                CloneRange.class,
                                (clone, on) -> clone.to() == Subject.FILE && on.is(Attribute.IMMUTABLE),
                                (clone, on) -> on.refusal(Errno.EPERM)),
                        "ioctl_ficlonerange(2), ERRORS, EPERM",
                        "kernel fs/remap_range.c, generic_remap_file_range_prep (6.1 to 7.3)"),
                Rule.answering(
                        "clone-must-fit",
                        "A clone that is not in whole blocks, overlaps itself, reaches behind the end or passes "
                                + "RLIMIT_FSIZE may be refused.",
                        EVERYWHERE.on(XFS),
                        new Answer<>(CloneRange.class, CloneRange::isMisfit, CloneRange::refusedOrDone),
                        "ioctl_ficlonerange(2), ERRORS, EINVAL",
                        "kernel fs/remap_range.c, generic_remap_checks (6.1 to 7.3)"),
                Rule.answering(
                                "clone-may-lack-space",
                                "Where space is scarce a clone may fail with ENOSPC. Nobody says what is shared by then: none, "
                                        + "or the first blocks; then EINVAL may tell that it was not all.",
                                EVERYWHERE.on(XFS),
                                new Answer<>(
                                        CloneRange.class, (clone, on) -> on.isSpaceScarce(), CloneRange::doneOrLacking),
                                "kernel fs/xfs/xfs_file.c, xfs_file_remap_range; fs/ioctl.c, ioctl_file_clone (6.1 to 7.3)")
                        .silent(),
                Rule.answering(
                        "clone-shares-data",
                        "A cloned range reads as its source did.",
                        EVERYWHERE.on(XFS),
                        Answer.always(
                                CloneRange.class,
                                (clone, on) -> required(DONE, on.state().cloned(clone))),
                        "ioctl_ficlonerange(2), DESCRIPTION"));
    }

    public CloneRange {
        Place.require(source, length);
        Place.require(destination, length);
        Place.requireWords(source | destination, length);
        if (length == 0) {
            throw new IllegalArgumentException("a clone of 0 bytes means all up to the end: give the length");
        }
    }

    /** Create a clone inside the file. */
    public static CloneRange within(long source, long destination, int length) {
        return new CloneRange(Subject.FILE, source, Subject.FILE, destination, length);
    }

    private static boolean isMisfit(CloneRange clone, Situation on) {
        return (clone.source | clone.destination | clone.length) % on.target().blockSize() != 0
                || !clone.isSourceInside(on)
                || (clone.from == clone.to && Math.abs(clone.source - clone.destination) < clone.length)
                || on.exceedsSizeLimit(clone.destination + clone.length);
    }

    private static Expectation refusedOrDone(CloneRange clone, Situation on) {
        Permit refused = on.anyRefusal();
        return clone.isSourceInside(on)
                ? anyOf(refused, allowed(DONE, on.state().cloned(clone)))
                : anyOf(refused);
    }

    private static Expectation doneOrLacking(CloneRange clone, Situation on) {
        List<Permit> permits = new ArrayList<>(List.of(
                allowed(DONE, on.state().cloned(clone)),
                on.noSpace(),
                allowed(new Outcome.Failed(Errno.EINVAL), on.state())));
        int block = on.target().blockSize();
        for (int shared = block; shared < clone.length; shared += block) {
            FileState after =
                    on.state().cloned(new CloneRange(clone.from, clone.source, clone.to, clone.destination, shared));
            permits.add(notable(new Outcome.Failed(Errno.ENOSPC), after));
            permits.add(notable(new Outcome.Failed(Errno.EINVAL), after));
        }
        return new Expectation(permits);
    }

    private boolean isSourceInside(Situation on) {
        return source + length <= on.state().contents(from).end();
    }

    @Override
    public void touch(Footprint footprint) {
        if (from == Subject.TWIN || to == Subject.TWIN) {
            footprint.twin();
        }
        footprint.range(source, length);
        footprint.range(destination, length);
    }

    @Override
    public boolean mayChange() {
        return true;
    }

    @Override
    public String toString() {
        return "clone" + Place.words(length, source) + (from == Subject.TWIN ? " of the twin" : "") + " to "
                + destination + (to == Subject.TWIN ? " of the twin" : "");
    }
}
