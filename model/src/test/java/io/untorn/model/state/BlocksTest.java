package io.untorn.model.state;

import static io.untorn.model.state.Blocks.Kind.DELAYED;
import static io.untorn.model.state.Blocks.Kind.HOLE;
import static io.untorn.model.state.Blocks.Kind.SHARED;
import static io.untorn.model.state.Blocks.Kind.UNWRITTEN;
import static io.untorn.model.state.Blocks.Kind.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.model.operation.Access;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.Fallocate.Mode;
import io.untorn.model.operation.MapStore;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Subject;
import io.untorn.model.operation.Sync;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.Write;
import io.untorn.model.oracle.Histories;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What lies under a file: runs by themselves, and what each operation makes of them. */
final class BlocksTest {
    private static final int B = 4096;
    private static final Blocks MIXED =
            Blocks.NONE.with(0, 100, WRITTEN).with(100, 200, UNWRITTEN).with(300, 400, DELAYED);

    @Test
    void aRangeHoldsTheKindsThatItMeets() {
        assertThat(MIXED.kinds(0, 100)).containsExactly(WRITTEN);
        assertThat(MIXED.kinds(99, 2)).containsExactlyInAnyOrder(WRITTEN, UNWRITTEN);
        assertThat(MIXED.kinds(100, 100)).containsExactly(UNWRITTEN);
        assertThat(MIXED.kinds(200, 100)).containsExactly(HOLE);
        assertThat(MIXED.kinds(300, 100)).containsExactly(DELAYED);
        assertThat(MIXED.kinds(399, 2)).containsExactlyInAnyOrder(DELAYED, HOLE);
        assertThat(MIXED.kinds(400, 1)).containsExactly(HOLE);
        assertThat(MIXED.kinds(50, 0)).containsExactly(WRITTEN);
        assertThat(MIXED.kinds(500, 0)).isEmpty();
    }

    @Test
    void replacesBlocksAndMergesEqualNeighbours() {
        assertThat(MIXED.with(50, 350, SHARED))
                .hasToString("WRITTEN up to 50; SHARED up to 350; DELAYED up to 400; then HOLE");
        assertThat(MIXED.with(100, 200, WRITTEN))
                .isEqualTo(Blocks.NONE.with(0, 200, WRITTEN).with(300, 400, DELAYED))
                .hasSameHashCodeAs(Blocks.NONE.with(0, 200, WRITTEN).with(300, 400, DELAYED));
        assertThat(MIXED.with(150, 150, HOLE)).isSameAs(MIXED);
        assertThat(MIXED.with(150, 100, HOLE)).isSameAs(MIXED);
        assertThat(MIXED).isNotEqualTo(MIXED.with(0, 1, SHARED)).isNotEqualTo(MIXED.with(400, 401, DELAYED));
        assertThat(MIXED.hashCode()).isNotEqualTo(MIXED.with(0, 1, SHARED).hashCode());
    }

    @Test
    void oneKindIsReplacedInsideARange() {
        assertThat(MIXED.replacing(UNWRITTEN, WRITTEN, 120, 150))
                .hasToString("WRITTEN up to 100; UNWRITTEN up to 120; WRITTEN up to 150; UNWRITTEN up to 200; "
                        + "HOLE up to 300; DELAYED up to 400; then HOLE");
        assertThat(MIXED.replacing(UNWRITTEN, WRITTEN, 0, 1000)).isEqualTo(MIXED.with(100, 200, WRITTEN));
        assertThat(MIXED.replacing(UNWRITTEN, WRITTEN, 200, 1000)).isEqualTo(MIXED);
        assertThat(MIXED.replacing(UNWRITTEN, WRITTEN, 0, 100)).isEqualTo(MIXED);
    }

    @Test
    void whatLiesPastAnEndIsCut() {
        assertThat(MIXED.cut(400)).isSameAs(MIXED);
        assertThat(MIXED.cut(399))
                .hasToString(
                        "WRITTEN up to 100; UNWRITTEN up to 200; HOLE up to 300; " + "DELAYED up to 399; then HOLE");
        assertThat(MIXED.cut(100)).isEqualTo(Blocks.NONE.with(0, 100, WRITTEN));
        assertThat(MIXED.cut(0)).isEqualTo(Blocks.NONE).hasToString("then HOLE");
    }

