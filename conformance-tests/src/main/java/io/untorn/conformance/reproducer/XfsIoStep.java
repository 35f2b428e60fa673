package io.untorn.conformance.reproducer;

import io.untorn.model.operation.Access;
import io.untorn.model.operation.Audit;
import io.untorn.model.operation.Batch;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.ChangeAttribute;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.DropCaches;
import io.untorn.model.operation.Engine;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.FillSpace;
import io.untorn.model.operation.HintExtentSize;
import io.untorn.model.operation.HoldMapping;
import io.untorn.model.operation.Layout;
import io.untorn.model.operation.LimitFileSize;
import io.untorn.model.operation.MapExtents;
import io.untorn.model.operation.MapLoad;
import io.untorn.model.operation.MapStore;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.PowerCut;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.ReleaseMapping;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.Reopen;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.Split;
import io.untorn.model.operation.Statx;
import io.untorn.model.operation.Subject;
import io.untorn.model.operation.Sync;
import io.untorn.model.operation.TellPosition;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.TwinLoad;
import io.untorn.model.operation.TwinWrite;
import io.untorn.model.operation.Write;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Carries out operations with xfs_io(8), where it can. Each byte that a step writes is the step's number. */
sealed interface XfsIoStep {
    /** The flags that older versions of xfs_io lack: RWF_ATOMIC came in 6.12, RWF_DONTCACHE after 6.13. */
    List<RwFlag> YOUNG = List.of(RwFlag.ATOMIC, RwFlag.DONTCACHE);

    /** The name of the script's variable that holds the path. */
    String FILE = "\"$file\"";

    /** A shell command with the output of xfs_io. */
    record Command(String line) implements XfsIoStep {}

    /** A shell command that changes the conditions of later steps; it has no result to check. */
    record Setting(String line) implements XfsIoStep {}

    /** A shell command that only looks. */
    record Look(String line) implements XfsIoStep {}

    /** xfs_io can't do it, and why. */
    record Impossible(String reason) implements XfsIoStep {}

    /** Return an operation as xfs_io does it. */
    static XfsIoStep of(int number, Operation operation) {
        return Steps.ALL.get(operation.getClass()).apply(number, operation);
    }

    /** Return the options of pwrite beyond those of xfsprogs 6.1 that an operation is done with. */
    static List<String> youngOptions(Operation operation) {
        return operation instanceof Write write
                ? YOUNG.stream()
                        .filter(write.flags()::has)
                        .map(Steps.FLAGS::get)
                        .toList()
                : List.of();
    }

    /** Tell whether a kind of operation is known. */
    static boolean knows(Class<?> operation) {
        return Steps.ALL.containsKey(operation);
    }

    /** The steps by operation. */
    final class Steps {
        private static final Map<Class<?>, BiFunction<Integer, Operation, XfsIoStep>> ALL = new HashMap<>();
        /** The options of pwrite that set a flag; they need its vectored form. */
        private static final Map<RwFlag, String> FLAGS = new EnumMap<>(Map.of(
                RwFlag.ATOMIC, "-A",
                RwFlag.DSYNC, "-D",
                RwFlag.NOWAIT, "-N",
                RwFlag.DONTCACHE, "-U"));
        /** The largest number that a byte of data can be. */
        private static final int MAX_NUMBER = 255;

