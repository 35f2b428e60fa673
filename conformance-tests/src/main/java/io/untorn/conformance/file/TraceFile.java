package io.untorn.conformance.file;

import io.untorn.model.history.Trace;
import io.untorn.model.operation.Operation;
import io.untorn.model.target.Target;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads and writes traces as JSON files; {@code docs/trace-file.md} describes them. */
public final class TraceFile {
    private static final ModelFile<Form> FILES = new ModelFile<>(
            "a trace",
            2,
            Form.class,
            "steps",
            "It is a history, what a kernel did: ./untorn judge takes it. Replay the trace.json beside it");

    private TraceFile() {}

    /** Return the JSON Schema of these files: {@code docs/trace.schema.json}. */
    public static String schema() {
        return FILES.schema("An untorn trace: what to do, and where");
    }

    /** Write a trace. */
    public static void write(Path file, Trace trace) throws IOException {
        FILES.write(file, new Form(FILES.version(), trace.target(), trace.operations()));
    }

    /**
     * Read a trace.
     *
     * @param place the file, or a finding's folder
     * @throws UntornException if it is none, or has none, or one without operations: the caller's mistake
     */
    public static Trace read(Path place) {
        Path file = FindingFolder.fileIn(place, FindingFolder.TRACE);
        Trace trace = FILES.read(file).trace();
        requireOperations(trace, file);
        return trace;
    }

    /** Nothing would be judged, and that must not look like a pass. */
    static void requireOperations(Trace trace, Path file) {
        if (trace.operations().isEmpty()) {
            throw UntornException.caller(
                    file + ": this trace has no operations, so there is nothing to judge. Add one, such "
                            + "as {\"operation\": \"statx\"}");
        }
    }

    private record Form(int version, Target target, List<Operation> operations) {
        private Form {
            operations = List.copyOf(operations);
        }

        Trace trace() {
            return new Trace(target, operations);
        }
    }
}
