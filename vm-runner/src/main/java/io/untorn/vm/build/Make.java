package io.untorn.vm.build;

import io.untorn.vm.host.UntornException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Runs make for a source tree with one output folder; everything that it prints goes to a log.
 *
 * <p>It ends with this JVM, however that ends.
 *
 * @param tree the sources
 * @param output the output folder
 * @param log the file that its output is appended to
 * @param variables the variables on its command line
 */
record Make(Path tree, Path output, Path log, List<String> variables) {
    private static final Pattern COMPILER_ERROR = Pattern.compile("\\S.*:\\d+(:\\d+)?: (fatal )?error: .*");
    private static final Pattern LINKER_ERROR = Pattern.compile(
            ".*(undefined reference to|multiple definition of|modpost: ).*|ld: .*|.*: warning: objtool: .*");
    private static final Pattern MAKE_ERROR = Pattern.compile("make(\\[\\d+])?: \\*\\*\\* .*");
    private static final Pattern ENDED_FROM_OUTSIDE =
            Pattern.compile(".*signal terminated program .*|make(\\[\\d+])?: \\*\\*\\* .* (Terminated|Killed)");
    private static final Pattern OTHER_ERROR = Pattern.compile("(?i).*(error|not found|No such file|too old).*");
    private static final int END_LIMIT_SECONDS = 10;

    /** The result of a make. */
    record Result(int exitCode, List<String> lines) {
        /** Return the first error: a compiler's, a linker's, else the one that stopped make. */
        Optional<String> firstError() {
            return first(COMPILER_ERROR)
                    .or(() -> first(LINKER_ERROR))
                    .or(() -> first(OTHER_ERROR))
                    .or(() -> first(MAKE_ERROR));
        }

        /** Return the line which shows that a program of the build was killed, for example because memory ran out. */
        Optional<String> endedFromOutside() {
            return first(ENDED_FROM_OUTSIDE);
        }

        private Optional<String> first(Pattern pattern) {
            return lines.stream()
                    .filter(line -> pattern.matcher(line).matches())
                    .map(String::strip)
                    .findFirst();
        }
    }

    /**
     * Make targets.
     *
     * @param printed gets each line of output
     */
    Result run(List<String> targets, Consumer<String> printed) {
        List<String> command = new ArrayList<>(
                List.of("setpriv", "--pdeathsig", "TERM", "make", "-C", tree.toString(), "O=" + output));
        command.addAll(List.of("ARCH=" + SourceTree.ARCHITECTURE));
        command.addAll(variables);
        command.addAll(targets);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectInput(new File("/dev/null"));
        builder.environment().keySet().removeIf(name -> name.matches("MAKE.*|MFLAGS|KBUILD_.*|CROSS_COMPILE|O"));
        builder.environment().put("LC_ALL", "C");
        // Python must not write caches into the tree
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        // ccache then finds objects by the dependency file, without preprocessing each file first
        builder.environment().put("CCACHE_DEPEND", "1");
        List<String> lines = new ArrayList<>();
        try (Writer into = Files.newBufferedWriter(
                log, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            into.write(command.stream().skip(3).collect(Collectors.joining(" ", "$ ", "\n")));
            Process process = builder.start();
            Thread hook = new Thread(() -> end(process), "untorn-make-shutdown");
            Runtime.getRuntime().addShutdownHook(hook);
            try (BufferedReader output =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    into.write(line + "\n");
                    into.flush();
                    lines.add(line);
                    printed.accept(line);
                }
                return new Result(process.waitFor(), lines);
            } finally {
                end(process);
                removeHook(hook);
            }
        } catch (IOException e) {
            throw UntornException.machinery("Cannot run make, or write its log " + log + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw UntornException.machinery("Interrupted while make ran.", e);
        }
    }

    /** On SIGTERM make ends all that it started. */
    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going down, and the hook with it
        }
    }
}
