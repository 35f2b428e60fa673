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
import io.untorn.model.operation.Engine;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.MapExtents;
import io.untorn.model.operation.MapLoad;
import io.untorn.model.operation.MapStore;
import io.untorn.model.operation.OpenMode;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Reopen;
import io.untorn.model.operation.Statx;
import io.untorn.model.operation.Sync;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.Write;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Does once what an agent does for the host: the first time takes a guest seconds. On the machine that makes the
 * guest's image a JVM archives the classes that it takes.
 */
public final class Rehearsal {
    private static final int BLOCK = 4096;

    /** A call costs less from the second time on. */
    private static final int TIMES = 2;

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
        Request.Run asked = new Request.Run(1, trace(target), Marking.END);
        Preparation preparation = new Preparation(
                target, List.of(new Preparation.Module("", "")), List.of("true"), "", SystemCallFault.NONE);
        for (Request request : List.of(new Request.Prepare(preparation), asked, new Request.Resume("", 0))) {
            Wire.decodeRequest(Wire.encode(request));
        }
        try (TraceExecutor executor =
                new TraceExecutor(prepared(target, folder), SystemCallFault.NONE, KernelLog.toNowhere())) {
            Wire.decodeReply(Wire.encode(new Reply.Ready(executor.environment(), executor.lacks())));
            for (int i = 0; i < TIMES; i++) {
                Wire.decodeReply(Wire.encode(Reply.Ran.of(executor.run(asked))));
            }
        }
    }

    private static Trace trace(Target target) {
        List<Operation> operations = List.of(
                Write.plain(Access.BUFFERED, 0, 2 * BLOCK),
                Write.atomic(0, BLOCK),
                Write.atomic(0, BLOCK).through(Engine.IO_URING),
                Write.atomic(0, BLOCK).through(Engine.LIBAIO),
                new Sync(Sync.Way.FSYNC),
                new Truncate(8L * BLOCK),
                new Fallocate(Fallocate.Mode.PUNCH_HOLE, BLOCK, BLOCK),
                new MapStore(0, 16),
                new MapLoad(0, 16),
                new Reopen(new OpenMode(true, false, false)),
                new Statx(),
                new MapExtents());
        return new Trace(target, operations).withReadBack();
    }

    private static PreparedTarget prepared(Target target, Path folder) throws IOException {
        Path disk = Files.createDirectories(folder.resolve("device/scsi_disk/0:0:0:0"));
        Files.writeString(disk.resolve("protection_type"), "0");
        Path queue = Files.createDirectories(folder.resolve("queue"));
        Files.writeString(queue.resolve("logical_block_size"), String.valueOf(BLOCK));
        return new PreparedTarget(
                target, new DiskFolder(folder), folder.resolve("file").toString(), Optional.empty());
    }
}
