package io.untorn.conformance.reproducer;

import io.untorn.model.operation.Access;
import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.Audit;
import io.untorn.model.operation.Batch;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.ChangeAttribute;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.DropCaches;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.FillSpace;
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
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An operation as C statements, which leave its result in {@code result}. */
final class CStep {
    private static final Map<Class<?>, BiConsumer<CStep, Operation>> STATEMENTS = new HashMap<>();

    static {
        on(Write.class, (step, write) -> step.write(write, Subject.FILE));
        on(TwinWrite.class, (step, twin) -> step.write(twin.write(), Subject.TWIN));
        on(Read.class, CStep::read);
        on(MapLoad.class, CStep::load);
        on(TwinLoad.class, (step, twin) -> step.loadFromTwin(twin.load()));
        on(MapStore.class, CStep::store);
        on(HoldMapping.class, (step, hold) -> step.call(CHelper.HOLD, "hold_mapping", hold.offset(), hold.length()));
        on(ReleaseMapping.class, (step, release) -> step.call(CHelper.HELD, "release_mapping"));
        on(Truncate.class, (step, truncate) -> step.call("ftruncate", "control", truncate.size()));
        on(Fallocate.class, CStep::fallocate);
        on(CloneRange.class, CStep::cloneRange);
        on(Layout.class, CStep::lay);
        on(Batch.class, CStep::batch);
        on(Sync.class, CStep::sync);
        on(Reopen.class, CStep::reopen);
        on(Remount.class, CStep::remount);
        on(LimitFileSize.class, CStep::limit);
        on(FillSpace.class, CStep::fill);
        on(DropCaches.class, (step, drop) -> step.call(CHelper.DROP_CACHES, "drop_caches"));
        on(HintExtentSize.class, (step, hint) -> step.call(CHelper.HINT, "hint_extent_size", hint.bytes()));
        on(
                ChangeAttribute.class,
                (step, change) -> step.call(CHelper.CHANGE_ATTRIBUTE, "change_attribute", flag(change.attribute())));
        on(Statx.class, CStep::statx);
        on(
                TellPosition.class,
                (step, tell) -> step.call("lseek", step.descriptor(tell.access(), Subject.FILE), 0, "SEEK_CUR"));
        on(Audit.class, CStep::audit);
        on(MapExtents.class, (step, map) -> step.call(CHelper.EXTENTS, "map_extents"));
        on(PowerCut.class, (step, cut) -> {
            throw new IllegalArgumentException("a program can't cut the power");
        });
    }

    private final int number;
    private final StepContext on;
    private final List<String> lines = new ArrayList<>();
    private final Set<CHelper> helpers = EnumSet.of(CHelper.TARGET, CHelper.CHECK);

    private CStep(int number, StepContext on) {
        this.number = number;
        this.on = on;
    }

    private static <O extends Operation> void on(Class<O> type, BiConsumer<CStep, O> statements) {
        STATEMENTS.put(type, (step, operation) -> statements.accept(step, type.cast(operation)));
    }

    /** Tell whether a kind of operation is known. */
    static boolean knows(Class<?> operation) {
        return STATEMENTS.containsKey(operation);
    }

    /**
     * Return an operation in C.
     *
     * @param number its place in the program, from 1
     * @param on what the steps before it left
     */
    static CStep of(int number, Operation operation, StepContext on) {
        CStep step = new CStep(number, on);
        STATEMENTS.get(operation.getClass()).accept(step, operation);
        return step;
    }

    /** Return the statements. */
    List<String> lines() {
        return lines;
    }

    /** Return what they call. */
    Set<CHelper> helpers() {
        return helpers;
    }

    /** Return the size of an operation's buffer, in bytes. */
    static int memory(Operation operation) {
        Optional<Write> asked = operation.asWrite();
        if (asked.isPresent()) {
            int length = asked.get().length();
            return asked.get().buffer().startOf(length) + length;
        }
        if (operation instanceof Batch batch) {
            return batch.requests().stream()
                    .mapToInt(request -> pages(request.length()))
                    .sum();
        }
        if (operation instanceof Layout layout) {
            return layout.what() == Layout.Piece.WRITE ? layout.length() : 0;
        }
        if (operation instanceof TwinLoad twin) {
            return twin.load().length();
        }
        return operation instanceof Read read ? read.length() : operation instanceof MapLoad load ? load.length() : 0;
    }

