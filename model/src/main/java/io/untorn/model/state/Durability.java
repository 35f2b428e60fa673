package io.untorn.model.state;

import io.untorn.model.contents.Contents;
import io.untorn.model.operation.Subject;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How far a target is safe from a power cut, and what is known since the last one.
 *
 * @param file what may be lost of the file or device
 * @param twin likewise of the file beside it
 * @param fates what became of atomic writes
 * @param sizeOpen whether the size was not asked for since a power cut
 * @param wasCut whether there was one: what lies under the files is then not known
 * @param followed whether it matters: there is a power cut to come
 */
public record Durability(
        Unsynced file, Unsynced twin, Fates fates, boolean sizeOpen, boolean wasCut, boolean followed) {
    /** Return the durability of files of which all is safe. */
    static Durability of(Contents file, Contents twin) {
        return new Durability(Unsynced.nothing(file), Unsynced.nothing(twin), Fates.OPEN, false, false, true);
    }

    /** Return this for a trace without a power cut. */
    Durability ignored() {
        return new Durability(file, twin, fates, sizeOpen, wasCut, false);
    }

    /** Return this after a change, which leaves a size in bytes. */
    Durability with(Subject subject, UnaryOperator<Contents> effect, Optional<Change> data, long size) {
        return followed ? with(subject, of(subject).with(effect, data, size)) : this;
    }

    /** Return this after a sync of one of the files. */
    Durability synced(Subject subject, Contents now) {
        return followed ? with(subject, Unsynced.nothing(now)) : this;
    }

    /** Return this after a read of what the last power cut left. */
    Durability seen(Subject subject, Contents now, Contents seen, Fates shown) {
        Durability certain = with(subject, of(subject).seen(now, seen));
        return new Durability(certain.file, certain.twin, shown, sizeOpen, wasCut, followed);
    }

    /** Return this after a power cut that left these. */
    Durability cut(Contents fileLeft, Contents twinLeft) {
        return new Durability(Unsynced.nothing(fileLeft), Unsynced.nothing(twinLeft), fates, true, true, followed);
    }

    /** Return this where the size was asked for, or set. */
    Durability sizeKnown() {
        return sizeOpen ? new Durability(file, twin, fates, false, wasCut, followed) : this;
    }

    /** Return this with the file in the twin's place. */
    Durability swapped() {
        return new Durability(/* file= */ twin, /* twin= */ file, fates, sizeOpen, wasCut, followed);
    }

    private Unsynced of(Subject subject) {
        return subject == Subject.FILE ? file : twin;
    }

    private Durability with(Subject subject, Unsynced changed) {
        return subject == Subject.FILE
                ? new Durability(changed, twin, fates, sizeOpen, wasCut, followed)
                : new Durability(file, changed, fates, sizeOpen, wasCut, followed);
    }
}
