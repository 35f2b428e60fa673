package io.untorn.conformance.file;

import io.untorn.model.history.Environment;
import io.untorn.model.history.Extent;
import io.untorn.model.history.History;
import io.untorn.model.history.Step;
import io.untorn.model.history.Trace;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads and writes histories as JSON files; {@code docs/trace-file.md} describes them. */
public final class HistoryFile {
    private static final ModelFile<Form> FILES = new ModelFile<>(
            "a history", 1, Form.class, "operations", "It is a trace, what to do: ./untorn replay runs it");

    private HistoryFile() {}

    /** Return the JSON Schema of these files: {@code docs/history.schema.json}. */
    public static String schema() {
        return FILES.schema("An untorn history: what a kernel did with a trace");
    }

    /** Write a history. */
    public static void write(Path file, History history) throws IOException {
        FILES.write(
                file,
                new Form(
                        FILES.version(),
                        history.trace(),
                        history.environment(),
                        history.steps(),
                        history.extents(),
                        history.console()));
    }

    /**
     * Read a history.
     *
     * @param place the file, or a finding's folder
     * @throws UntornException if it is none, or has none, or one of a trace without operations: the caller's mistake
     */
    public static History read(Path place) {
        Path file = FindingFolder.fileIn(place, FindingFolder.HISTORY);
        History history = FILES.read(file).history();
        TraceFile.requireOperations(history.trace(), file);
        return history;
    }

    /** Tell whether a place is a history rather than a trace: by what the file has, or what the folder holds. */
    public static boolean isAt(Path place) {
        return Files.isDirectory(place)
                ? Files.exists(place.resolve(FindingFolder.HISTORY))
                : FILES.isOfThisKind(place, "steps");
    }

    /** A history, with the checks that its parts belong together: a file may have been written by hand. */
    private record Form(
            int version,
            Trace trace,
            Environment environment,
            List<Step> steps,
            List<Extent> extents,
            List<String> console) {
        private Form {
            environment.kernel();
            if (steps.size() > trace.operations().size()) {
                throw new IllegalArgumentException(steps.size() + " steps, but the trace has "
                        + trace.operations().size() + " operations");
            }
            for (int i = 0; i < steps.size(); i++) {
                if (!steps.get(i).operation().equals(trace.operations().get(i))) {
                    throw new IllegalArgumentException("step " + (i + 1) + " is: "
                            + steps.get(i).operation() + ", but operation " + (i + 1) + " of the trace is: "
                            + trace.operations().get(i));
                }
            }
        }

        History history() {
            return new History(trace, environment, steps, extents, console);
        }
    }
}