    /** Return how many bytes of the memfd an operation's store needs. */
    static int stores(Operation operation) {
        return operation instanceof MapStore store ? (int) (store.offset() % Buffer.PAGE) + store.length() : 0;
    }

    /** Call a function, or a macro, with arguments in C. */
    private void call(String function, Object... arguments) {
        keep(function + Stream.of(arguments).map(Object::toString).collect(Collectors.joining(", ", "(", ")")));
    }

    private void call(CHelper helper, String function, Object... arguments) {
        helpers.add(helper);
        call(function, arguments);
    }

    private void keep(String expression) {
        lines.add("result = answer(" + expression + ");");
    }

    private void write(Write write, Subject subject) {
        helpers.add(CHelper.MEMORY);
        int mapped = Math.max(0, write.length() - write.buffer().missing());
        lines.add(place(write, mapped));
        if (mapped > 0) {
            helpers.add(CHelper.STAMP);
            lines.add(String.format("stamp(data, %d, %d, %d);", mapped, number, write.stampedOffset()));
        }
        String file = descriptor(write.access(), subject);
        String flags = flags(write.flags());
        boolean vectored = write.split() != Split.ONE;
        String data = vectored ? segments(write) : "data";
        int length = vectored ? write.split().lengths(write.length()).size() : write.length();
        switch (write.engine()) {
            case PWRITEV2 -> call("pwritev2", file, segments(write), vectored ? length : 1, write.offset(), flags);
            case IO_URING -> {
                String code = vectored ? "IORING_OP_WRITEV" : "IORING_OP_WRITE";
                call(CHelper.RING_WRITE, "ring_write", code, file, data, length, write.offset(), flags);
            }
            case IO_URING_FIXED ->
                call(CHelper.RING_FIXED, "ring_write_fixed", file, data, length, write.offset(), flags);
            case LIBAIO -> {
                String code = vectored ? "IOCB_CMD_PWRITEV" : "IOCB_CMD_PWRITE";
                call(CHelper.AIO_WRITE, "submit_write", code, file, data, length, write.offset(), flags);
            }
        }
    }

    /** Hand over all at once, or one by one where they append; {@code results} holds what each came back with. */
    private void batch(Batch batch) {
        helpers.add(CHelper.MEMORY);
        helpers.add(CHelper.STAMP);
        List<String> requests = new ArrayList<>();
        int at = 0;
        for (Write request : batch.requests()) {
            String place = plus("memory", at);
            if (request.length() > 0) {
                lines.add(String.format("stamp(%s, %d, %d, %d);", place, request.length(), number, request.offset()));
            }
            requests.add("{" + place + ", " + request.length() + ", " + request.offset() + ", " + flags(request.flags())
                    + "}");
            at += pages(request.length());
        }
        int count = requests.size();
        boolean ring = batch.engine().isRing();
        call(
                ring ? CHelper.RING_BATCH : CHelper.AIO_BATCH,
                ring ? "ring_batch" : "submit_batch",
                descriptor(batch.access(), Subject.FILE),
                count,
                on.mode().append() ? 1 : count,
                "(struct request[]){" + String.join(", ", requests) + "}");
    }

    private static int pages(int length) {
        return (length + Buffer.PAGE - 1) / Buffer.PAGE * Buffer.PAGE;
    }

    private static String segments(Write write) {
        List<Integer> lengths = write.split().lengths(write.length());
        int shown = write.split() == Split.TOO_MANY ? 1 : lengths.size(); // the others are empty
        List<String> segments = new ArrayList<>();
        int at = 0;
        for (int length : lengths.subList(0, shown)) {
            segments.add("{data" + (at == 0 ? "" : " + " + at) + ", " + length + "}");
            at += length;
        }
        String array = "struct iovec" + (lengths.size() == shown ? "[]" : "[" + lengths.size() + "]");
        return "(" + array + "){" + String.join(", ", segments) + "}";
    }

    /** If memory is missing, the data ends, or begins, after the mapped part. */
    private static String place(Write write, int mapped) {
        if (write.buffer().missing() == 0) {
            return "data = " + plus("memory", write.buffer().offset()) + ";";
        }
        return "data = "
                + (mapped > 0
                        ? "unmapped - " + mapped
                        : plus("unmapped", write.buffer().startOf(write.length())))
                + "; /* of its " + write.length() + " bytes the last " + (write.length() - mapped)
                + " are not mapped */";
    }

    private static String plus(String place, int bytes) {
        return bytes == 0 ? place : place + " + " + bytes;
    }

