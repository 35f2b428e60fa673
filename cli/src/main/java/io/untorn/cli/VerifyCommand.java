package io.untorn.cli;

import io.untorn.vm.host.UntornException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Describes {@code untorn verify}, which the launcher runs: a build cannot run from the classes that it builds. */
@Command(
        name = "verify",
        description = {
            "Install what is missing, then run mvn -B verify: the kit's own tests, then the properties on a real kernel. "
                    + "-Duntorn.kernel=REF names another kernel, -Duntorn.seed=N a seed.",
            ""
        })
final class VerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ARGUMENT", description = "Arguments for Maven.")
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
        throw UntornException.caller("verify is run by the launcher: ./untorn verify " + String.join(" ", arguments));
    }
}
