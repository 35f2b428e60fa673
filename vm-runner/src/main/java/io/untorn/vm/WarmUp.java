package io.untorn.vm;

import io.untorn.agent.Marking;
import io.untorn.agent.Request;
import io.untorn.model.Access;
import io.untorn.model.Engine;
import io.untorn.model.Fallocate;
import io.untorn.model.MapExtents;
import io.untorn.model.MapLoad;
import io.untorn.model.MapStore;
import io.untorn.model.OpenMode;
import io.untorn.model.Operation;
import io.untorn.model.Read;
import io.untorn.model.Reopen;
import io.untorn.model.RwFlags;
import io.untorn.model.Splat;
import io.untorn.model.Statx;
import io.untorn.model.Subject;
import io.untorn.model.Sync;
import io.untorn.model.Target;
import io.untorn.model.Trace;
import io.untorn.model.Truncate;
import io.untorn.model.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs traces whose outcome is of no interest, so that the agent's classes are loaded and its loops are compiled. */
final class WarmUp {
    /** How many runs it makes, which are numbered from 1. */
    static final int RUNS = 4;

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int BLOCK = 4096;
    /** These leave a device's page cache untouched: there are faults that show only where nothing was ever in it. */
    private static final List<Operation> DIRECT = List.of(
            Write.atomic(0, BLOCK),
            Write.atomic(BLOCK, 2 * BLOCK),
            Write.atomic(512, BLOCK),
            Write.plain(Access.DIRECT, 2 * BLOCK, BLOCK),
            Write.atomic(0, BLOCK).through(Engine.IO_URING),
            Write.atomic(0, BLOCK).through(Engine.LIBAIO),
            new Read(RwFlags.NONE, Access.DIRECT, Subject.FILE, 0, BLOCK),
            new Statx());

    private static final List<Operation> OTHERS = List.of(
            Write.plain(Access.BUFFERED, 3 * BLOCK, 2 * BLOCK),
            new Read(RwFlags.NONE, Access.BUFFERED, Subject.FILE, 0, BLOCK),
            new Sync(Sync.Way.FSYNC),
            new Truncate(8L * BLOCK),
            new Fallocate(Fallocate.Mode.PUNCH_HOLE, BLOCK, BLOCK),
            new MapStore(0, 16),
            new MapLoad(0, 16),
            new Reopen(new OpenMode(true, false, false)),
            new MapExtents());

    private WarmUp() {}

    /**
     * Warm a machine up. A file system is to be made anew then.
     *
     * @throws UntornException if the kernel complained: it may do so but once, and then is to do it where it is seen
     * @throws MachineDiedException if the machine did not survive it
     */
    static void run(Machine machine, Target target) {
        List<Operation> operations = new ArrayList<>(DIRECT);
        if (target.kind().isFile()) {
            operations.addAll(OTHERS);
        }
        Trace trace = new Trace(target, operations).withReadBack();
        for (int run = 1; run <= RUNS; run++) {
            AgentClient.ask(machine, new Request.Run(run, trace, Marking.END), LIMIT);
        }
        List<String> lines = machine.console().lines();
        Splat.starts(lines).stream().findFirst().ifPresent(start -> {
            throw UntornException.machinery("the kernel complains already: " + start);
        });
    }
}