    private void read(Read read) {
        helpers.add(CHelper.MEMORY);
        call(
                "preadv2",
                descriptor(read.access(), read.subject()),
                "&(struct iovec){memory, " + read.length() + "}",
                1,
                read.offset(),
                flags(read.flags()));
    }

    private void load(MapLoad load) {
        if (on.holds(load.offset(), load.length())) {
            call(CHelper.HELD_LOAD, "load_held", load.offset(), load.length());
        } else {
            call(CHelper.LOAD, "load", load.offset(), load.length());
        }
    }

    private void loadFromTwin(MapLoad load) {
        call(CHelper.TWIN_LOAD, "load_twin", load.offset(), load.length());
    }

    private void store(MapStore store) {
        if (on.holds(store.offset(), store.length())) {
            call(CHelper.HELD_STORE, "store_held", store.offset(), store.length(), number);
        } else {
            call(CHelper.STORE, "store", store.offset(), store.length(), number);
        }
    }

    private String descriptor(Access access, Subject subject) {
        String name = access == Access.DIRECT ? "direct" : "buffered";
        return subject == Subject.FILE ? name : twin("twin_" + name);
    }

    private String twin(String name) {
        helpers.add(CHelper.TWIN);
        return name;
    }

    private String control(Subject subject) {
        return subject == Subject.FILE ? "control" : twin("twin");
    }

    /** Return the flags by their names in {@code include/uapi/linux/fs.h}. */
    private static String flags(RwFlags flags) {
        return flags.bits() == 0
                ? "0"
                : flags.flags().stream()
                        .map(flag -> flag == RwFlag.UNKNOWN
                                ? "0x" + Integer.toHexString(flag.bit()) + " /* no flag */"
                                : "RWF_" + flag)
                        .collect(Collectors.joining(" | "));
    }

    private void fallocate(Fallocate fallocate) {
        String mode =
                switch (fallocate.mode()) {
                    case ALLOCATE -> "0";
                    case ALLOCATE_KEEP_SIZE -> "FALLOC_FL_KEEP_SIZE";
                    case PUNCH_HOLE -> "FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE";
                    case ZERO_RANGE -> "FALLOC_FL_ZERO_RANGE";
                    case ZERO_RANGE_KEEP_SIZE -> "FALLOC_FL_ZERO_RANGE | FALLOC_FL_KEEP_SIZE";
                    case COLLAPSE_RANGE -> "FALLOC_FL_COLLAPSE_RANGE";
                    case INSERT_RANGE -> "FALLOC_FL_INSERT_RANGE";
                    case UNSHARE_RANGE -> "FALLOC_FL_UNSHARE_RANGE";
                };
        call("fallocate", "control", mode, fallocate.offset(), fallocate.length());
    }

    private void cloneRange(CloneRange clone) {
        call(
                CHelper.CLONE,
                "clone_range",
                control(clone.from()),
                clone.source(),
                clone.length(),
                control(clone.to()),
                clone.destination());
    }

    /** Make the calls in a loop, of which {@code calls} counts those that were made. */
    private void lay(Layout layout) {
        helpers.add(CHelper.CALLS);
        lines.add("calls = 0;");
        lines.add("do {");
        lines.add("\toff_t at = " + layout.offset() + "L + calls * " + layout.stride() + "L;");
        lines.add("");
        if (layout.what() == Layout.Piece.WRITE) {
            helpers.add(CHelper.MEMORY);
            helpers.add(CHelper.STAMP);
            lines.add(String.format("\tstamp(memory, %d, %d, at);", layout.length(), number));
        }
        lines.add("\tresult = answer(" + call(layout) + ");");
        lines.add("\tcalls++;");
        lines.add("} while (calls < " + layout.count() + " && result == " + layout.returned() + ");");
    }

    private String call(Layout layout) {
        String length = Integer.toString(layout.length());
        return switch (layout.what()) {
            case WRITE -> "pwritev2(buffered, &(struct iovec){memory, " + length + "}, 1, at, 0)";
            case ALLOCATE -> "fallocate(control, 0, at, " + length + ")";
            case PUNCH -> "fallocate(control, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, at, " + length + ")";
            case CLONE -> {
                helpers.add(CHelper.CLONE);
                yield "clone_range(control, at, " + length + ", " + twin("twin") + ", at)";
            }
        };
    }