        static {
            on(Write.class, Steps::write);
            on(TwinLoad.class, (number, twin) -> new Impossible("the script makes no second file"));
            on(TwinWrite.class, (number, twin) -> new Impossible("the script makes no second file"));
            on(Read.class, Steps::read);
            on(MapLoad.class, (number, load) -> new Impossible("its mmap also maps pages past EOF"));
            on(MapStore.class, (number, store) -> new Impossible("its mmap also maps pages past EOF"));
            on(HoldMapping.class, (number, hold) -> new Impossible("each xfs_io command ends with its mappings"));
            on(ReleaseMapping.class, (number, release) -> new Impossible("each xfs_io command ends with its mappings"));
            on(Truncate.class, (number, truncate) -> io("truncate " + truncate.size()));
            on(Fallocate.class, Steps::fallocate);
            on(CloneRange.class, Steps::cloneRange);
            on(Layout.class, Steps::lay);
            on(Batch.class, (number, batch) -> new Impossible("each of its writes is a call of its own"));
            on(Sync.class, Steps::sync);
            on(Reopen.class, (number, reopen) -> new Impossible("each xfs_io command opens the file again"));
            on(Remount.class, (number, remount) -> new Impossible("it does not mount"));
            on(LimitFileSize.class, Steps::limit);
            on(FillSpace.class, (number, fill) -> new Setting("leave_free " + left(fill)));
            on(DropCaches.class, (number, drop) -> new Setting("(echo 3 >/proc/sys/vm/drop_caches)"));
            on(HintExtentSize.class, (number, hint) -> io("extsize " + hint.bytes()));
            on(ChangeAttribute.class, Steps::change);
            on(Statx.class, Steps::statx);
            on(TellPosition.class, (number, tell) -> new Impossible("each xfs_io command opens the file again"));
            on(MapExtents.class, (number, map) -> new Look("xfs_io -r -c 'fiemap -v' " + FILE));
            on(Audit.class, Steps::audit);
            on(PowerCut.class, (number, cut) -> new Impossible("it does not cut the power"));
        }

        private Steps() {}

        private static <O extends Operation> void on(Class<O> type, BiFunction<Integer, O, XfsIoStep> step) {
            ALL.put(type, (number, operation) -> step.apply(number, type.cast(operation)));
        }

        private static Command io(String command) {
            return io("", command);
        }

        private static Command io(String options, String command) {
            return new Command("xfs_io " + options + "-c '" + command + "' " + FILE);
        }

        private static String direct(Access access) {
            return access == Access.DIRECT ? "-d " : "";
        }

        private static XfsIoStep write(int number, Write write) {
            if (write.engine() != Engine.PWRITEV2) {
                return new Impossible("it writes by pwritev2 and pwrite, not by " + write.engine());
            }
            if (!write.buffer().equals(Buffer.PLAIN)) {
                return new Impossible(
                        write.buffer().missing() > 0 ? "its memory is always mapped" : "its memory begins at a page");
            }
            if (write.split() != Split.ONE || write.length() == 0 || write.offset() < 0 || number > MAX_NUMBER) {
                return new Impossible("its writes are of one segment, of a byte or more, at a place");
            }
            StringBuilder options = new StringBuilder();
            for (RwFlag flag : write.flags().flags()) {
                if (!FLAGS.containsKey(flag)) {
                    return new Impossible("it has no option for RWF_" + flag);
                }
                options.append(FLAGS.get(flag)).append(' ');
            }
            String vector = options.isEmpty() ? "" : "-V1 ";
            return io(
                    direct(write.access()),
                    "pwrite " + options + vector + "-b " + write.length() + " -S " + number + " " + write.offset() + " "
                            + write.length());
        }

        private static XfsIoStep read(int number, Read read) {
            if (read.flags().bits() != 0 || read.length() == 0) {
                return new Impossible("its reads have no flags, and are of a byte or more");
            }
            return new Command("xfs_io -r " + direct(read.access()) + "-c 'pread -v -b " + read.length() + " "
                    + read.offset() + " " + read.length() + "' "
                    + (read.subject() == Subject.FILE ? FILE : "\"$file.twin\""));
        }

