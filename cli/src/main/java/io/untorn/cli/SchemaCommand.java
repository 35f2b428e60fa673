package io.untorn.cli;

import io.untorn.conformance.HistoryFile;
import io.untorn.conformance.TraceFile;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the schemas of files. */
@Command(
        name = "schema",
        description = {"Print the JSON Schema (2020-12) of trace or history files.", ""})
final class SchemaCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "KIND",
            description = "trace or history. Default: ${DEFAULT-VALUE}",
            defaultValue = "trace")
    private Kind kind = Kind.TRACE;

    /** Kinds of files. */
    private enum Kind {
        TRACE,
        HISTORY;

        /** Return the name that users write. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public Integer call() {
        System.out.print(
                switch (kind) {
                    case TRACE -> TraceFile.schema();
                    case HISTORY -> HistoryFile.schema();
                });
        return 0;
    }
}
