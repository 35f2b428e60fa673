package io.untorn.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.untorn.agent.linux.Answer;
import io.untorn.agent.linux.GuardedMemory;
import io.untorn.agent.linux.IoVectors;
import io.untorn.agent.linux.LibC;
import io.untorn.agent.linux.MemoryFile;
import io.untorn.agent.linux.SpaceUsed;
import io.untorn.agent.linux.StatxResult;
import io.untorn.agent.protocol.OneOfEach;
import io.untorn.agent.protocol.Reply;
import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Origin;
import io.untorn.model.contents.Stamp;
import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Outcome.Failed;
import io.untorn.model.history.Outcome.Laid;
import io.untorn.model.history.Outcome.ReadBack;
import io.untorn.model.history.Outcome.Returned;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Batch;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.Engine;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.FillSpace;
import io.untorn.model.operation.HoldMapping;
import io.untorn.model.operation.Layout;
import io.untorn.model.operation.LimitFileSize;
import io.untorn.model.operation.MapLoad;
import io.untorn.model.operation.MapStore;
import io.untorn.model.operation.OpenMode;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.PowerCut;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.ReleaseMapping;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.Reopen;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.RwFlags;
import io.untorn.model.operation.Split;
import io.untorn.model.operation.Statx;
import io.untorn.model.operation.Subject;
import io.untorn.model.operation.Sync;
import io.untorn.model.operation.TellPosition;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.Write;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Carries out operations on this machine's own kernel. */
class OperationExecutorTest {
    private static final Errno ENOENT = new Errno(2);

    @TempDir
    private Path folder;

    private Path path;
    private OpenTarget target;
    private OperationExecutor executor;
    private Stamp stamp;
    private final GuardedMemory memory = GuardedMemory.allocate(Operation.MAX_LENGTH + Buffer.PAGE);
    private final KernelCalls kernel = new KernelCalls(memory);
    private final MemoryFile stores = MemoryFile.allocate(Operation.MAX_LENGTH + Buffer.PAGE);

    @BeforeEach
    void open() {
        path = folder.resolve("file");
        begin(TargetKind.EXT4, kernel);
    }

    @AfterEach
    void close() {
        executor.close();
        target.close();
        memory.close();
        stores.close();
        kernel.close();
    }

    private void begin(TargetKind kind, SystemCalls calls) {
        stamp = new Stamp(7);
        PreparedTarget prepared = prepared(kind);
        List<Operation> ofTwin =
                kind.isFile() ? List.of(new Read(RwFlags.NONE, Access.DIRECT, Subject.TWIN, 0, 4096)) : List.of();
        Auditor auditor = new Auditor(calls, prepared);
        target = OpenTarget.of(prepared, new Trace(prepared.target(), ofTwin));
        executor = new OperationExecutor(target, calls, auditor, memory, stores, stamp);
    }

    private PreparedTarget prepared(TargetKind kind) {
        return new PreparedTarget(
                new Target("test", kind, 4096, 4096, false),
                new DiskFolder(folder),
                path.toString(),
                Optional.empty(),
                List.of());
    }

    private Outcome run(Operation operation) {
        return executor.run(operation);
    }

    private static Write buffered(long offset, int length) {
        return Write.plain(Access.BUFFERED, offset, length);
    }

    private Contents contents() throws Exception {
        return ((ReadBack) run(Read.plain(Access.BUFFERED, 0, (int) Files.size(path)))).contents();
    }

    private static Origin by(int operation, long displacement) {
        return new Origin.Written(operation, displacement);
    }

    @Test
    void noOperationIsMissing() {
        assertThat(OneOfEach.OPERATIONS)
                .extracting(operation -> (Class) operation.getClass())
                .containsExactlyInAnyOrder(Operation.class.getPermittedSubclasses());
        for (Operation operation : OneOfEach.OPERATIONS) {
            if (operation instanceof PowerCut) {
                assertThatThrownBy(() -> run(operation)).hasMessage("an agent can't cut the power");
            } else if (operation instanceof Remount || operation instanceof FillSpace) {
                assertThatThrownBy(() -> run(operation)).hasMessageEndingWith("is on no file system of the agent");
            } else {
                assertThat(run(operation)).as(operation.toString()).isNotNull();
            }
        }
    }

