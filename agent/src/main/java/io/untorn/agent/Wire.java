package io.untorn.agent;

import io.untorn.model.Access;
import io.untorn.model.Contents;
import io.untorn.model.Environment;
import io.untorn.model.Errno;
import io.untorn.model.Extent;
import io.untorn.model.History;
import io.untorn.model.Limits;
import io.untorn.model.Operation;
import io.untorn.model.Operation.Allocate;
import io.untorn.model.Operation.CloneRange;
import io.untorn.model.Operation.Fsync;
import io.untorn.model.Operation.PunchHole;
import io.untorn.model.Operation.Read;
import io.untorn.model.Operation.Statx;
import io.untorn.model.Operation.Truncate;
import io.untorn.model.Operation.Write;
import io.untorn.model.Origin;
import io.untorn.model.Outcome;
import io.untorn.model.Step;
import io.untorn.model.Target;
import io.untorn.model.TargetKind;
import io.untorn.model.Trace;
import io.untorn.model.limits.Disk;
import io.untorn.model.limits.QueueGeometry;
import io.untorn.model.limits.QueueLimits;
import io.untorn.model.limits.ScsiProfile;
import io.untorn.model.limits.StatxAnswer;
import io.untorn.model.limits.XfsGeometry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests and replies as bytes. Host and agent are always built from the same sources, so the format has no version.
 *
 * <p>A history goes without its trace, which the host has, and without console lines, which the host sees.
 */
public final class Wire {
    private Wire() {}

    /** Encode a request. */
    public static byte[] encode(Request request) {
        return encoded(out -> {
            if (request instanceof Request.Ping) {
                out.writeByte('?');
            } else if (request instanceof Request.Prepare prepare) {
                out.writeByte('P');
                writePreparation(out, prepare.preparation());
            } else if (request instanceof Request.Run run) {
                out.writeByte('R');
                out.writeInt(run.run());
                writeTarget(out, run.trace().target());
                writeList(out, run.trace().operations(), Wire::writeOperation);
            }
        });
    }

    /** Decode a request. */
    public static Request decodeRequest(byte[] bytes) {
        return decoded(bytes, in -> {
            int kind = in.readByte();
            return switch (kind) {
                case '?' -> new Request.Ping();
                case 'P' -> new Request.Prepare(readPreparation(in));
                case 'R' -> new Request.Run(in.readInt(), new Trace(readTarget(in), readList(in, Wire::readOperation)));
                default -> throw new IOException("unknown request: " + kind);
            };
        });
    }

    /** Encode a reply. */
    public static byte[] encode(Reply reply) {
        return encoded(out -> {
            if (reply instanceof Reply.Pong) {
                out.writeByte('!');
            } else if (reply instanceof Reply.Ready ready) {
                out.writeByte('E');
                writeEnvironment(out, ready.environment());
            } else if (reply instanceof Reply.Ran ran) {
                out.writeByte('H');
                History history = ran.history();
                writeEnvironment(out, history.environment());
                writeList(out, history.steps(), Wire::writeStep);
                writeList(out, history.extents(), Wire::writeExtent);
            } else if (reply instanceof Reply.Failed failed) {
                out.writeByte('F');
                out.writeUTF(failed.message());
            }
        });
    }

    /** Decode the reply to a request. */
    public static Reply decodeReply(byte[] bytes, Request request) {
        return decoded(bytes, in -> {
            int kind = in.readByte();
            if (kind == '!') {
                return new Reply.Pong();
            }
            if (kind == 'E') {
                return new Reply.Ready(readEnvironment(in));
            }
            if (kind == 'H' && request instanceof Request.Run run) {
                return new Reply.Ran(readHistory(in, run.trace()));
            }
            if (kind == 'F') {
                return new Reply.Failed(in.readUTF());
            }
            throw new IOException("reply " + kind + " to " + request);
        });
    }

    private static void writePreparation(DataOutputStream out, Preparation preparation) throws IOException {
        writeTarget(out, preparation.target());
        writeList(out, preparation.modules(), (to, module) -> {
            to.writeUTF(module.name());
            to.writeUTF(module.parameters());
        });
        writeList(out, preparation.makeFileSystem(), DataOutputStream::writeUTF);
        out.writeUTF(preparation.fileSystem());
        out.writeUTF(preparation.fault().name());
    }

    private static Preparation readPreparation(DataInputStream in) throws IOException {
        return new Preparation(
                readTarget(in),
                readList(in, from -> new Preparation.Module(from.readUTF(), from.readUTF())),
                readList(in, from -> from.readUTF()),
                in.readUTF(),
                Fault.valueOf(in.readUTF()));
    }

    private static void writeTarget(DataOutputStream out, Target target) throws IOException {
        out.writeUTF(target.name());
        out.writeUTF(target.kind().name());
        out.writeInt(target.blockSize());
        out.writeInt(target.clusterSize());
        out.writeBoolean(target.reflink());
    }

    private static Target readTarget(DataInputStream in) throws IOException {
        return new Target(in.readUTF(), TargetKind.valueOf(in.readUTF()), in.readInt(), in.readInt(), in.readBoolean());
    }

