package io.untorn.conformance.picture;

import io.untorn.conformance.picture.Picture.Mark;
import io.untorn.conformance.picture.Picture.Piece;
import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Origin;
import io.untorn.model.operation.Batch;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.Footprint;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Subject;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Situation;
import io.untorn.model.state.Blocks;
import io.untorn.model.state.FileState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An operation, and the first of the possible worlds before and after it.
 *
 * @param met what it met
 * @param left what it left; if it broke a rule, what it met
 */
record Scene(Operation operation, Situation met, FileState left) {
    /** Return where the operation acts on the file or device; what it does to the twin is not shown. */
    List<Mark> marks() {
        if (operation instanceof Write || operation instanceof Batch) {
            return operation.writes().stream()
                    .filter(write -> met.place(write) >= 0)
                    .map(this::mark)
                    .toList();
        }
        if (operation instanceof CloneRange clone) {
            List<Mark> marks = new ArrayList<>();
            if (clone.from() == Subject.FILE) {
                marks.add(new Mark(clone.source(), clone.source() + clone.length(), MarkKind.LOOK));
            }
            if (clone.to() == Subject.FILE) {
                marks.add(new Mark(clone.destination(), clone.destination() + clone.length(), MarkKind.CHANGE));
            }
            return marks;
        }
        if (operation.seenByTwin().isPresent()) {
            return List.of();
        }
        if (operation instanceof Read read && read.subject() == Subject.TWIN) {
            return List.of();
        }
        MarkKind kind = operation.mayChange() ? MarkKind.CHANGE : MarkKind.LOOK;
        return Footprint.of(operation).entrySet().stream()
                .map(range -> new Mark(range.getKey(), range.getValue(), kind))
                .toList();
    }

    private Mark mark(Write write) {
        long place = met.place(write);
        return new Mark(place, place + write.length(), write.atomic() ? MarkKind.ATOMIC_WRITE : MarkKind.CHANGE);
    }

    /** Return what the target holds after the operation, from 0 to the end of its last block or its size. */
    List<Piece> pieces() {
        List<Piece> pieces = new ArrayList<>();
        if (!met.target().kind().isFile()) {
            left.contents()
                    .runs()
                    .forEach(run -> add(
                            pieces,
                            new Piece(
                                    run.offset(),
                                    run.offset() + run.length(),
                                    run.origin().equals(Origin.ZERO) ? BlockState.ZEROS : BlockState.WRITTEN,
                                    writer(run.origin()))));
            return pieces;
        }
        long at = 0;
        for (Blocks.Run run : left.blocks().runs()) {
            divide(pieces, run.from(), run.to(), BlockState.of(run.kind()));
            at = run.to();
        }
        divide(pieces, at, left.size(), BlockState.HOLE);
        return pieces;
    }

    private void divide(List<Piece> pieces, long from, long to, BlockState state) {
        long at = from;
        for (Contents.Run run :
                left.contents().slice(from, Math.max(0, to - from)).runs()) {
            at = run.offset() + run.length();
            add(pieces, new Piece(run.offset(), at, state, writer(run.origin())));
        }
        if (state != BlockState.HOLE) {
            add(pieces, new Piece(at, to, state, Optional.empty()));
        }
    }

    /** Add a piece; join it with the last one if that holds the same. */
    private static void add(List<Piece> pieces, Piece piece) {
        if (piece.from() >= piece.to()) {
            return;
        }
        int last = pieces.size() - 1;
        if (last >= 0 && pieces.get(last).isLike(piece) && pieces.get(last).to() == piece.from()) {
            pieces.set(last, new Piece(pieces.get(last).from(), piece.to(), piece.state(), piece.writer()));
        } else {
            pieces.add(piece);
        }
    }

    private static Optional<Integer> writer(Origin origin) {
        return origin instanceof Origin.Written written ? Optional.of(written.operation() + 1) : Optional.empty();
    }
}
