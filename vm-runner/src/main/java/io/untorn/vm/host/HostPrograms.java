package io.untorn.vm.host;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds and runs programs of the host. */
public final class HostPrograms {
    private HostPrograms() {}

    /** Find a program on the search path, and in the folders of administrators' programs, which a user's path leaves out. */
    public static Optional<Path> find(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Stream.of(path.split(File.pathSeparator)), Stream.of("/usr/sbin", "/sbin"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Run a command to its end and return what it printed, errors included.
     *
     * @throws IOException if it cannot be started
     */
    public static Output run(List<String> command) throws IOException {
        return runIn(Path.of(""), command);
    }

    /**
     * Run a command in a folder, as {@link #run} does.
     *
     * @throws IOException if it cannot be started
     */
    public static Output runIn(Path folder, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toAbsolutePath().toFile())
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Output(process.onExit().join().exitValue(), text);
    }

    /** What a command printed and how it ended. */
    public record Output(int exitCode, String text) {}
}
