package io.untorn.conformance.shrink;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.conformance.run.Simulated;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Batch;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.Engine;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.Layout;
import io.untorn.model.operation.MapLoad;
import io.untorn.model.operation.MapStore;
import io.untorn.model.operation.OpenMode;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Reopen;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.RwFlags;
import io.untorn.model.operation.Split;
import io.untorn.model.operation.Statx;
import io.untorn.model.operation.Sync;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.Write;
import io.untorn.model.target.Facility;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Shrinks traces that nothing generated, against faults that are told by the trace alone. */
final class SimplificationsTest {
    private static final Write FANCY = new Write(
            RwFlags.of(RwFlag.ATOMIC, RwFlag.DSYNC, RwFlag.HIPRI),
            Access.BUFFERED,
            90112,
            16384,
            Split.TWO,
            new Buffer(512, 0),
            Engine.IO_URING);

    @Test
    void fewerOperationsComeFirst() {
        List<Operation> operations = Collections.nCopies(8, new Truncate(4096));

        assertThat(shrunk(operations).limit(8)).extracting(List::size).containsExactly(4, 4, 6, 6, 6, 6, 7, 7);
    }

    @Test
    void anyOperationIsLeftOutWhereverItStands() {
        List<Operation> operations = IntStream.range(0, 30)
                .mapToObj(i -> i == 17 ? Sync.fsync() : new Truncate(4096L * i))
                .collect(Collectors.toList());

        assertThat(shortest(operations, list -> list.contains(Sync.fsync()))).containsExactly(Sync.fsync());
    }

    @Test
    void twoThatNeedEachOtherGoTogether() {
        List<Operation> operations = List.of(
                new Reopen(new OpenMode(true, false, false)),
                new Statx(),
                new Reopen(OpenMode.READ_WRITE),
                new Truncate(0));

        assertThat(shortest(
                        operations,
                        list -> list.contains(new Truncate(0))
                                && Collections.frequency(list, operations.get(0))
                                        == Collections.frequency(list, operations.get(2))))
                .containsExactly(new Truncate(0));
    }

    @Test
    void appendsGetAnOffset() {
        List<Operation> operations = List.of(
                Write.plain(Access.DIRECT, 0, 8192),
                Write.atomic(0, 12288),
                new Reopen(new OpenMode(false, true, false)),
                Write.atomic(0, 4096),
                new Reopen(OpenMode.READ_WRITE),
                Write.atomic(0, 4096).with(RwFlags.of(RwFlag.ATOMIC, RwFlag.APPEND)));

        assertThat(shrunk(operations))
                .contains(List.of(
                        Write.plain(Access.DIRECT, 0, 8192),
                        Write.atomic(0, 12288),
                        new Reopen(OpenMode.READ_WRITE),
                        Write.atomic(8192, 4096),
                        new Reopen(OpenMode.READ_WRITE),
                        Write.atomic(12288, 4096)));
    }

    @Test
    void choicesBecomePlainAndNumbersSmall() {
        assertThat(shortest(List.of(new Statx(), FANCY), list -> list.stream().anyMatch(Write.class::isInstance)))
                .containsExactly(Write.plain(Access.DIRECT, 0, 0));
    }

    @Test
    void whatIsNeededStays() {
        assertThat(shortest(List.of(FANCY), list -> list.stream()
                        .anyMatch(operation -> operation instanceof Write write
                                && write.atomic()
                                && write.split() == Split.TWO
                                && write.length() >= 1024
                                && write.offset() % write.length() != 0)))
                .containsExactly(Write.atomic(4096, 8192).with(Split.TWO));
    }

    @Test
    void placesThatMeetMoveTogether() {
        List<Operation> operations =
                List.of(new MapStore(65536, 4096), CloneRange.within(65536, 98304, 4096), new MapLoad(98304, 4096));

        assertThat(shortest(operations, SimplificationsTest::copies))
                .containsExactly(new MapStore(0, 4096), CloneRange.within(0, 4096, 4096), new MapLoad(4096, 4096));
    }

    /** Tell whether what is stored is cloned to another place and loaded from there. */
    private static boolean copies(List<Operation> operations) {
        return operations.size() == 3
                && operations.get(0) instanceof MapStore store
                && operations.get(1) instanceof CloneRange clone
                && operations.get(2) instanceof MapLoad load
                && store.offset() == clone.source()
                && load.offset() == clone.destination()
                && clone.source() != clone.destination()
                && store.length() == clone.length()
                && load.length() == clone.length();
    }

    @Test
    void aDetourFindsWhatIsShorter() {
        List<Operation> operations =
                List.of(new Truncate(8192), new Reopen(new OpenMode(false, true, false)), Write.atomic(0, 4096));

        assertThat(shortest(operations, SimplificationsTest::appendsElsewhere))
                .containsExactly(Write.atomic(4096, 4096).with(RwFlags.ATOMIC.with(RwFlag.APPEND)));
    }

