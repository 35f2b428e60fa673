package io.untorn.conformance;

import static io.untorn.model.Blocks.Kind.DELAYED;
import static io.untorn.model.Blocks.Kind.HOLE;
import static io.untorn.model.Blocks.Kind.SHARED;
import static io.untorn.model.Blocks.Kind.UNWRITTEN;
import static io.untorn.model.Blocks.Kind.WRITTEN;

import io.untorn.model.Access;
import io.untorn.model.Blocks.Kind;
import io.untorn.model.Environment;
import io.untorn.model.FreeSpace;
import io.untorn.model.LimitFileSize;
import io.untorn.model.OpenMode;
import io.untorn.model.RwFlag;
import io.untorn.model.RwFlags;
import io.untorn.model.Situation;
import io.untorn.model.Split;
import io.untorn.model.Target;
import io.untorn.model.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The space of atomic writes, divided: what a write can be like and what it can meet, in dimensions whose cells a run is to
 * hit. A write hits the first cell of each dimension that contains it, and that of each crossing.
 */
final class Partition {
    private static final int SECTOR = 512;
    private static final int PAGE = 4096;
    private static final int HUGE = 2 << 20;

    /** What stands for the largest unit where there is none, in bytes. */
    private static final int UNSUPPORTED_MAX = 1 << 16;

    private static final Dimension LENGTH = new Dimension(
            "length",
            cell("zero", attempt -> attempt.length() == 0),
            cell("huge", attempt -> attempt.length() >= HUGE),
            cell("no power of two", attempt -> Integer.bitCount(attempt.length()) != 1),
            cell("below minimum", attempt -> attempt.length() < attempt.unitMin()),
            cell("minimum", attempt -> attempt.length() == attempt.unitMin()),
            new Cell("above maximum", attempt -> attempt.length() > attempt.unitMax(), Ground::hasRoomAboveMaximum),
            new Cell("maximum", attempt -> attempt.length() == attempt.unitMax(), Ground::hasLargerUnits),
            new Cell("between", attempt -> true, Ground::hasUnitsBetween));

    private static final Dimension OFFSET = new Dimension(
            "offset",
            cell("negative", attempt -> attempt.write().offset() == Write.NEGATIVE),
            cell("the position", attempt -> attempt.write().offset() == Write.AT_POSITION),
            cell("aligned to length", attempt -> attempt.length() > 0 && attempt.isAligned(attempt.length())),
            cell("aligned to block", attempt -> attempt.isAligned(attempt.block())),
            new Cell("aligned to sector", attempt -> attempt.isAligned(SECTOR), ground -> ground.block() > SECTOR),
            cell("odd", attempt -> true));

    private static final Dimension END = new Dimension(
            "end",
            cell("inside", attempt -> attempt.end() < attempt.on().size()),
            cell("up to the end", attempt -> attempt.end() == attempt.on().size()),
            cell("across the end", attempt -> attempt.place() < attempt.on().size()),
            cell("at the end", attempt -> attempt.place() == attempt.on().size()),
            new Cell("behind the end", attempt -> true, Ground::isFile));

    private static final Dimension BELOW = new Dimension("what lies there", lying());

    private static final Dimension OPENED = new Dimension("open", opened());

    private static final Dimension FLAGS = new Dimension("flags", flags());

    private static final Dimension SEGMENTS = new Dimension(
            "segments",
            Stream.of(Split.values())
                    .map(split -> cell(words(split), attempt -> attempt.write().split() == split))
                    .toList());

    private static final Dimension MEMORY = new Dimension(
            "memory",
            cell("all missing", attempt -> attempt.missing() > 0 && attempt.missing() >= attempt.length()),
            cell("end missing", attempt -> attempt.missing() > 0),
            cell("page", attempt -> attempt.write().buffer().offset() % PAGE == 0),
            cell("sector", attempt -> attempt.write().buffer().offset() % SECTOR == 0),
            cell("word", attempt -> attempt.write().buffer().offset() % 4 == 0),
            cell("odd", attempt -> true));

    private static final Dimension SIZE_LIMIT = new Dimension(
            "RLIMIT_FSIZE",
            cell("none", attempt -> attempt.on().state().sizeLimit() == LimitFileSize.UNLIMITED),
            new Cell("behind", attempt -> attempt.end() <= attempt.sizeLimit(), Ground::isFile),
            new Cell("cuts", attempt -> attempt.place() < attempt.sizeLimit(), Ground::isFile),
            new Cell("before", attempt -> true, Ground::isFile));

    private static final Dimension SPACE = new Dimension(
            "space",
            cell("plenty", attempt -> attempt.space() == FreeSpace.PLENTY),
            new Cell("nearly full", attempt -> attempt.space() == FreeSpace.A_LITTLE, Ground::isFile),
            new Cell("full", attempt -> true, Ground::isFile));

    /** What takes blocks from free space, and what does not. */
    private static final Dimension NEED = new Dimension(
            "what lies there alone",
            Stream.concat(
                            Stream.of(HOLE, UNWRITTEN, WRITTEN, SHARED).map(kind -> lying(List.of(kind))),
                            Stream.of(cell("other", attempt -> true)))
                    .toList());

    /** All dimensions. */
    static final List<Dimension> DIMENSIONS = List.of(
            LENGTH,
            OFFSET,
            END,
            BELOW,
            OPENED,
            FLAGS,
            SEGMENTS,
            MEMORY,
            SIZE_LIMIT,
            SPACE,
            SPACE.across(NEED),
            LENGTH.across(OPENED),
            OFFSET.across(OPENED));

    private Partition() {}

    /** An atomic write and what it meets. */
    record Attempt(Write write, Situation on) {
        int length() {
            return write.length();
        }