    private static void writeOperation(DataOutputStream out, Operation operation) throws IOException {
        if (operation instanceof Write write) {
            out.writeByte('w');
            out.writeBoolean(write.atomic());
            out.writeBoolean(write.access() == Access.DIRECT);
            writePlace(out, write.offset(), write.length());
            out.writeByte(write.segments());
        } else if (operation instanceof Read read) {
            out.writeByte('r');
            out.writeBoolean(read.access() == Access.DIRECT);
            writePlace(out, read.offset(), read.length());
        } else if (operation instanceof Truncate truncate) {
            out.writeByte('t');
            out.writeLong(truncate.size());
        } else if (operation instanceof Fsync) {
            out.writeByte('f');
        } else if (operation instanceof Statx) {
            out.writeByte('x');
        } else if (operation instanceof Allocate allocate) {
            out.writeByte('a');
            writePlace(out, allocate.offset(), allocate.length());
        } else if (operation instanceof PunchHole punch) {
            out.writeByte('p');
            writePlace(out, punch.offset(), punch.length());
        } else if (operation instanceof CloneRange clone) {
            out.writeByte('c');
            out.writeLong(clone.source());
            writePlace(out, clone.destination(), clone.length());
        }
    }

    private static Operation readOperation(DataInputStream in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case 'w' -> new Write(in.readBoolean(), readAccess(in), in.readLong(), in.readInt(), in.readByte());
            case 'r' -> new Read(readAccess(in), in.readLong(), in.readInt());
            case 't' -> new Truncate(in.readLong());
            case 'f' -> new Fsync();
            case 'x' -> new Statx();
            case 'a' -> new Allocate(in.readLong(), in.readInt());
            case 'p' -> new PunchHole(in.readLong(), in.readInt());
            case 'c' -> new CloneRange(in.readLong(), in.readLong(), in.readInt());
            default -> throw new IOException("unknown operation: " + kind);
        };
    }

    private static Access readAccess(DataInputStream in) throws IOException {
        return in.readBoolean() ? Access.DIRECT : Access.BUFFERED;
    }

    private static void writePlace(DataOutputStream out, long offset, int length) throws IOException {
        out.writeLong(offset);
        out.writeInt(length);
    }

    private static void writeEnvironment(DataOutputStream out, Environment environment) throws IOException {
        out.writeUTF(environment.release());
        writeLimits(out, environment.limits());
        out.writeBoolean(environment.statx().inMask());
        out.writeBoolean(environment.statx().inAttributesMask());
        writeDisk(out, environment.disk());
        writeXfs(out, environment.xfs());
        out.writeInt(environment.directAlignment());
        out.writeInt(environment.memoryAlignment());
        out.writeLong(environment.size());
    }

    private static Environment readEnvironment(DataInputStream in) throws IOException {
        return new Environment(
                in.readUTF(),
                new StatxAnswer(readLimits(in), in.readBoolean(), in.readBoolean()),
                readDisk(in),
                readXfs(in),
                in.readInt(),
                in.readInt(),
                in.readLong());
    }

    private static void writeDisk(DataOutputStream out, Disk disk) throws IOException {
        ScsiProfile profile = disk.profile();
        out.writeLong(profile.maxLength());
        out.writeLong(profile.alignment());
        out.writeLong(profile.granularity());
        out.writeLong(profile.maxLengthWithBoundary());
        out.writeLong(profile.maxBoundary());
        out.writeInt(profile.logicalBlockSize());
        out.writeInt(profile.physicalBlockSize());
        out.writeInt(profile.protectionType());
        QueueGeometry geometry = disk.geometry();
        out.writeLong(geometry.maxHardwareBytes());
        out.writeInt(geometry.maxSegments());
        out.writeInt(geometry.logicalBlockSize());
        out.writeInt(geometry.pageSize());
        out.writeLong(geometry.chunkSize());
        QueueLimits limits = disk.limits();
        out.writeLong(limits.unitMin());
        out.writeLong(limits.unitMax());
        out.writeLong(limits.max());
        out.writeLong(limits.boundary());
    }

    private static Disk readDisk(DataInputStream in) throws IOException {
        return new Disk(
                new ScsiProfile(
                        in.readLong(),
                        in.readLong(),
                        in.readLong(),
                        in.readLong(),
                        in.readLong(),
                        in.readInt(),
                        in.readInt(),
                        in.readInt()),
                new QueueGeometry(in.readLong(), in.readInt(), in.readInt(), in.readInt(), in.readLong()),
                new QueueLimits(in.readLong(), in.readLong(), in.readLong(), in.readLong()));
    }

    private static void writeXfs(DataOutputStream out, XfsGeometry xfs) throws IOException {
        out.writeInt(xfs.blockSize());
        out.writeLong(xfs.groupBlocks());
        out.writeInt(xfs.sectorSize());
        out.writeInt(xfs.inodeSize());
        out.writeBoolean(xfs.reflink());
        out.writeBoolean(xfs.reverseMapping());
        out.writeBoolean(xfs.largeExtentCounts());
    }

    private static XfsGeometry readXfs(DataInputStream in) throws IOException {
        return new XfsGeometry(
                in.readInt(),
                in.readLong(),
                in.readInt(),
                in.readInt(),
                in.readBoolean(),
                in.readBoolean(),
                in.readBoolean());
    }

    private static void writeLimits(DataOutputStream out, Limits limits) throws IOException {
        out.writeLong(limits.unitMin());
        out.writeLong(limits.unitMax());
        out.writeLong(limits.unitMaxOptimal());
        out.writeLong(limits.segmentsMax());
        out.writeBoolean(limits.attribute());
    }

    private static Limits readLimits(DataInputStream in) throws IOException {
        return new Limits(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readBoolean());
    }

    private static void writeStep(DataOutputStream out, Step step) throws IOException {
        out.writeLong(step.invoked());
        out.writeLong(step.returned());
        Outcome outcome = step.outcome();
        if (outcome instanceof Outcome.Returned returned) {
            out.writeByte('v');
            out.writeLong(returned.value());
        } else if (outcome instanceof Outcome.Failed failed) {
            out.writeByte('e');
            out.writeShort(failed.errno().number());
        } else if (outcome instanceof Outcome.ReadBack back) {
            out.writeByte('d');
            writeContents(out, back.contents());
        } else if (outcome instanceof Outcome.Told told) {
            out.writeByte('s');
            out.writeLong(told.size());
            writeLimits(out, told.limits());
        }
    }

    private static Step readStep(DataInputStream in, Operation operation) throws IOException {
        return new Step(operation, in.readLong(), in.readLong(), readOutcome(in));
    }

    private static Outcome readOutcome(DataInputStream in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case 'v' -> new Outcome.Returned(in.readLong());
            case 'e' -> new Outcome.Failed(new Errno(in.readShort()));
            case 'd' -> new Outcome.ReadBack(readContents(in));
            case 's' -> new Outcome.Told(in.readLong(), readLimits(in));
            default -> throw new IOException("unknown outcome: " + kind);
        };
    }

    private static void writeContents(DataOutputStream out, Contents contents) throws IOException {
        out.writeLong(contents.from());
        writeList(out, contents.runs(), (to, run) -> {
            to.writeLong(run.length());
            writeOrigin(to, run.origin());
        });
    }

    private static Contents readContents(DataInputStream in) throws IOException {
        Contents.Builder contents = new Contents.Builder(in.readLong());
        for (int runs = in.readInt(); runs > 0; runs--) {
            contents.append(in.readLong(), readOrigin(in));
        }
        return contents.build();
    }

    private static void writeOrigin(DataOutputStream out, Origin origin) throws IOException {
        if (origin instanceof Origin.Written written) {
            out.writeByte('w');
            out.writeInt(written.operation());
            out.writeLong(written.displacement());
        } else if (origin instanceof Origin.Foreign foreign) {
            out.writeByte('f');
            out.writeLong(foreign.word());
        } else {
            out.writeByte('0');
        }
    }

    private static Origin readOrigin(DataInputStream in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case 'w' -> new Origin.Written(in.readInt(), in.readLong());
            case 'f' -> new Origin.Foreign(in.readLong());
            case '0' -> Origin.ZERO;
            default -> throw new IOException("unknown origin: " + kind);
        };
    }

    private static void writeExtent(DataOutputStream out, Extent extent) throws IOException {
        out.writeLong(extent.logical());
        out.writeLong(extent.physical());
        out.writeLong(extent.length());
        out.writeInt(extent.flags());
    }

    private static Extent readExtent(DataInputStream in) throws IOException {
        return new Extent(in.readLong(), in.readLong(), in.readLong(), in.readInt());
    }

    private static History readHistory(DataInputStream in, Trace trace) throws IOException {
        Environment environment = readEnvironment(in);
        List<Step> steps = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            steps.add(readStep(in, trace.operations().get(steps.size())));
        }
        return new History(trace, environment, steps, readList(in, Wire::readExtent), List.of());
    }

    private static <T> void writeList(DataOutputStream out, List<T> list, Writer<T> writer) throws IOException {
        out.writeInt(list.size());
        for (T element : list) {
            writer.write(out, element);
        }
    }

    private static <T> List<T> readList(DataInputStream in, Reader<T> reader) throws IOException {
        List<T> list = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            list.add(reader.read(in));
        }
        return list;
    }

    private static byte[] encoded(Encoder encoder) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            encoder.encode(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static <T> T decoded(byte[] bytes, Reader<T> reader) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            T value = reader.read(in);
            if (in.available() > 0) {
                throw new IOException(in.available() + " bytes left over behind " + value);
            }
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException("broken message: " + e.getMessage(), e);
        }
    }

    @FunctionalInterface
    private interface Encoder {
        void encode(DataOutputStream out) throws IOException;
    }

    @FunctionalInterface
    private interface Writer<T> {
        void write(DataOutputStream out, T value) throws IOException;
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(DataInputStream in) throws IOException;
    }
}