    @Test
    void eachDescriptorHasItsOwnPosition() throws Exception {
        Write atPosition = buffered(Write.AT_POSITION, 4096);
        assertThat(run(atPosition)).isEqualTo(new Returned(4096));
        assertThat(run(atPosition)).isEqualTo(new Returned(4096));
        assertThat(run(atPosition.with(Access.DIRECT))).isEqualTo(new Returned(4096));

        assertThat(contents())
                .isEqualTo(Contents.zeros(8192).with(0, 4096, by(2, 0)).with(4096, 4096, by(1, 4096)));
        assertThat(run(buffered(Write.NEGATIVE, 8))).isEqualTo(new Failed(Errno.EINVAL));
    }

    @Test
    void readsAndWritesFollowTheModeAndAllElseDoesNot() throws Exception {
        run(new Truncate(4096));
        assertThat(run(new Reopen(new OpenMode(false, true, true)))).isEqualTo(Outcome.DONE);
        assertThat(run(buffered(0, 8))).isEqualTo(new Returned(8));
        assertThat(contents()).isEqualTo(Contents.zeros(4104).with(4096, 8, by(2, 4096)));

        assertThat(run(new Reopen(new OpenMode(true, false, false)))).isEqualTo(Outcome.DONE);
        assertThat(run(buffered(0, 8))).isEqualTo(new Failed(Errno.EBADF));
        assertThat(run(new Truncate(0))).isEqualTo(Outcome.DONE);
        assertThat(run(new Fallocate(Fallocate.Mode.ALLOCATE, 0, 8))).isEqualTo(Outcome.DONE);
        assertThat(path).hasSize(8);
    }

    @Test
    void whatCanNotBeOpenedAgainStaysOpen() throws Exception {
        Files.delete(path);
        assertThat(run(new Reopen(new OpenMode(true, false, false)))).isEqualTo(new Failed(ENOENT));
        assertThat(run(buffered(0, 8))).isEqualTo(new Returned(8));
        assertThat(run(new Truncate(8))).isEqualTo(Outcome.DONE);
    }

    @ParameterizedTest
    @EnumSource(Split.class)
    void dataIsDividedAsTheSplitSays(Split split) throws Exception {
        Outcome outcome = run(buffered(16, 4096).with(split));

        if (split == Split.TOO_MANY) {
            assertThat(outcome).isEqualTo(new Failed(Errno.EINVAL));
        } else {
            assertThat(outcome).isEqualTo(new Returned(4096));
            assertThat(contents()).isEqualTo(Contents.zeros(4112).with(16, 4096, by(0, 0)));
        }
    }

    @Test
    void flagsReachTheKernelAsTheyAre() {
        assertThat(run(buffered(0, 8).with(RwFlags.of(RwFlag.UNKNOWN)))).isEqualTo(new Failed(Errno.EOPNOTSUPP));
        assertThat(run(new Read(RwFlags.of(RwFlag.UNKNOWN), Access.BUFFERED, Subject.FILE, 0, 8)))
                .isEqualTo(new Failed(Errno.EOPNOTSUPP));
        assertThat(run(buffered(0, 8).with(RwFlags.of(RwFlag.DSYNC, RwFlag.APPEND))))
                .isEqualTo(new Returned(8));
    }

    /** Writes without its flags, so that any kernel shows how much memory is there, and notes where the memory is. */
    private static final class WithoutFlags implements SystemCalls {
        private long data;

        @Override
        public long write(int fd, long address, Write write) {
            data = address;
            try (IoVectors segments = new IoVectors(1)) {
                segments.set(0, address, write.length());
                return LibC.pwritev2(fd, segments.address(), 1, write.offset(), 0);
            }
        }

