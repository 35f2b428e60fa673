package io.untorn.vm.guest;

import com.sun.jna.Native;
import io.untorn.agent.AgentMain;
import io.untorn.agent.Rehearsal;
import io.untorn.model.target.KernelVersion;
import io.untorn.vm.cache.Digest;
import io.untorn.vm.cache.ImageCache;
import io.untorn.vm.host.Architecture;
import io.untorn.vm.host.FileTrees;
import io.untorn.vm.host.HostPrograms;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The agent in the guest image: one uncompressed jar with all its classes, JNA's native library, and a class-data archive
 * (CDS), so that the JVM need not load the classes one by one.
 */
final class AgentCode {
    /** Its folder in the guest, relative to the root, which is the working directory of init. */
    static final String FOLDER = "agent";

    private static final String JAR = FOLDER + "/agent.jar";
    private static final String ARCHIVE = FOLDER + "/agent.jsa";
    private static final String CLASSES = "rehearsal/classes";
    private static final String JNA_LIBRARY = "libjnidispatch.so";
    private static final long BYTES = 30L << 20;

    /** The packages in the guest image, each with its subpackages. */
    private static final List<String> PACKAGES = List.of("io/untorn/agent", "io/untorn/model", "com/sun/jna");

    /** Subpackages that the guest does not need: judging is done on the host. */
    private static final List<String> JUDGING_PACKAGES =
            List.of("io/untorn/model/state", "io/untorn/model/rule", "io/untorn/model/rules", "io/untorn/model/oracle");

