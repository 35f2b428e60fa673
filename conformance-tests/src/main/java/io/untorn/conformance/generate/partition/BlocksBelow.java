package io.untorn.conformance.generate.partition;

import static io.untorn.model.state.Blocks.Kind.DELAYED;
import static io.untorn.model.state.Blocks.Kind.HOLE;
import static io.untorn.model.state.Blocks.Kind.SHARED;
import static io.untorn.model.state.Blocks.Kind.UNWRITTEN;
import static io.untorn.model.state.Blocks.Kind.WRITTEN;

import io.untorn.model.operation.Access;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Subject;
import io.untorn.model.operation.Write;
import io.untorn.model.state.Blocks.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The blocks below a write: each kind alone, and the kinds that FIEMAP distinguishes in every order of two and three. */
final class BlocksBelow {
    private static final int EACH = 1;
    private static final List<Kind> DISTINCT = List.of(HOLE, UNWRITTEN, WRITTEN, SHARED);

    /** The longest write that blocks are prepared for, in bytes: more costs time and shows nothing new. */
    private static final int LONGEST = 1 << 17;

    /** One kind of block, and nothing else. */
    static final List<Cell> ALONE =
            DISTINCT.stream().map(kind -> cell(List.of(kind))).toList();

    static final Dimension BELOW = new Dimension("blocks below", 1000, cells())
            .ordinarily(
                    attempt -> attempt.on(attempt.state().punched(attempt.place(), attempt.length(), attempt.block())));

    private BlocksBelow() {}

    private static List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        cells.add(Cell.of("device", attempt -> attempt.testbed().isDevice(), (draft, random) -> draft)
                .legal(EACH)
                .on(Testbed::isDevice));
        cells.addAll(ALONE);
        cells.add(cell(List.of(DELAYED)));
        for (Kind first : DISTINCT) {
            for (Kind second : DISTINCT) {
                if (first != second) {
                    cells.add(cell(List.of(first, second)));
                    DISTINCT.stream()
                            .filter(third -> third != second)
                            .forEach(third -> cells.add(cell(List.of(first, second, third))));
                }
            }
        }
        cells.add(
                Cell.of("more", attempt -> true, BlocksBelow::more).legal(EACH).on(Testbed::isFile));
        return cells;
    }

    /** A write of one block meets two kinds only where it appends to a file that ends inside a block. */
    private static Cell cell(List<Kind> kinds) {
        String name =
                kinds.stream().map(kind -> kind.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining("-"));
        return Cell.of(name, attempt -> attempt.below().equals(kinds), (draft, random) -> over(draft, kinds))
                .legalOn(testbed -> testbed.hasRoomFor(kinds.size()), EACH)
                .hiddenOn(testbed -> kinds.size() > 2 && !testbed.hasRoomFor(kinds.size()), Lengths.OF_FILES)
                .on(testbed -> testbed.isFile()
                        && kinds.stream().allMatch(testbed::knows)
                        && (kinds.size() != 2 || testbed.hasRoomFor(2)));
    }

    private static Draft more(Draft draft, Random random) {
        List<Kind> kinds = DISTINCT.stream().filter(draft.testbed()::knows).toList();
        int from = random.nextInt(kinds.size());
        return over(
                draft,
                Stream.iterate(from, at -> at + 1)
                        .limit(4)
                        .map(at -> kinds.get(at % kinds.size()))
                        .toList());
    }

    /** Prepare kinds of blocks below a write, each below an equal part of it; make it longer if it is too short for that. */
    private static Draft over(Draft draft, List<Kind> kinds) {
        int unit = draft.testbed().unitFor(kinds.size());
        Draft fitting = fitting(draft, kinds.size() * unit);
        if (fitting.length() > LONGEST) {
            return draft;
        }
        long from = fitting.place() / unit;
        long units = (Math.max(fitting.end(), fitting.place() + 1) + unit - 1) / unit - from;
        List<Operation> laid = new ArrayList<>();
        laid.add(new Fallocate(Fallocate.Mode.PUNCH_HOLE, from * unit, (int) units * unit));
        for (int i = 0; i < kinds.size(); i++) {
            long start = from + units * i / kinds.size();
            long end = from + units * (i + 1) / kinds.size();
            laid.addAll(laid(kinds.get(i), start * unit, (int) (end - start) * unit));
        }
        return fitting.prepared(laid);
    }

    private static Draft fitting(Draft draft, int least) {
        boolean emptyInOneUnit =
                draft.length() == 0 && least <= draft.testbed().target().allocationUnit();
        if (emptyInOneUnit || draft.length() >= least) {
            return draft;
        }
        int length =
                Math.max(Integer.highestOneBit(2 * least - 1), draft.testbed().unitMin());
        return draft.sized(length).at(draft.place() / length * length);
    }

    private static List<Operation> laid(Kind kind, long offset, int length) {
        return switch (kind) {
            case HOLE, UNCERTAIN -> List.of();
            case UNWRITTEN -> List.of(new Fallocate(Fallocate.Mode.ALLOCATE, offset, length));
            case WRITTEN -> List.of(Write.plain(Access.DIRECT, offset, length));
            case SHARED ->
                List.of(
                        Write.plain(Access.DIRECT, offset, length),
                        new CloneRange(Subject.FILE, offset, Subject.TWIN, offset, length));
            case DELAYED -> List.of(Write.plain(Access.BUFFERED, offset, length));
        };
    }
}