        @Override
        public long[] writeAtOnce(int fd, long[] data, Batch batch) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long read(int fd, long address, Read read) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long map(int fd, long offset, long length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Answer<StatxResult> statx(OpenTarget target, Statx.Via via) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int mount(OpenTarget target, Remount remount) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long pinnedPages() {
            return 0;
        }

        @Override
        public SpaceUsed spaceUsed(PreparedTarget target) {
            return new SpaceUsed(0, 0);
        }

        @Override
        public Reply.ProgramEnded check(PreparedTarget target) {
            throw new UnsupportedOperationException();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "4096, 0, 0, 4096",
        "4096, 4, 0, 4096",
        "16777216, 4095, 0, 16777216",
        "4096, 0, 512, 3584",
        "8192, 0, 4096, 4096",
        "1536, 0, 512, 1024",
        "16777216, 0, 512, 16776704",
        "4096, 0, 4096, -14",
        "512, 0, 8704, -14",
        "16777216, 0, 2147483136, -14",
    })
    void memoryLiesInItsPageAndEndsWhereItShall(int length, int offset, int missing, long result) throws Exception {
        WithoutFlags calls = new WithoutFlags();
        target.close();
        begin(TargetKind.EXT4, calls);
        Buffer buffer = new Buffer(offset, missing);
        Outcome outcome = run(Write.atomic(0, length).with(Access.BUFFERED).with(buffer));

        assertThat(calls.data % Buffer.PAGE).isEqualTo(buffer.startOf(length));
        if (result < 0) {
            assertThat(outcome).isEqualTo(new Failed(Errno.EFAULT));
            assertThat(path).isEmptyFile();
        } else {
            assertThat(outcome).isEqualTo(new Returned(result));
            byte[] there = Files.readAllBytes(path);
            assertThat(stamp.recognize(ByteBuffer.wrap(there), 0))
                    .isEqualTo(Contents.zeros(result).with(0, result, by(0, 0)));
        }
    }

    @Test
    void aMappingThatIsKeptShowsAndChangesWhatIsThere() throws Exception {
        run(buffered(0, 8192));
        assertThat(run(new HoldMapping(8, 1 << 20))).isEqualTo(Outcome.DONE);
        run(buffered(4096, 8192));
        assertThat(run(new MapStore(8, 16))).isEqualTo(new Returned(16));

        Contents all = Contents.zeros(12288)
                .with(0, 8192, by(0, 0))
                .with(4096, 8192, by(2, 0))
                .with(8, 16, by(3, 0));
        assertThat(contents()).isEqualTo(all);
        assertThat(run(new MapLoad(8, 1 << 20))).isEqualTo(new ReadBack(all.slice(8, 12280)));
        assertThat(run(new MapLoad(0, 16))).isEqualTo(new ReadBack(all.slice(0, 16)));
        assertThat(run(new ReleaseMapping())).isEqualTo(Outcome.DONE);
        assertThat(run(new ReleaseMapping())).isEqualTo(Outcome.DONE);
        assertThat(run(new MapLoad(8, 16))).isEqualTo(new ReadBack(all.slice(8, 16)));
    }

    @Test
    void thePositionIsThatOfTheDescriptor() {
        run(buffered(0, 4096));
        assertThat(run(new TellPosition(Access.BUFFERED))).isEqualTo(new Returned(0));
        run(buffered(0, 16).at(Write.AT_POSITION));
        assertThat(run(new TellPosition(Access.BUFFERED))).isEqualTo(new Returned(16));
        assertThat(run(new TellPosition(Access.DIRECT))).isEqualTo(new Returned(0));
    }

    @Test
    void aWriteToTheTwinIsInTheTwin() throws Exception {
        run(buffered(0, 4096));
        assertThat(run(buffered(8, 16).toTwin())).isEqualTo(new Returned(16));

        assertThat(contents()).isEqualTo(Contents.zeros(4096).with(0, 4096, by(0, 0)));
        assertThat(run(new Read(RwFlags.NONE, Access.BUFFERED, Subject.TWIN, 0, 64)))
                .isEqualTo(new ReadBack(Contents.zeros(24).with(8, 16, by(1, 0))));
    }

