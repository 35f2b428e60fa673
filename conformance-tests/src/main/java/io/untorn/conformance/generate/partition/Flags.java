package io.untorn.conformance.generate.partition;

import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.RwFlags;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** The RWF_* flags of a write: RWF_ATOMIC alone, with each other flag, and with each two of those that kernels know. */
final class Flags {
    private static final int ALONE = 300;
    private static final int WITH_ONE = 4;
    private static final int WITH_TWO = 1;
    private static final int WITH_MORE = 3;

    private static final List<RwFlag> OTHERS =
            Stream.of(RwFlag.values()).filter(flag -> flag != RwFlag.ATOMIC).toList();
    private static final RwFlags CONTRADICTION = RwFlags.of(RwFlag.ATOMIC, RwFlag.APPEND, RwFlag.NOAPPEND);

    static final Dimension FLAGS = new Dimension("flags", 0, cells())
            .ordinarily(attempt -> attempt.with(attempt.write().with(RwFlags.ATOMIC)));

    private Flags() {}

    private static List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        cells.add(cell(RwFlags.ATOMIC, ALONE));
        OTHERS.forEach(flag -> cells.add(cell(RwFlags.ATOMIC.with(flag), WITH_ONE)));
        for (RwFlag first : OTHERS) {
            OTHERS.stream()
                    .filter(second -> second.compareTo(first) > 0 && second != RwFlag.UNKNOWN)
                    .forEach(second -> cells.add(cell(RwFlags.ATOMIC.with(first).with(second), WITH_TWO)));
        }
        cells.add(Cell.of("more", attempt -> true, Flags::more).legal(WITH_MORE));
        return cells;
    }

    private static Cell cell(RwFlags flags, int weight) {
        boolean refused = flags.has(RwFlag.UNKNOWN) || flags.equals(CONTRADICTION);
        return Cell.of(
                        flags.toString(),
                        attempt -> attempt.write().flags().equals(flags),
                        (draft, random) -> draft.with(draft.write().with(flags)))
                .legalOn(testbed -> !refused, weight);
    }

    private static Draft more(Draft draft, Random random) {
        List<RwFlag> shuffled = new ArrayList<>(OTHERS);
        Collections.shuffle(shuffled, random);
        RwFlags flags = RwFlags.ATOMIC;
        for (RwFlag flag : shuffled.subList(0, 3)) {
            flags = flags.with(flag);
        }
        return draft.with(draft.write().with(flags));
    }
}
