package io.untorn.vm;

import java.util.List;
import java.util.OptionalInt;

/**
 * What became of a program.
 *
 * @param exitCode its exit code; empty if the machine ended before it did
 * @param output what it printed, as far as it came
 * @param console the lines that the kernel printed meanwhile
 */
public record ProgramRun(OptionalInt exitCode, String output, List<String> console) {
    public ProgramRun {
        console = List.copyOf(console);
    }
}