    @Test
    void mappingsShowAndChangeWhatIsThere() throws Exception {
        run(buffered(0, 10000));
        assertThat(run(new MapStore(4104, 4096))).isEqualTo(new Returned(4096));
        assertThat(run(new MapStore(9992, 4096))).isEqualTo(new Returned(8));
        assertThat(path).hasSize(10000);

        Contents all = Contents.zeros(10000)
                .with(0, 10000, by(0, 0))
                .with(4104, 4096, by(1, 0))
                .with(9992, 8, by(2, 0));
        assertThat(contents()).isEqualTo(all);
        assertThat(run(new MapLoad(8, 1 << 20))).isEqualTo(new ReadBack(all.slice(8, 9992)));
        for (long outside : new long[] {10000, 1 << 20}) {
            assertThat(run(new MapLoad(outside, 8))).isEqualTo(run(Read.plain(Access.BUFFERED, outside, 8)));
            assertThat(run(new MapStore(outside, 8))).isEqualTo(Outcome.DONE);
        }
        assertThat(run(new MapStore(0, 0))).isEqualTo(Outcome.DONE);
    }

    @Test
    void theSizeLimitHoldsUntilTheTraceEnds() {
        assertThat(run(new LimitFileSize(8192))).isEqualTo(Outcome.DONE);
        assertThat(run(buffered(8192, 8))).isEqualTo(new Failed(Errno.EFBIG));
        assertThat(run(buffered(8000, 4096))).isEqualTo(new Returned(192));
        assertThat(run(new Truncate(8200))).isEqualTo(new Failed(Errno.EFBIG));
        executor.close();
        assertThat(run(buffered(8192, 8))).isEqualTo(new Returned(8));
    }

    @Test
    void aLayoutIsManyCallsUpToTheFirstThatFails() throws Exception {
        Layout layout = new Layout(Layout.Piece.WRITE, 4096, 512, 1024, 4);

        assertThat(run(layout)).isEqualTo(new Laid(4, new Returned(512)));
        assertThat(contents())
                .isEqualTo(Contents.zeros(7680)
                        .with(4096, 512, by(0, 0))
                        .with(5120, 512, by(0, 0))
                        .with(6144, 512, by(0, 0))
                        .with(7168, 512, by(0, 0)));
        assertThat(run(new LimitFileSize(6400))).isEqualTo(Outcome.DONE);
        assertThat(run(layout)).isEqualTo(new Laid(3, new Returned(256)));
        assertThat(run(new LimitFileSize(6144))).isEqualTo(Outcome.DONE);
        assertThat(run(layout)).isEqualTo(new Laid(3, new Failed(Errno.EFBIG)));
        assertThat(run(new Layout(Layout.Piece.CLONE, 8, 8, 16, 4)))
                .isInstanceOfSatisfying(
                        Laid.class, laid -> assertThat(laid.calls()).isEqualTo(1));
    }

    @ParameterizedTest
    @EnumSource(names = {"LIBAIO", "IO_URING"})
    void severalWritesAreHandedOverAtOnce(Engine engine) throws Exception {
        assumeTrue(kernel.lacks().stream().noneMatch(lack -> lack.facility() == engine.facility()));
        run(new Truncate(8192));
        Outcome outcome =
                run(new Batch(Stream.of(buffered(4096, 512), buffered(0, 0), buffered(512, 1024), buffered(8192, 24))
                        .map(write -> write.through(engine))
                        .toList()));

        assertThat(outcome)
                .isEqualTo(new Outcome.Each(
                        List.of(new Returned(512), new Returned(0), new Returned(1024), new Returned(24))));
        assertThat(contents())
                .isEqualTo(Contents.zeros(8216)
                        .with(512, 1024, by(1, 0))
                        .with(4096, 512, by(1, 0))
                        .with(8192, 24, by(1, 0)));
    }