    /** Tell whether an atomic write appends, and names another place than the end. */
    private static boolean appendsElsewhere(List<Operation> operations) {
        long size = 0;
        boolean appending = false;
        for (Operation operation : operations) {
            if (operation instanceof Truncate truncate) {
                size = truncate.size();
            } else if (operation instanceof Reopen reopen) {
                appending = reopen.mode().append();
            } else if (operation instanceof Write write
                    && write.atomic()
                    && write.length() == 4096
                    && write.offset() % 4096 == 0
                    && (appending || write.flags().has(RwFlag.APPEND))) {
                return write.offset() != size;
            }
        }
        return false;
    }

    @Test
    void everyKindOfOperationShrinksUnlessItIsPlain() {
        Set<Class<?>> plain = Set.of(
                io.untorn.model.operation.DropCaches.class,
                io.untorn.model.operation.MapExtents.class,
                io.untorn.model.operation.PowerCut.class,
                io.untorn.model.operation.ReleaseMapping.class);

        assertThat(Operation.class.getPermittedSubclasses()).allSatisfy(kind -> {
            boolean hasComponents = kind.getRecordComponents().length > 0;
            assertThat(hasComponents).isEqualTo(!plain.contains(kind));
        });
        assertThat(shrunk(List.of(new Fallocate(Fallocate.Mode.PUNCH_HOLE, 0, 8))))
                .contains(List.of(new Fallocate(Fallocate.Mode.ALLOCATE, 0, 8)));
        assertThat(shrunk(List.of(Read.plain(Access.BUFFERED, 0, 8))))
                .contains(List.of(Read.plain(Access.DIRECT, 0, 8)));
    }

    @Test
    void aLayoutShrinksToFewerPiecesAndToOneCall() {
        Layout layout = new Layout(Layout.Piece.PUNCH, 0, 4096, 8192, 300);

        assertThat(shrunk(List.of(layout)))
                .contains(List.of(new Layout(Layout.Piece.PUNCH, 0, 4096, 8192, 150)))
                .contains(List.of(new Fallocate(Fallocate.Mode.PUNCH_HOLE, 0, 4096)));
        assertThat(shortest(List.of(layout), list -> list.get(0) instanceof Layout other && other.count() > 16))
                .containsExactly(new Layout(Layout.Piece.WRITE, 0, 4096, 4096, 32));
    }

    @Test
    void appendsToAnEndThatNoWriteMayHaveStayAppends() {
        List<Operation> operations = List.of(
                new Reopen(new OpenMode(false, true, false)),
                Write.atomic(20759, 4096),
                Write.plain(Access.BUFFERED, 0, 544).with(RwFlags.of(RwFlag.APPEND)));

        assertThat(shortest(operations, list -> list.contains(operations.get(2))))
                .containsExactly(operations.get(2));
    }

    @Test
    void aDeviceGetsNoTwinAndAKernelNoEngineThatItLacks() {
        Trace read =
                new Trace(Simulated.DEVICE, List.of(FANCY.through(Engine.LIBAIO), Read.plain(Access.DIRECT, 512, 512)));
        List<List<Operation>> candidates = new ArrayList<>();
        new Descent(read, Set.of(Facility.LIBAIO), Simplifications.on(read.target()), candidate -> {
                    candidates.add(candidate);
                    return false;
                })
                .toTheEnd();

        assertThat(candidates).isNotEmpty().allSatisfy(candidate -> {
            assertThat(new Trace(Simulated.DEVICE, candidate).operations()).isEqualTo(candidate);
            assertThat(candidate)
                    .noneMatch(operation ->
                            operation instanceof Write write && write.engine().isRing());
        });
    }

    @Test
    void nothingIsTriedTwice() {
        List<List<Operation>> tried = new ArrayList<>();
        shortest(List.of(new Statx(), FANCY, new Truncate(8192), new Truncate(4096)), list -> {
            tried.add(list);
            return list.contains(FANCY) && list.contains(new Truncate(8192));
        });

        assertThat(tried).hasSizeGreaterThan(10).doesNotHaveDuplicates();
    }

    private static Stream<List<Operation>> shrunk(List<Operation> operations) {
        return Simplifications.on(Simulated.XFS).stream().flatMap(way -> way.of(operations));
    }

    private static List<Operation> shortest(List<Operation> operations, Predicate<List<Operation>> breaks) {
        assertThat(breaks).accepts(operations);
        return new Descent(
                        new Trace(Simulated.XFS, operations),
                        EnumSet.allOf(Facility.class),
                        Simplifications.on(Simulated.XFS),
                        breaks)
                .toTheEnd();
    }

    /** Whatever needs a request needs neither the others, nor that they are handed over together. */
    @Test
    void aBatchLosesRequestsUntilOneIsLeft() {
        Write one = Write.atomic(8192, 4096).through(Engine.LIBAIO);
        Batch three = new Batch(List.of(one, one.at(0), one.at(4096)));
        assertThat(shortest(
                        List.of(three),
                        list -> list.get(0) instanceof Batch batch
                                && batch.requests().stream().anyMatch(Write::atomic)))
                .singleElement()
                .isInstanceOfSatisfying(Batch.class, batch -> {
                    assertThat(batch.requests()).hasSize(2);
                    assertThat(batch.requests()).filteredOn(Write::atomic).hasSize(1);
                });
        assertThat(shortest(List.of(three), list -> list.stream()
                        .flatMap(each -> each.writes().stream())
                        .anyMatch(Write::atomic)))
                .containsExactly(Write.atomic(0, 0));
    }
}
