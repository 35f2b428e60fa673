package io.untorn.model.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.model.history.Trace;
import io.untorn.model.oracle.Histories;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which ranges a trace looks at, in pages of 4 KiB: four pages around what it touches. */
final class FootprintTest {
    private static final int PAGE = 4096;
    private static final int FAR = 100 * PAGE;

    static Stream<Arguments> traces() {
        Reopen appending = new Reopen(new OpenMode(false, true, false));
        return Stream.of(
                row(Map.of(0, 4)),
                row(Map.of(0, 5), Write.atomic(0, PAGE)),
                row(Map.of(0, 5), Write.atomic(0, 1)),
                row(Map.of(0, 4, 96, 105), Write.atomic(FAR, PAGE)),
                row(Map.of(0, 4, 96, 105), Write.plain(Access.DIRECT, FAR + 8, 8)),
                row(Map.of(0, 13), Write.atomic(8 * PAGE, PAGE)),
                row(Map.of(0, 4, 5, 14), Write.atomic(9 * PAGE, PAGE)),
                row(Map.of(0, 4, 96, 106), Write.atomic(FAR + PAGE, PAGE), Write.atomic(FAR, PAGE)),
                row(Map.of(0, 4, 96, 106), Write.atomic(FAR, PAGE), Write.atomic(FAR + PAGE, PAGE)),
                row(Map.of(0, 4, 96, 108), Write.atomic(FAR, 4 * PAGE), Write.atomic(FAR + PAGE, PAGE)),
                row(Map.of(0, 6), Write.atomic(Write.AT_POSITION, PAGE)),
                row(Map.of(0, 6), Write.atomic(0, PAGE).with(RwFlags.ATOMIC.with(RwFlag.APPEND))),
                row(Map.of(0, 6), appending, Write.atomic(0, PAGE)),
                row(Map.of(0, 5), new Reopen(OpenMode.READ_WRITE), Write.atomic(0, PAGE)),
                row(Map.of(0, 4, 96, 104), new Truncate(FAR)),
                row(Map.of(0, 4, 96, 105), new Read(RwFlags.NONE, Access.DIRECT, Subject.FILE, FAR, PAGE)),
                row(Map.of(0, 4, 96, 105), new MapLoad(FAR, PAGE)),
                row(Map.of(0, 4, 96, 105), new MapStore(FAR, PAGE)),
                row(Map.of(0, 4, 96, 105), Write.atomic(FAR, PAGE).toTwin()),
                row(
                        Map.of(0, 6),
                        Write.atomic(0, PAGE)
                                .with(RwFlags.ATOMIC.with(RwFlag.APPEND))
                                .toTwin()),
                row(Map.of(0, 4, 96, 105), new HoldMapping(FAR, PAGE)),
                row(Map.of(0, 4, 96, 105), new Fallocate(Fallocate.Mode.PUNCH_HOLE, FAR, PAGE)),
                row(Map.of(0, 4, 94, 106), new Fallocate(Fallocate.Mode.COLLAPSE_RANGE, FAR, 2 * PAGE)),
                row(Map.of(0, 6, 96, 108), new Fallocate(Fallocate.Mode.INSERT_RANGE, FAR, 2 * PAGE)),
                row(Map.of(0, 4, 96, 105, 196, 205), CloneRange.within(FAR, 2 * FAR, PAGE)),
                row(
                        Map.of(0, 4),
                        new Sync(Sync.Way.SYNCFS),
                        new Remount(Remount.Way.LIVE, 0),
                        new LimitFileSize(FAR),
                        new Statx(),
                        new ReleaseMapping(),
                        new TellPosition(Access.DIRECT),
                        new MapExtents(),
                        new PowerCut()));
    }

    @ParameterizedTest
    @MethodSource("traces")
    void aTraceTouchesThesePages(Map<Integer, Integer> pages, List<Operation> operations) {
        assertThat(new Trace(Histories.EXT4, operations).footprint())
                .hasSize(pages.size())
                .allSatisfy((from, to) -> {
                    assertThat(from % PAGE).isZero();
                    assertThat(to % PAGE).isZero();
                    assertThat(pages).containsEntry((int) (from / PAGE), (int) (to / PAGE));
                });
    }

