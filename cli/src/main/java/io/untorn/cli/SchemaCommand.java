package io.untorn.cli;

import io.untorn.conformance.file.HistoryFile;
import io.untorn.conformance.file.TraceFile;
import io.untorn.conformance.judge.KnownDeviationsFile;
import io.untorn.conformance.result.ExitCode;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the schemas of files. */
@Command(
        name = "schema",
        description = {"Print the JSON Schema (2020-12) of trace or history files, or of lists of known deviations.", ""
        })
final class SchemaCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "KIND",
            description = "trace, history or known-deviations. Default: ${DEFAULT-VALUE}",
            defaultValue = "trace")
    private Kind kind = Kind.TRACE;

    /** Kinds of files. */
    private enum Kind {
        TRACE,
        HISTORY,
        KNOWN_DEVIATIONS;

        /** Return the name on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Override
    public Integer call() {
        System.out.print(
                switch (kind) {
                    case TRACE -> TraceFile.schema();
                    case HISTORY -> HistoryFile.schema();
                    case KNOWN_DEVIATIONS -> KnownDeviationsFile.schema();
                });
        return ExitCode.CONFORMS.number();
    }
}
