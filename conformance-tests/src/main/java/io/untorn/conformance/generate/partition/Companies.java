package io.untorn.conformance.generate.partition;

import io.untorn.model.operation.Access;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.Engine;
import io.untorn.model.operation.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiPredicate;

/** What else is handed to the kernel together with a write: another that touches it, or that overlaps it. */
final class Companies {
    /** The longest write that others are handed over with, in bytes: more costs time and shows nothing new. */
    private static final int LONGEST = 1 << 17;

    /** So many at once the block layer may merge, if they touch (fs/aio.c, AIO_PLUG_THRESHOLD). */
    private static final int MERGED = 3;

    static final Dimension COMPANY = new Dimension(
            "company",
            350,
            List.of(
                    Cell.of("alone", attempt -> attempt.company().isEmpty(), (draft, random) -> draft)
                            .legal(1),
                    cell("overlapping another", Engine.LIBAIO, Companies::overlap, Companies::overlapping),
                    cell("overlapping another", Engine.IO_URING, Companies::overlap, Companies::overlapping),
                    cell("next to another atomic one", Engine.LIBAIO, Companies::touch, Companies::adjacent),
                    cell("next to another atomic one", Engine.IO_URING, Companies::touch, Companies::adjacent)));

    private Companies() {}

    /** Makes the others. */
    @FunctionalInterface
    private interface Others {
        List<Write> of(Draft draft, Write write, Random random);
    }

    private static Cell cell(String name, Engine engine, BiPredicate<Write, Write> meet, Others others) {
        return Cell.of(
                        name + " in one " + (engine == Engine.LIBAIO ? "io_submit" : "io_uring_enter"),
                        attempt -> attempt.write().engine() == engine
                                && attempt.company().stream().anyMatch(other -> meet.test(attempt.write(), other)),
                        (draft, random) -> together(draft, engine, others, random))
                .legal(4)
                .on(testbed -> testbed.has(engine));
    }

    private static Draft together(Draft draft, Engine engine, Others others, Random random) {
        Write write = draft.write();
        if (write.offset() < 0 || write.length() == 0 || write.length() > LONGEST || !engine.takes(write.split())) {
            return draft;
        }
        Write sent = write.through(engine);
        return draft.with(sent).beside(others.of(draft, sent, random));
    }

    private static boolean overlap(Write one, Write other) {
        return other.length() > 0
                && one.offset() < other.offset() + other.length()
                && other.offset() < one.offset() + one.length();
    }

    private static boolean touch(Write one, Write other) {
        return other.atomic()
                && (one.offset() == other.offset() + other.length() || other.offset() == one.offset() + one.length());
    }

    /** Some of the same length, behind it, or before it where a device ends. */
    private static List<Write> adjacent(Draft draft, Write write, Random random) {
        List<Write> others = new ArrayList<>();
        for (int i = 1 + random.nextInt(MERGED); i > 0; i--) {
            long behind = write.offset() + (long) i * write.length();
            boolean fits = draft.testbed().isFile()
                    || behind + write.length() <= draft.testbed().size();
            long before = write.offset() - (long) i * write.length();
            if (fits || before >= 0) {
                others.add(write.at(fits ? behind : before));
            }
        }
        return others;
    }

    /** The same again, a part of it, all and more, or a plain one over an edge. */
    private static List<Write> overlapping(Draft draft, Write write, Random random) {
        int length = write.length();
        int longer = Math.min(2 * length, draft.testbed().unitMax());
        return List.of(
                switch (random.nextInt(4)) {
                    case 0 -> write;
                    case 1 -> write.sized(Math.max(length / 2, draft.testbed().unitMin()));
                    case 2 -> write.sized(longer).at(write.offset() / longer * longer);
                    default ->
                        Write.plain(
                                        Access.DIRECT,
                                        (write.offset() + length / 2) / Buffer.PAGE * Buffer.PAGE,
                                        (length + Buffer.PAGE - 1) / Buffer.PAGE * Buffer.PAGE)
                                .through(write.engine());
                });
    }
}
