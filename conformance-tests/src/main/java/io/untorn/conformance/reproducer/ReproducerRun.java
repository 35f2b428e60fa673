package io.untorn.conformance.reproducer;

import io.untorn.model.console.Splat;
import io.untorn.vm.BootedKernel;
import io.untorn.vm.ProgramRun;
import java.util.List;

/**
 * What came of compiling and running {@code reproducer.c}.
 *
 * @param shown whether it showed what the trace did
 * @param words the result, in words
 * @param output what the program printed
 */
public record ReproducerRun(boolean shown, String words, String output) {
    private static final int SHOWS = 1;
    private static final int SHOWS_NOT = 0;

    /** Return that there was no run, and why. */
    public static ReproducerRun none(String reason) {
        return new ReproducerRun(false, reason, "");
    }

    /** Compile the program that shows a fault and run it on a kernel whose target is unused. */
    public static ReproducerRun of(Demonstration demonstration, BootedKernel kernel) {
        Gcc.Result result = Gcc.compile(CProgram.of(demonstration), "-O2");
        if (result instanceof Gcc.Compiled compiled) {
            return of(demonstration.symptom(), kernel.run(compiled.program()));
        }
        return none("reproducer.c was not compiled: " + ((Gcc.NotCompiled) result).reason());
    }

    static ReproducerRun of(Symptom symptom, ProgramRun run) {
        List<String> complaints = Splat.starts(run.console());
        boolean ended = run.end() == ProgramRun.End.WITH_MACHINE;
        if (run.end() == ProgramRun.End.NOT_AT_ALL) {
            return symptom == Symptom.CRASH
                    ? new ReproducerRun(true, "reproducer.c showed the same: it did not end", run.output())
                    : none("reproducer.c did not show the same: it did not end");
        }
        if (symptom == Symptom.CRASH && !complaints.isEmpty()) {
            return new ReproducerRun(
                    true,
                    "reproducer.c showed the same: " + (ended ? "the kernel stopped" : "the kernel ended the program")
                            + ", " + complaints.get(0),
                    run.output());
        }
        if (ended) {
            return none("reproducer.c did not show the same: the machine ended"
                    + (complaints.isEmpty() ? "" : ", " + complaints.get(0)));
        }
        int exitCode = run.exitCode().getAsInt();
        return switch (exitCode) {
            case SHOWS -> new ReproducerRun(true, "reproducer.c showed the same", run.output());
            case SHOWS_NOT -> new ReproducerRun(false, "reproducer.c did not show the same", run.output());
            default ->
                new ReproducerRun(
                        false,
                        "reproducer.c could not try it: exit code " + exitCode + lastLine(run.output()),
                        run.output());
        };
    }

    private static String lastLine(String output) {
        return output.isBlank()
                ? ""
                : ", "
                        + output.strip()
                                .lines()
                                .reduce((first, second) -> second)
                                .orElseThrow();
    }
}
