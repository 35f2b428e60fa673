package io.untorn.agent;

import io.untorn.agent.linux.GuestCallException;
import io.untorn.agent.linux.GuestCalls;
import io.untorn.agent.protocol.Marking;
import io.untorn.agent.protocol.Preparation;
import io.untorn.agent.protocol.Reply;
import io.untorn.agent.protocol.Request;
import io.untorn.agent.protocol.SystemCallFault;
import io.untorn.agent.protocol.Wire;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Batch;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.Engine;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.HintExtentSize;
import io.untorn.model.operation.HoldMapping;
import io.untorn.model.operation.Layout;
import io.untorn.model.operation.LimitFileSize;
import io.untorn.model.operation.MapExtents;
import io.untorn.model.operation.MapLoad;
import io.untorn.model.operation.MapStore;
import io.untorn.model.operation.OpenMode;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.ReleaseMapping;
import io.untorn.model.operation.Reopen;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.RwFlags;
import io.untorn.model.operation.Split;
import io.untorn.model.operation.Statx;
import io.untorn.model.operation.Subject;
import io.untorn.model.operation.Sync;
import io.untorn.model.operation.TellPosition;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.TwinLoad;
import io.untorn.model.operation.TwinWrite;
import io.untorn.model.operation.Write;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Does many times what an agent does for the host, on a file in memory: the guest's JVM then has loaded and compiled what
 * traces need, and has done so before a snapshot is taken. No target has run anything for that. On the machine that makes
 * the guest's image a JVM archives the classes that it takes.
 */
public final class Rehearsal {
    private static final int BLOCK = 4096;

    /** Bytes of the longest write: as many as most traces write together. */
    private static final int LONG = 1 << 18;

    /** The JVM compiles a method that was called 200 times, and each is called several times in a trace. */
    private static final int TIMES = 60;

    private Rehearsal() {}

    /** Rehearse in the folder that the one argument names, and do besides what takes a guest's own programs and mounts. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        in(Path.of(arguments[0]));
        new GuestProcess(List.of("true")).run(Duration.ofSeconds(10));
        try {
            GuestCalls.mount("none", "/nowhere");
        } catch (GuestCallException e) {
            System.out.println("as it should be: " + e.getMessage());
        }
    }

    /** Rehearse in a folder, which is made. */
    static void in(Path folder) throws IOException {
        Target target = new Target("rehearsal", TargetKind.EXT4, BLOCK, BLOCK, false);
        Preparation preparation = new Preparation(
                target,
                List.of(new Preparation.Module("", "")),
                1,
                false,
                List.of("true"),
                List.of(),
                "",
                SystemCallFault.NONE);
        for (Request request : List.of(new Request.Prepare(preparation), new Request.Resume("", 0))) {
            Wire.decodeRequest(Wire.encode(request));
        }
        try (TraceExecutor executor =
                new TraceExecutor(prepared(target, folder), SystemCallFault.NONE, KernelLog.toNowhere())) {
            Wire.decodeReply(Wire.encode(new Reply.Ready(executor.environment(), executor.lacks())));
            for (int i = 1; i <= TIMES; i++) {
                byte[] asked = Wire.encode(new Request.Run(i, trace(target, i), Marking.END));
                Request.Run run = (Request.Run) Wire.decodeRequest(asked);
                Wire.decodeReply(Wire.encode(Reply.Ran.of(executor.run(run))));
            }
        }
    }

    /** Return operations that every kernel and file system answers without complaint, and that change nothing but files. */
    private static Trace trace(Target target, int time) {
        List<Operation> operations = new ArrayList<>(List.of(
                Write.plain(Access.BUFFERED, 0, time % 8 == 0 ? LONG : 2 * BLOCK),
                Write.plain(Access.DIRECT, 3 * BLOCK, BLOCK),
                Write.plain(Access.DIRECT, 0, BLOCK).with(RwFlags.of(RwFlag.DSYNC)),
                Read.plain(Access.BUFFERED, BLOCK, BLOCK)));
        for (Engine engine : Engine.values()) {
            Write write = Write.atomic(0, BLOCK).through(engine);
            operations.addAll(List.of(write, write.at(BLOCK), write.at(BLOCK / 2)));
            if (Batch.ENGINES.contains(engine)) {
                operations.add(new Batch(List.of(write, write.at(BLOCK))));
            }
        }
        operations.addAll(List.of(
                Write.plain(Access.BUFFERED, 0, BLOCK).with(Split.TWO),
                new Layout(Layout.Piece.WRITE, 0, BLOCK, 2 * BLOCK, 2),
                new Sync(Sync.Way.FSYNC),
                new Truncate(8L * BLOCK),
                new Fallocate(Fallocate.Mode.PUNCH_HOLE, BLOCK, BLOCK),
                new MapStore(0, 16),
                new MapLoad(0, 16),
                new TellPosition(Access.DIRECT),
                new HoldMapping(0, BLOCK),
                new MapLoad(0, 16),
                new ReleaseMapping(),
                new CloneRange(Subject.FILE, 0, Subject.TWIN, 0, BLOCK),
                new TwinWrite(Write.atomic(0, BLOCK)),
                new TwinLoad(new MapLoad(0, 16)),
                new HintExtentSize(BLOCK),
                new LimitFileSize(LimitFileSize.UNLIMITED),
                new Reopen(new OpenMode(true, false, false)),
                new Reopen(OpenMode.READ_WRITE),
                new Statx(),
                new MapExtents()));
        return new Trace(target, operations).withReadBack();
    }

    private static PreparedTarget prepared(Target target, Path folder) throws IOException {
        Path disk = Files.createDirectories(folder.resolve("device/scsi_disk/0:0:0:0"));
        Files.writeString(disk.resolve("protection_type"), "0");
        Path queue = Files.createDirectories(folder.resolve("queue"));
        Files.writeString(queue.resolve("logical_block_size"), String.valueOf(BLOCK));
        return new PreparedTarget(
                target, new DiskFolder(folder), folder.resolve("file").toString(), Optional.empty(), List.of());
    }
}