    private void sync(Sync sync) {
        switch (sync.way()) {
            case FSYNC -> call("fsync", "control");
            case FDATASYNC -> call("fdatasync", "control");
            case SYNCFS -> call("syncfs", "control");
            case FREEZE -> call(CHelper.FREEZE, "freeze_and_thaw");
            case SYNC_FILE_RANGE ->
                call(
                        "sync_file_range",
                        "control",
                        0,
                        0,
                        "SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER");
        }
    }

    private void reopen(Reopen reopen) {
        call(CHelper.REOPEN, "reopen", flags(reopen.mode()));
    }

    private static String flags(OpenMode mode) {
        return (mode.readOnly() ? "O_RDONLY" : "O_RDWR")
                + (mode.append() ? " | O_APPEND" : "")
                + (mode.sync() ? " | O_DSYNC" : "");
    }

    private void remount(Remount remount) {
        if (remount.unmounts()) {
            releaseMapping();
        }
        String options = "\"" + remount.options() + "\"";
        if (!on.target().isFile()) {
            helpers.add(CHelper.STATX);
            helpers.add(CHelper.REOPEN);
            keep("reopen(" + flags(on.mode()) + ") < 0 ? -1 : get_statx()");
        } else if (remount.way() == Remount.Way.LIVE) {
            call(CHelper.REMOUNT_LIVE, "remount_live", options);
        } else if (on.attribute() == Attribute.NONE) {
            call(CHelper.MOUNT_AGAIN, "mount_again", options, flags(on.mode()));
        } else {
            call(CHelper.MOUNT_AGAIN_PLAIN, "mount_again_plain", options, flags(on.mode()));
        }
    }

    private void statx(Statx statx) {
        switch (statx.via()) {
            case DESCRIPTOR -> call(CHelper.STATX, "get_statx");
            case PATH -> call(CHelper.STATX_AT, "statx_at", "path", 0);
            case O_PATH -> call(CHelper.STATX_O_PATH, "statx_o_path");
            case LINK_FOLLOWED -> call(CHelper.STATX_LINK, "statx_link", 0);
            case LINK -> call(CHelper.STATX_LINK, "statx_link", "AT_SYMLINK_NOFOLLOW");
            case DIRECTORY -> call(CHelper.STATX_DIRECTORY, "statx_directory");
        }
    }

    /** A file that is mapped keeps its file system mounted. */
    private void releaseMapping() {
        if (on.mapping().isPresent()) {
            helpers.add(CHelper.HELD);
            lines.add("release_mapping();");
        }
    }

    private void audit(Audit audit) {
        if (audit.unmounts() && on.target().isFile()) {
            releaseMapping();
        }
        switch (audit.aspect()) {
            case PINNED_PAGES -> call(CHelper.PINNED_PAGES, "pages_still_pinned");
            case FILE_SYSTEM -> {
                if (on.target().isFile()) {
                    call(CHelper.CHECK_FILE_SYSTEM, "check_file_system", flags(on.mode()));
                } else {
                    keep("0 /* a device has no file system */");
                }
            }
            case FREE_SPACE -> {
                if (on.target().isFile()) {
                    call(CHelper.SPACE_IN_USE, "space_still_in_use", flags(on.mode()));
                } else {
                    keep("0 /* a device has no free space */");
                }
            }
        }
    }

    private void limit(LimitFileSize limit) {
        call(
                CHelper.LIMIT,
                "limit_file_size",
                limit.bytes() == LimitFileSize.UNLIMITED ? "RLIM_INFINITY" : limit.bytes());
    }

    private void fill(FillSpace fill) {
        if (!on.target().isFile()) {
            keep("0 /* a device has no free space */");
            return;
        }
        switch (fill.left()) {
            case PLENTY -> call(CHelper.FILL, "leave_free", -1);
            case RESERVED_FOR_ROOT -> call(CHelper.FILL_RESERVED, "leave_reserved_free");
            case CHECKERBOARD -> call(CHelper.FILL_CHECKERBOARD, "leave_checkerboard_free");
            case A_LITTLE -> call(CHelper.FILL, "leave_free", FillSpace.LITTLE);
            case NOTHING -> call(CHelper.FILL, "leave_free", 0);
        }
    }

    private static String flag(Attribute attribute) {
        return switch (attribute) {
            case NONE -> "0";
            case APPEND_ONLY -> "FS_APPEND_FL";
            case IMMUTABLE -> "FS_IMMUTABLE_FL";
            case DATA_JOURNALLED -> "FS_JOURNAL_DATA_FL";
        };
    }
}
