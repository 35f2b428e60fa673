package io.untorn.vm;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.spi.ToolProvider;

/** The Java runtime of the guest: the running JDK, cut down to what the agent needs. */
final class GuestRuntime {
    private static final long BYTES = 80L << 20;
    private static final String MODULES = "java.base,java.logging";

    private GuestRuntime() {}

    /** Return the folder of the runtime; make it if it is not in the cache. */
    static Path in(ImageCache cache, Consumer<String> progress) {
        String version = Runtime.version().toString().replaceAll("[^\\w.+-]", "_");
        Digest inputs =
                new Digest().add(System.getProperty("java.home")).add(version).add(MODULES);
        return cache.get("jre-" + version + "-" + inputs.shortHex(), BYTES, folder -> {
            progress.accept("Making the guest's Java runtime (once, a few seconds)");
            make(folder);
        });
    }

    private static void make(Path folder) throws IOException {
        ToolProvider jlink = ToolProvider.findFirst("jlink")
                .orElseThrow(() -> UntornException.caller("this Java, " + System.getProperty("java.home")
                        + ", has no jlink. Run with a JDK: apt-get install openjdk-17-jdk-headless"));
        StringWriter messages = new StringWriter();
        PrintWriter printer = new PrintWriter(messages);
        List<String> arguments = List.of(
                "--add-modules",
                MODULES,
                "--strip-java-debug-attributes",
                "--no-man-pages",
                "--no-header-files",
                "--output",
                folder.toString());
        if (jlink.run(printer, printer, arguments.toArray(String[]::new)) != 0) {
            throw new IOException("jlink failed: " + messages);
        }
        HostPrograms.Output dump =
                HostPrograms.run(List.of(folder.resolve("bin/java").toString(), "-Xshare:dump"));
        if (dump.exitCode() != 0) {
            throw new IOException("java -Xshare:dump failed: " + dump.text());
        }
    }
}
