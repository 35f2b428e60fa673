package io.untorn.conformance.reproducer;

import io.untorn.agent.protocol.Program;
import io.untorn.vm.host.HostPrograms;
import io.untorn.vm.host.TemporaryFolder;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Compiles reproducers with this machine's gcc. */
public final class Gcc {
    private Gcc() {}

    /** What became of a source. */
    public sealed interface Result {}

    /** It compiled, without a warning. */
    public record Compiled(Program program) implements Result {}

    /** It did not, and why. */
    public record NotCompiled(String reason) implements Result {}

    /**
     * Compile a source to a program that needs no library.
     *
     * @param options besides those in {@link CProgram#COMPILER}
     */
    public static Result compile(String source, String... options) {
        if (HostPrograms.find(CProgram.COMPILER.get(0)).isEmpty()) {
            return new NotCompiled("gcc is not installed");
        }
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            return compile(source, folder.path(), options);
        } catch (IOException e) {
            throw UntornException.machinery("can't compile reproducer.c: " + e, e);
        }
    }

    private static Result compile(String source, Path folder, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("reproducer.c"), source);
        Path program = folder.resolve("reproducer");
        List<String> command = new ArrayList<>(CProgram.COMPILER);
        command.addAll(List.of(options));
        command.addAll(List.of("-o", program.toString(), file.toString()));
        HostPrograms.Output output = HostPrograms.run(command);
        if (output.exitCode() != 0) {
            Stream<String> errors = output.text().lines().filter(line -> line.contains("error"));
            return new NotCompiled(errors.findFirst().orElse(output.text().strip()));
        }
        return new Compiled(new Program(Files.readAllBytes(program)));
    }
}
