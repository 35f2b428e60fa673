package io.untorn.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Shows what this machine has and lacks. */
@Command(
        name = "doctor",
        description = {"Show what this machine has and lacks for the kit.", ""})
final class DoctorCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return 0;
    }
}
