package io.untorn.vm;

import java.util.List;
import java.util.OptionalInt;

/**
 * The result of a program in the guest.
 *
 * @param end how it ended
 * @param exitCode its exit code; empty if it did not end by itself
 * @param output what it printed
 * @param console the lines that the kernel printed meanwhile
 */
public record ProgramRun(End end, OptionalInt exitCode, String output, List<String> console) {
    /** How a program ended. */
    public enum End {
        /** By itself. */
        BY_ITSELF,
        /** With the machine. */
        WITH_MACHINE,
        /** Not at all: it reached its time limit. */
        NOT_AT_ALL
    }

    public ProgramRun {
        console = List.copyOf(console);
    }
}
