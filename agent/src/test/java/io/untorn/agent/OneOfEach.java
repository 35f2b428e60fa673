package io.untorn.agent;

import io.untorn.model.Access;
import io.untorn.model.Attribute;
import io.untorn.model.Buffer;
import io.untorn.model.ChangeAttribute;
import io.untorn.model.CloneRange;
import io.untorn.model.DropCaches;
import io.untorn.model.Engine;
import io.untorn.model.Fallocate;
import io.untorn.model.FillSpace;
import io.untorn.model.FreeSpace;
import io.untorn.model.HintExtentSize;
import io.untorn.model.LimitFileSize;
import io.untorn.model.MapExtents;
import io.untorn.model.MapLoad;
import io.untorn.model.MapStore;
import io.untorn.model.OpenMode;
import io.untorn.model.Operation;
import io.untorn.model.PowerCut;
import io.untorn.model.Read;
import io.untorn.model.Remount;
import io.untorn.model.Reopen;
import io.untorn.model.RwFlag;
import io.untorn.model.RwFlags;
import io.untorn.model.Split;
import io.untorn.model.Statx;
import io.untorn.model.Subject;
import io.untorn.model.Sync;
import io.untorn.model.Truncate;
import io.untorn.model.Write;
import java.util.List;

/** An operation of every class. */
final class OneOfEach {
    static final List<Operation> OPERATIONS = List.of(
            new Write(
                    RwFlags.of(RwFlag.ATOMIC, RwFlag.UNKNOWN),
                    Access.BUFFERED,
                    Write.NEGATIVE,
                    4097,
                    Split.TOO_MANY,
                    new Buffer(0, 512),
                    Engine.LIBAIO),
            new Read(RwFlags.of(RwFlag.NOWAIT), Access.DIRECT, Subject.TWIN, 512, 1024),
            new MapLoad(0, 8),
            new MapStore(8, 16),
            new Truncate(8),
            new Fallocate(Fallocate.Mode.ZERO_RANGE_KEEP_SIZE, 32, 40),
            new CloneRange(Subject.FILE, 4096, Subject.TWIN, 8192, 12288),
            new Sync(Sync.Way.SYNCFS),
            new Reopen(new OpenMode(true, false, true)),
            new Remount(Remount.Way.LIVE, 8192),
            new LimitFileSize(LimitFileSize.UNLIMITED),
            new FillSpace(FreeSpace.A_LITTLE),
            new DropCaches(),
            new HintExtentSize(4096),
            new ChangeAttribute(Attribute.NONE),
            new Statx(),
            new MapExtents(),
            new PowerCut());

    private OneOfEach() {}
}
