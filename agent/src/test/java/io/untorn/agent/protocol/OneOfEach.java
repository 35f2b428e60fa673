package io.untorn.agent.protocol;

import io.untorn.model.operation.Access;
import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.Audit;
import io.untorn.model.operation.Batch;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.ChangeAttribute;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.DropCaches;
import io.untorn.model.operation.Engine;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.FillSpace;
import io.untorn.model.operation.FreeSpace;
import io.untorn.model.operation.HintExtentSize;
import io.untorn.model.operation.HoldMapping;
import io.untorn.model.operation.Layout;
import io.untorn.model.operation.LimitFileSize;
import io.untorn.model.operation.MapExtents;
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
import io.untorn.model.operation.TwinLoad;
import io.untorn.model.operation.TwinWrite;
import io.untorn.model.operation.Write;
import java.util.List;

/** An operation of every class. */
public final class OneOfEach {
    public static final List<Operation> OPERATIONS = List.of(
            new Write(
                    RwFlags.of(RwFlag.ATOMIC, RwFlag.UNKNOWN),
                    Access.BUFFERED,
                    Write.NEGATIVE,
                    4097,
                    Split.TOO_MANY,
                    new Buffer(0, 512),
                    Engine.LIBAIO),
            new Read(RwFlags.of(RwFlag.NOWAIT), Access.DIRECT, Subject.TWIN, 512, 1024),
            new Batch(List.of(
                    Write.atomic(0, 16).through(Engine.IO_URING),
                    Write.plain(Access.DIRECT, 4096, 4096).through(Engine.IO_URING))),
            new TwinWrite(Write.plain(Access.BUFFERED, 8, 16)),
            new MapLoad(0, 8),
            new TwinLoad(new MapLoad(0, 8)),
            new MapStore(8, 16),
            new HoldMapping(8, 16),
            new ReleaseMapping(),
            new Truncate(8),
            new Fallocate(Fallocate.Mode.ZERO_RANGE_KEEP_SIZE, 32, 40),
            new CloneRange(Subject.FILE, 4096, Subject.TWIN, 8192, 12288),
            new Layout(Layout.Piece.PUNCH, 8, 16, 24, 5),
            new Sync(Sync.Way.SYNCFS),
            new Reopen(new OpenMode(true, false, true)),
            new Remount(Remount.Way.LIVE, 8192, Remount.Notation.KIBIBYTES),
            new LimitFileSize(LimitFileSize.UNLIMITED),
            new FillSpace(FreeSpace.A_LITTLE),
            new DropCaches(),
            new HintExtentSize(4096),
            new ChangeAttribute(Attribute.NONE),
            new Statx(Statx.Via.LINK),
            new MapExtents(),
            new TellPosition(Access.BUFFERED),
            new PowerCut(),
            new Audit(Audit.Aspect.FREE_SPACE));

    private OneOfEach() {}
}