        long unitMin() {
            return Ground.unitMin(on.target(), on.environment());
        }

        long unitMax() {
            return Ground.unitMax(on.target(), on.environment());
        }

        int block() {
            return on.target().blockSize();
        }

        long place() {
            return Math.max(0, on.place(write));
        }

        long end() {
            return place() + length();
        }

        long sizeLimit() {
            return on.state().sizeLimit();
        }

        FreeSpace space() {
            return on.state().conditions().space();
        }

        int missing() {
            return write.buffer().missing();
        }

        boolean isAligned(long unit) {
            return write.offset() % unit == 0;
        }

        List<Kind> below() {
            return on.state().blocks().sequence(place(), Math.max(1, length()));
        }
    }

    /** Where a run takes place. */
    record Ground(Target target, Environment environment) {
        static long unitMin(Target target, Environment environment) {
            return environment.limits().supported() ? environment.limits().unitMin() : target.blockSize();
        }

        static long unitMax(Target target, Environment environment) {
            return environment.limits().supported() ? environment.limits().unitMax() : UNSUPPORTED_MAX;
        }

        boolean isFile() {
            return target.kind().isFile();
        }

        int block() {
            return target.blockSize();
        }

        boolean hasRoomAboveMaximum() {
            return unitMax(target, environment) < HUGE / 2;
        }

        boolean hasLargerUnits() {
            return unitMax(target, environment) > unitMin(target, environment) && unitMax(target, environment) < HUGE;
        }

        boolean hasUnitsBetween() {
            return unitMax(target, environment) > 2 * unitMin(target, environment);
        }

        boolean knows(Kind kind) {
            return kind != SHARED || target.reflink();
        }
    }

    /** Tells whether a cell contains a write. */
    @FunctionalInterface
    interface Contains {
        boolean test(Attempt attempt);
    }

    /** Tells whether a cell can be reached. */
    @FunctionalInterface
    interface Reachable {
        boolean on(Ground ground);
    }

    /** A part of a dimension. */
    record Cell(String name, Contains contains, Reachable reachable) {
        Cell and(Cell other) {
            return new Cell(
                    name + ", " + other.name,
                    attempt -> contains.test(attempt) && other.contains.test(attempt),
                    ground -> reachable.on(ground) && other.reachable.on(ground));
        }
    }

    /** One respect in which atomic writes differ. */
    record Dimension(String name, List<Cell> cells) {
        Dimension(String name, Cell... cells) {
            this(name, List.of(cells));
        }

        Dimension across(Dimension other) {
            return new Dimension(
                    name + " × " + other.name,
                    cells.stream()
                            .flatMap(cell -> other.cells.stream().map(cell::and))
                            .toList());
        }

        Optional<Cell> cellOf(Attempt attempt) {
            return cells.stream().filter(cell -> cell.contains().test(attempt)).findFirst();
        }
    }

    /** Each kind alone, and those that can be seen to differ in every order of two and three. */
    private static List<Cell> lying() {
        List<Cell> cells = new ArrayList<>();
        cells.add(new Cell("device", attempt -> !attempt.on().target().kind().isFile(), ground -> !ground.isFile()));
        Stream.of(HOLE, UNWRITTEN, WRITTEN, SHARED, DELAYED).forEach(kind -> cells.add(lying(List.of(kind))));
        List<Kind> kinds = List.of(HOLE, UNWRITTEN, WRITTEN, SHARED);
        for (Kind first : kinds) {
            for (Kind second : kinds) {
                if (first != second) {
                    cells.add(lying(List.of(first, second)));
                    kinds.stream()
                            .filter(third -> third != second)
                            .forEach(third -> cells.add(lying(List.of(first, second, third))));
                }
            }
        }
        cells.add(new Cell("more", attempt -> true, Ground::isFile));
        return cells;
    }

    private static Cell lying(List<Kind> kinds) {
        return new Cell(
                kinds.stream().map(Partition::words).collect(Collectors.joining("-")),
                attempt -> attempt.below().equals(kinds),
                ground -> ground.isFile() && kinds.stream().allMatch(ground::knows));
    }

    private static List<Cell> opened() {
        return Stream.of(Access.values())
                .flatMap(access -> Stream.of(
                                OpenMode.READ_WRITE,
                                new OpenMode(true, false, false),
                                new OpenMode(false, true, false),
                                new OpenMode(false, false, true))
                        .map(mode -> cell(
                                words(access) + ", " + mode,
                                attempt -> attempt.write().access() == access
                                        && attempt.on().state().open().mode().equals(mode))))
                .toList();
    }

    /** RWF_ATOMIC alone, with each other flag, and with each two of those that kernels know. */
    private static List<Cell> flags() {
        List<RwFlag> others =
                Stream.of(RwFlag.values()).filter(flag -> flag != RwFlag.ATOMIC).toList();
        List<Cell> cells = new ArrayList<>();
        cells.add(flags(RwFlags.ATOMIC));
        others.forEach(flag -> cells.add(flags(RwFlags.ATOMIC.with(flag))));
        for (RwFlag first : others) {
            others.stream()
                    .filter(second -> second.compareTo(first) > 0 && second != RwFlag.UNKNOWN)
                    .forEach(
                            second -> cells.add(flags(RwFlags.ATOMIC.with(first).with(second))));
        }
        cells.add(cell("more", attempt -> true));
        return cells;
    }

    private static Cell flags(RwFlags flags) {
        return cell(flags.toString(), attempt -> attempt.write().flags().equals(flags));
    }

    private static Cell cell(String name, Contains contains) {
        return new Cell(name, contains, ground -> true);
    }

    private static String words(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