    @Test
    void whatIsTakenOutOrPutInMovesTheRest() {
        assertThat(MIXED.moved(50, -100))
                .hasToString("WRITTEN up to 50; UNWRITTEN up to 100; HOLE up to 200; DELAYED up to 300; then HOLE");
        assertThat(MIXED.moved(150, 100))
                .hasToString("WRITTEN up to 100; UNWRITTEN up to 150; HOLE up to 250; UNWRITTEN up to 300; "
                        + "HOLE up to 400; DELAYED up to 500; then HOLE");
        assertThat(MIXED.moved(0, -400)).isEqualTo(Blocks.NONE);
    }

    /** Kinds of each of six blocks, by the first letter; {@code +} where there are several. */
    static Stream<Arguments> operations() {
        Write first = Write.plain(Access.DIRECT, 0, 4 * B);
        return Stream.of(
                row("HHHHHH", new Truncate(4 * B)),
                row("WHHHHH", Write.plain(Access.DIRECT, 0, 512)),
                row("HWWHHH", Write.plain(Access.DIRECT, 2 * B - 512, 1024)),
                row("DDHHHH", Write.plain(Access.BUFFERED, 0, B + 8)),
                row(
                        "WDHHHH",
                        Write.plain(Access.BUFFERED, 0, B + 8),
                        Sync.fsync(),
                        Write.plain(Access.BUFFERED, B, B),
                        new Truncate(B),
                        Write.plain(Access.BUFFERED, B, B)),
                row("WWHHHH", Write.plain(Access.BUFFERED, 0, B + 8), Sync.fsync()),
                row("WWWWHH", first, Write.plain(Access.BUFFERED, 0, B)),
                row("WWHHHH", first, new Truncate(2 * B)),
                row("WWWHHH", first, new Truncate(2 * B + 8)),
                row("HUUHHH", new Fallocate(Mode.ALLOCATE, B, 2 * B)),
                row("UUHHHH", new Fallocate(Mode.ALLOCATE_KEEP_SIZE, 8, B)),
                row("WWWWUH", first, new Fallocate(Mode.ALLOCATE, 0, 5 * B)),
                row("WHWWHH", first, new Fallocate(Mode.PUNCH_HOLE, B, B)),
                row("WWHWHH", first, new Fallocate(Mode.PUNCH_HOLE, B + 8, 2 * B)),
                row("WUWWHH", first, new Fallocate(Mode.ZERO_RANGE, B, B)),
                row("WWUWHH", first, new Fallocate(Mode.ZERO_RANGE, B + 8, 2 * B)),
                row("WWWWUH", first, new Fallocate(Mode.ZERO_RANGE_KEEP_SIZE, 4 * B, B)),
                row("UUHHHH", new Fallocate(Mode.ZERO_RANGE, 8, B)),
                row(
                        "WWUWHH",
                        first,
                        new Fallocate(Mode.ZERO_RANGE, 3 * B, B),
                        new Fallocate(Mode.COLLAPSE_RANGE, 0, B),
                        Write.plain(Access.DIRECT, 3 * B, B)),
                row("WHHWWW", first, new Fallocate(Mode.INSERT_RANGE, B, 2 * B)),
                row("SWSWHH", first, CloneRange.within(0, 2 * B, B)),
                row("SWWWSH", first, CloneRange.within(0, 4 * B, B)),
                row("SSWWHH", first, new CloneRange(Subject.FILE, 0, Subject.TWIN, 0, 2 * B)),
                row("WSWWHH", first, new CloneRange(Subject.FILE, 0, Subject.TWIN, 0, 2 * B), Write.atomic(0, B)),
                row("HHDHHH", new Truncate(4 * B), new MapStore(2 * B + 8, 8)),
                row("WWWWHH", first, new MapStore(2 * B + 8, 8)));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void operationsLayTheirKinds(String kinds, List<Operation> operations) {
        Blocks blocks = Histories.after("7.3.4", Histories.XFS, operations).blocks();
        StringBuilder found = new StringBuilder();
        for (long at = 0; at < 6 * B; at += B) {
            List<Blocks.Kind> under = List.copyOf(blocks.kinds(at, B));
            found.append(under.size() == 1 ? under.get(0).name().substring(0, 1) : "+");
        }
        assertThat(found).hasToString(kinds);
    }

    private static Arguments row(String kinds, Operation... operations) {
        return Arguments.of(kinds, List.of(operations));
    }
}