        private static XfsIoStep fallocate(int number, Fallocate fallocate) {
            String range = " " + fallocate.offset() + " " + fallocate.length();
            return io(
                    switch (fallocate.mode()) {
                        case ALLOCATE -> "falloc" + range;
                        case ALLOCATE_KEEP_SIZE -> "falloc -k" + range;
                        case PUNCH_HOLE -> "fpunch" + range;
                        case ZERO_RANGE -> "fzero" + range;
                        case ZERO_RANGE_KEEP_SIZE -> "fzero -k" + range;
                        case COLLAPSE_RANGE -> "fcollapse" + range;
                        case INSERT_RANGE -> "finsert" + range;
                        case UNSHARE_RANGE -> "funshare" + range;
                    });
        }

        private static XfsIoStep cloneRange(int number, CloneRange clone) {
            if (clone.from() == Subject.TWIN || clone.to() == Subject.TWIN) {
                return new Impossible("the script makes no second file");
            }
            return new Command("xfs_io -c \"reflink $file " + clone.source() + " " + clone.destination() + " "
                    + clone.length() + "\" " + FILE);
        }

        /** One xfs_io(8) makes all the calls, so that the file stays open. */
        private static XfsIoStep lay(int number, Layout layout) {
            if (layout.what() == Layout.Piece.CLONE) {
                return new Impossible("the script makes no second file");
            }
            if (number > MAX_NUMBER) {
                return new Impossible("a byte of data is no larger than " + MAX_NUMBER);
            }
            String command =
                    switch (layout.what()) {
                        case WRITE -> "pwrite -b " + layout.length() + " -S " + number;
                        case ALLOCATE -> "falloc";
                        case PUNCH, CLONE -> "fpunch";
                    };
            long last = layout.end() - layout.length();
            return new Command("sh -c 'for at in $(seq " + layout.offset() + " " + layout.stride() + " " + last
                    + "); do set -- \"$@\" -c \"" + command + " $at " + layout.length()
                    + "\"; done; xfs_io \"$@\" \"$0\"' " + FILE);
        }

        private static XfsIoStep sync(int number, Sync sync) {
            return io(
                    switch (sync.way()) {
                        case FSYNC -> "fsync";
                        case FDATASYNC -> "fdatasync";
                        case SYNCFS -> "syncfs";
                        case FREEZE -> "freeze' -c 'thaw";
                        case SYNC_FILE_RANGE -> "sync_range -b -w -a 0 0";
                    });
        }

        private static String left(FillSpace fill) {
            return switch (fill.left()) {
                case PLENTY -> "all";
                case RESERVED_FOR_ROOT -> "reserved";
                case CHECKERBOARD -> "checkerboard";
                case A_LITTLE -> Integer.toString(FillSpace.LITTLE);
                case NOTHING -> "0";
            };
        }

        private static XfsIoStep audit(int number, Audit audit) {
            return switch (audit.aspect()) {
                case PINNED_PAGES -> new Look("grep nr_foll_pin /proc/vmstat");
                case FILE_SYSTEM, FREE_SPACE -> new Impossible("it does not mount");
            };
        }

        private static XfsIoStep statx(int number, Statx statx) {
            return switch (statx.via()) {
                case DESCRIPTOR, PATH -> new Look("stat -c 'size %s' " + FILE);
                case DIRECTORY -> new Look("stat -c 'size %s' \"$(dirname " + FILE + ")\"");
                case O_PATH, LINK_FOLLOWED, LINK -> new Impossible("it asks by the file's own path alone");
            };
        }

        private static XfsIoStep change(int number, ChangeAttribute change) {
            return switch (change.attribute()) {
                case NONE -> io("chattr -ia' -c 'fsync");
                case APPEND_ONLY, IMMUTABLE ->
                    new Impossible("each xfs_io command opens the file again, and an " + change.attribute()
                            + " file can't be opened");
                case DATA_JOURNALLED -> new Impossible("it has no letter for the journalling of data");
            };
        }

        private static XfsIoStep limit(int number, LimitFileSize limit) {
            return new Setting(
                    "fsize=" + (limit.bytes() == LimitFileSize.UNLIMITED ? "unlimited" : Long.toString(limit.bytes())));
        }
    }
}
