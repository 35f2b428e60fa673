package io.untorn.vm.guest;

import io.untorn.vm.cache.Digest;
import io.untorn.vm.cache.ImageCache;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.spi.ToolProvider;

/** The Java runtime of the guest: the running JDK, reduced to what the agent needs. */
final class GuestRuntime {
    private static final long BYTES = 60L << 20;
    /** Compressed, because unpacking at boot takes time, and the classes that the agent uses are in its archive. */
    private static final List<String> JLINK_ARGUMENTS = List.of(
            "--add-modules",
            "java.base",
            "--compress=2",
            "--strip-java-debug-attributes",
            "--no-man-pages",
            "--no-header-files",
            "--output");

    private GuestRuntime() {}

    /** Return the folder of the runtime; build it if it is not in the cache. */
    static Path in(ImageCache cache, Consumer<String> progress) {
        String version = Runtime.version().toString().replaceAll("[^\\w.+-]", "_");
        Digest inputs = new Digest().add(System.getProperty("java.home")).add(version);
        JLINK_ARGUMENTS.forEach(inputs::add);
        return cache.get("jre-" + version + "-" + inputs.shortHex(), BYTES, folder -> {
            progress.accept("building the guest's Java runtime (once, a few seconds)");
            make(folder);
        });
    }

    private static void make(Path folder) throws IOException {
        ToolProvider jlink = ToolProvider.findFirst("jlink")
                .orElseThrow(() -> UntornException.caller("this Java, " + System.getProperty("java.home")
                        + ", has no jlink. Run with a JDK: apt-get install openjdk-17-jdk-headless"));
        StringWriter messages = new StringWriter();
        PrintWriter printer = new PrintWriter(messages);
        List<String> arguments = new ArrayList<>(JLINK_ARGUMENTS);
        arguments.add(folder.toString());
        if (jlink.run(printer, printer, arguments.toArray(String[]::new)) != 0) {
            throw new IOException("jlink failed: " + messages);
        }
    }
}