    @Test
    void allThatWasTouchedIsReadBackDirectAndItsEndsThroughTheCache() {
        Trace trace = new Trace(Histories.EXT4, List.of(Read.plain(Access.DIRECT, 0, 1 << 20)));

        assertThat(trace.withReadBack().operations())
                .containsExactly(
                        trace.operations().get(0),
                        new Statx(),
                        Read.plain(Access.DIRECT, 0, 1 << 20),
                        Read.plain(Access.DIRECT, 1 << 20, 4 * PAGE),
                        Read.plain(Access.BUFFERED, 0, 4 * PAGE),
                        new MapLoad(253 * PAGE, 4 * PAGE),
                        new Audit(Audit.Aspect.PINNED_PAGES));
    }

    @Test
    void aShortRangeIsReadBackThroughTheCacheAsAWhole() {
        Trace trace = new Trace(Histories.EXT4, List.of(new Truncate(0), Read.plain(Access.DIRECT, 0, 8)));

        assertThat(trace.withReadBack().operations())
                .filteredOn(MapLoad.class::isInstance)
                .containsExactly(new MapLoad(0, 2 * PAGE));
    }

    @Test
    void aFileIsReadAsAWholeInEachWayWhereItsFileSystemIsChecked() {
        long far = 1L << 32;
        List<Operation> operations = List.of(
                Write.plain(Access.DIRECT, FAR, PAGE),
                Write.plain(Access.DIRECT, far, PAGE),
                new Audit(Audit.Aspect.FILE_SYSTEM));

        assertThat(new Trace(Histories.EXT4, operations).withReadBack().operations())
                .startsWith(operations.toArray(Operation[]::new))
                .endsWith(
                        new Statx(),
                        Read.plain(Access.DIRECT, 0, 105 * PAGE),
                        Read.plain(Access.BUFFERED, 0, 105 * PAGE),
                        new MapLoad(0, 105 * PAGE),
                        Read.plain(Access.DIRECT, far - 4 * PAGE, 9 * PAGE),
                        Read.plain(Access.BUFFERED, far - 4 * PAGE, 9 * PAGE),
                        new MapLoad(far - 4 * PAGE, 9 * PAGE),
                        new Audit(Audit.Aspect.PINNED_PAGES),
                        new Audit(Audit.Aspect.FREE_SPACE));
    }

    @Test
    void theSpaceOfACheckedFileSystemIsCountedLast() {
        Operation check = new Audit(Audit.Aspect.FILE_SYSTEM);

        assertThat(new Trace(Histories.EXT4, List.of(check)).withReadBack().operations())
                .endsWith(new Audit(Audit.Aspect.PINNED_PAGES), new Audit(Audit.Aspect.FREE_SPACE));
    }

    @Test
    void theTwinIsReadBackWhereItIsMeant() {
        Read twin = new Read(RwFlags.NONE, Access.DIRECT, Subject.TWIN, 0, 4 * PAGE);
        for (Operation means : List.of(
                new CloneRange(Subject.TWIN, 0, Subject.FILE, 0, 8),
                new CloneRange(Subject.FILE, 0, Subject.TWIN, 0, 8),
                new Read(RwFlags.NONE, Access.DIRECT, Subject.TWIN, 0, 8))) {
            assertThat(new Trace(Histories.XFS, List.of(means)).withReadBack().operations())
                    .contains(
                            new Read(RwFlags.NONE, Access.DIRECT, Subject.TWIN, 0, 5 * PAGE),
                            new Read(RwFlags.NONE, Access.BUFFERED, Subject.TWIN, 0, 2 * PAGE));
        }
        assertThat(new Trace(Histories.XFS, List.of(CloneRange.within(0, 8, 8)))
                        .withReadBack()
                        .operations())
                .doesNotContain(twin)
                .hasSize(6);
    }

    private static Arguments row(Map<Integer, Integer> pages, Operation... operations) {
        return Arguments.of(pages, List.of(operations));
    }
}