    /**
     * On the boot class path, the JVM itself loads the classes, without Java class loaders. Without {@code -cp} the class path
     * would be the working directory, which rules out an archive. In the guest, run-time class generation is slow, and so is
     * reflection without generated classes: so it generates them at a call that a {@link Rehearsal} reaches, and seldom later.
     */
    private static final List<String> JVM_ARGUMENTS = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-Xshare:auto",
            "-Djna.boot.library.path=" + FOLDER,
            "-Djna.platform.library.path=" + FOLDER,
            "-Djna.nounpack=true",
            "-Dsun.reflect.inflationThreshold=50",
            "-cp",
            JAR,
            "-Xbootclasspath/a:" + JAR);

    private AgentCode() {}

    /** Return the places of the agent's classes: jars, or the folders of a build. */
    static List<Path> sources() {
        return Stream.of(AgentMain.class, KernelVersion.class, Native.class)
                .map(AgentCode::codeOf)
                .distinct()
                .toList();
    }

    /**
     * Return the folder with the agent's files; make it if it is not in the cache.
     *
     * @param runtime the Java runtime of the guest
     */
    static Path in(ImageCache cache, Path runtime, Consumer<String> progress) throws IOException {
        Map<String, byte[]> classes = classes();
        Digest inputs = new Digest().add(String.valueOf(runtime.getFileName())).add(String.join(" ", JVM_ARGUMENTS));
        classes.forEach((name, content) -> inputs.add(name).add(content));
        return cache.get("agent-" + inputs.shortHex(), BYTES, folder -> {
            Files.createDirectories(folder.resolve(FOLDER));
            writeJar(folder.resolve(JAR), classes);
            Files.write(folder.resolve(FOLDER).resolve(JNA_LIBRARY), jnaLibrary());
            archive(folder, runtime, classes.keySet(), progress);
        });
    }

    /**
     * Return the arguments of the guest's JVM. The JVM that writes the archive must not use this collector, with which it could
     * not archive objects.
     */
    static String arguments(Path folder) {
        List<String> arguments = new ArrayList<>(JVM_ARGUMENTS);
        arguments.add("-XX:+UseSerialGC");
        if (Files.exists(folder.resolve(ARCHIVE))) {
            arguments.add("-XX:SharedArchiveFile=" + ARCHIVE);
        }
        arguments.add(AgentMain.class.getName());
        return String.join("\n", arguments) + "\n";
    }

    private static void archive(Path folder, Path runtime, Set<String> classes, Consumer<String> progress)
            throws IOException {
        Path work = Files.createDirectory(folder.resolve("rehearsal"));
        HostPrograms.Output done =
                java(folder, runtime, "-XX:DumpLoadedClassList=" + CLASSES, Rehearsal.class.getName(), work.toString());
        if (done.exitCode() == 0) {
            Files.write(folder.resolve(CLASSES), ownClasses(classes), StandardOpenOption.APPEND);
            done = java(
                    folder,
                    runtime,
                    "-Xshare:dump",
                    "-XX:SharedClassListFile=" + CLASSES,
                    "-XX:SharedArchiveFile=" + ARCHIVE);
        }
        FileTrees.delete(work);
        if (done.exitCode() != 0 || !Files.exists(folder.resolve(ARCHIVE))) {
            Files.deleteIfExists(folder.resolve(ARCHIVE));
            progress.accept("boots take some seconds longer, because the agent's classes can't be archived: "
                    + done.text().lines().findFirst().orElse("no reason given"));
        }
    }

    /** Return the agent's own classes in the format of a class list: a rehearsal skips those that act on the whole machine. */
    private static List<String> ownClasses(Set<String> classes) {
        return classes.stream()
                .filter(file -> file.startsWith("io/untorn/agent/"))
                .map(file -> file.substring(0, file.length() - ".class".length()))
                .toList();
    }

    /** Run the guest's Java on the host, with the agent's classes. */
    private static HostPrograms.Output java(Path folder, Path runtime, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(runtime.resolve("bin/java").toString()));
        command.addAll(JVM_ARGUMENTS);
        command.addAll(List.of(arguments));
        return HostPrograms.runIn(folder, command);
    }

    /** Return the classes in the guest image, by file name. */
    static Map<String, byte[]> classes() throws IOException {
        Map<String, byte[]> classes = new TreeMap<>();
        for (Path code : sources()) {
            if (Files.isDirectory(code)) {
                addClasses(code, classes);
            } else {
                try (FileSystem jar = FileSystems.newFileSystem(code)) {
                    addClasses(jar.getPath("/"), classes);
                }
            }
        }
        return classes;
    }

    private static void addClasses(Path root, Map<String, byte[]> classes) throws IOException {
        for (String of : PACKAGES) {
            Path folder = root.resolve(of);
            if (!Files.isDirectory(folder)) {
                continue;
            }
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : (Iterable<Path>) files.filter(AgentCode::isClass)::iterator) {
                    Path name = root.relativize(file);
                    if (!judges(name)) {
                        classes.put(name.toString(), GuestClass.of(Files.readAllBytes(file)));
                    }
                }
            }
        }
    }

    /** Leaves out one class that JNA can do without, because its way to find the caller is slow to set up. */
    private static boolean isClass(Path file) {
        return file.toString().endsWith(".class") && !file.endsWith("SecurityManagerExposer.class");
    }

    private static boolean judges(Path name) {
        return JUDGING_PACKAGES.stream().anyMatch(name::startsWith);
    }

    /** The jar's time is 0, as in the guest, because the JVM compares it with the time in the archive. */
    private static void writeJar(Path jar, Map<String, byte[]> classes) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.setMethod(ZipOutputStream.STORED);
            for (Map.Entry<String, byte[]> named : classes.entrySet()) {
                ZipEntry entry = new ZipEntry(named.getKey());
                entry.setTimeLocal(java.time.LocalDateTime.of(2000, 1, 1, 0, 0));
                entry.setSize(named.getValue().length);
                CRC32 sum = new CRC32();
                sum.update(named.getValue());
                entry.setCrc(sum.getValue());
                zip.putNextEntry(entry);
                zip.write(named.getValue());
            }
        }
        Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
    }

    /** Return the jar or folder that contains a class. */
    private static Path codeOf(Class<?> type) {
        try {
            URI place = type.getProtectionDomain().getCodeSource().getLocation().toURI();
            return Path.of(place);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the class path has no place for " + type, e);
        }
    }

    private static byte[] jnaLibrary() throws IOException {
        String resource = "/com/sun/jna/" + Architecture.GUEST.nativeLibraries() + "/" + JNA_LIBRARY;
        try (InputStream library = Native.class.getResourceAsStream(resource)) {
            return Objects.requireNonNull(library, resource).readAllBytes();
        }
    }
}
