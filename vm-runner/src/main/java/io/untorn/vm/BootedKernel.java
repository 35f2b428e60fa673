package io.untorn.vm;

import io.untorn.agent.protocol.Program;
import io.untorn.vm.host.UntornException;
import java.nio.file.Path;
import java.util.Optional;

/** A kernel that was booted from files: it also runs programs, and may have come with its configuration. */
public interface BootedKernel {
    /** Return its name in reports: {@code debian-7.3.4-1~bpo13+1}. */
    String name();

    /** Return the file with the kernel's {@code .config}, if it came with one. */
    Optional<Path> config();

    /**
     * Run a program to its end on the target prepared last, from its pristine state.
     *
     * @param program what to run; its only argument is the device's node, or the path of a file that does not exist
     * @throws UntornException if the machinery fails
     */
    ProgramRun run(Program program);
}
