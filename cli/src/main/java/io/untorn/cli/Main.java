package io.untorn.cli;

import io.untorn.conformance.result.ExitCode;
import io.untorn.vm.host.UntornException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The untorn command. */
@Command(
        name = "untorn",
        description = "Check the atomic writes of a Linux kernel against the rules.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {"", "Exit codes: 0 the kernel conforms, 1 it does not, 2 the call was wrong, 3 the machinery failed."
        })
final class Main {
    private static final List<Class<?>> COMMANDS = List.of(
            RunCommand.class,
            MergeCommand.class,
            ReplayCommand.class,
            ReproduceCommand.class,
            JudgeCommand.class,
            ShowCommand.class,
            LimitsCommand.class,
            SpecCommand.class,
            SchemaCommand.class,
            TargetsCommand.class,
            KernelsCommand.class,
            BuildCommand.class,
            VerifyCommand.class,
            DoctorCommand.class,
            CacheCommand.class,
            FaultsCommand.class,
            BenchCommand.class);

    private Main() {}

    public static void main(String[] arguments) {
        CommandLine command = new CommandLine(new Main());
        needed(arguments).forEach(command::addSubcommand);
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setParameterExceptionHandler((exception, line) -> {
            String asked = exception.getCommandLine().getCommandSpec().qualifiedName();
            System.err.println("untorn: " + exception.getMessage() + " (see " + asked + " --help)");
            return ExitCode.CALLER_MISTAKEN.number();
        });
        command.setExecutionExceptionHandler((exception, line, result) -> {
            if (exception instanceof UntornException failure) {
                System.err.println("untorn: " + failure.getMessage());
                return ExitCode.of(failure.category()).number();
            }
            System.err.println("untorn: this is a bug in untorn; please report it:");
            exception.printStackTrace();
            return ExitCode.MACHINERY_FAILED.number();
        });
        System.exit(arguments.length == 0 ? usage(command) : command.execute(arguments));
    }

    /** Return only the command that is called, if it is known: reading the options of all takes a quarter of a second. */
    private static List<Class<?>> needed(String[] arguments) {
        List<Class<?>> named = COMMANDS.stream()
                .filter(command -> arguments.length > 0
                        && command.getAnnotation(Command.class).name().equals(arguments[0]))
                .toList();
        return named.isEmpty() ? COMMANDS : named;
    }

    private static int usage(CommandLine command) {
        command.usage(System.err);
        return ExitCode.CALLER_MISTAKEN.number();
    }
}