    /** One that the kernel refuses at once keeps the others neither from being taken nor from being told apart. */
    @ParameterizedTest
    @EnumSource(names = {"LIBAIO", "IO_URING"})
    void oneThatIsRefusedIsToldApart(Engine engine) throws Exception {
        assumeTrue(kernel.lacks().stream().noneMatch(lack -> lack.facility() == engine.facility()));
        Write unknown = buffered(0, 512).with(RwFlags.of(RwFlag.UNKNOWN));
        Outcome outcome = run(new Batch(Stream.of(unknown, buffered(512, 512), unknown, buffered(2048, 512))
                .map(write -> write.through(engine))
                .toList()));

        Outcome refused = new Failed(Errno.EOPNOTSUPP);
        assertThat(outcome)
                .isEqualTo(new Outcome.Each(List.of(refused, new Returned(512), refused, new Returned(512))));
        assertThat(contents())
                .isEqualTo(Contents.zeros(2560).with(512, 512, by(0, 0)).with(2048, 512, by(0, 0)));
    }

    @ParameterizedTest
    @EnumSource(names = {"LIBAIO", "IO_URING"})
    void thoseThatAppendAreHandedOverInOrder(Engine engine) throws Exception {
        assumeTrue(kernel.lacks().stream().noneMatch(lack -> lack.facility() == engine.facility()));
        run(new Reopen(new OpenMode(false, true, false)));
        run(new Batch(Stream.of(buffered(0, 512), buffered(8192, 1024))
                .map(write -> write.through(engine))
                .toList()));

        assertThat(contents())
                .isEqualTo(Contents.zeros(1536).with(0, 512, by(1, 0)).with(512, 1024, by(1, -7680)));
    }

    @Test
    void theKernelsErrnoComesBack() {
        assertThat(run(new Fallocate(Fallocate.Mode.ALLOCATE, 0, 0))).isEqualTo(new Failed(Errno.EINVAL));
        assertThat(run(new Fallocate(Fallocate.Mode.COLLAPSE_RANGE, 0, 4096))).isInstanceOf(Failed.class);
        assertThat(run(CloneRange.within(8, 4096, 8))).isInstanceOf(Failed.class);
    }

    @ParameterizedTest
    @EnumSource(Sync.Way.class)
    void everyWayOfSyncSucceeds(Sync.Way way) {
        run(buffered(0, 4096));
        assertThat(run(new Sync(way))).isEqualTo(Outcome.DONE);
    }

    @Test
    void theTwinIsAnotherFile() {
        run(buffered(0, 4096));
        Read ofTwin = new Read(RwFlags.NONE, Access.DIRECT, Subject.TWIN, 0, 4096);
        assertThat(run(ofTwin)).isEqualTo(new ReadBack(Contents.zeros(0)));
        assertThat(run(new Statx())).isInstanceOfSatisfying(Outcome.Told.class, told -> assertThat(told.size())
                .isEqualTo(4096));
    }

    @ParameterizedTest
    @EnumSource
    void eachWayToAskLeadsToWhatItNames(Statx.Via via) {
        OpenTarget.link(prepared(TargetKind.EXT4));
        run(buffered(0, 4096));

        assertThat(run(new Statx(via))).isInstanceOfSatisfying(Outcome.Told.class, told -> assertThat(told.size())
                .isEqualTo(via.leadsToTarget() ? 4096 : 0));
    }

    @Test
    void theLinkIsMadeOnce() {
        OpenTarget.link(prepared(TargetKind.EXT4));
        OpenTarget.link(prepared(TargetKind.EXT4));

        assertThat(path.resolveSibling("file.link")).isSymbolicLink();
    }

    @Test
    void withoutTheLinkStatxSaysSo() {
        assertThat(run(new Statx(Statx.Via.LINK))).isEqualTo(new Failed(new Errno(2)));
    }

    @Test
    void besideADeviceThereIsNoTwin() {
        target.close();
        begin(TargetKind.BLOCK_DEVICE, kernel);
        assertThat(run(new Read(RwFlags.NONE, Access.DIRECT, Subject.TWIN, 0, 4096)))
                .isEqualTo(new Failed(Errno.EBADF));
        assertThat(run(new CloneRange(Subject.FILE, 0, Subject.TWIN, 0, 4096))).isEqualTo(new Failed(Errno.EBADF));
        assertThat(run(new CloneRange(Subject.TWIN, 0, Subject.FILE, 0, 4096))).isEqualTo(new Failed(Errno.EBADF));
    }
}
