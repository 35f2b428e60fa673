package io.untorn.cli;

import io.untorn.vm.build.BuildTools;
import io.untorn.vm.cache.CacheFolder;
import io.untorn.vm.host.Architecture;
import io.untorn.vm.host.HostPrograms;
import io.untorn.vm.qemu.Hypervisor;
import io.untorn.vm.qemu.KvmSupport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** Shows what this machine has and lacks. */
@Command(
        name = "doctor",
        description = {"Show what this machine has and lacks, whether KVM works, and what is cached.", ""})
final class DoctorCommand implements Callable<Integer> {
    private static final int HEALTHY = 0;
    private static final int SOMETHING_MISSING = 2;

    /** Programs, and the Debian packages that contain them. */
    private static final Map<String, String> PROGRAMS = programs();

    private static Map<String, String> programs() {
        Map<String, String> programs = new LinkedHashMap<>();
        programs.put(Architecture.GUEST.machineProgram(), Architecture.GUEST.machinePackage());
        programs.put("qemu-img", "qemu-utils");
        programs.put("mkfs.ext4", "e2fsprogs");
        programs.put("e2fsck", "e2fsprogs");
        programs.put("mkfs.xfs", "xfsprogs");
        programs.put("xfs_repair", "xfsprogs");
        programs.put("depmod", "kmod");
        programs.put("setpriv", "util-linux");
        programs.put("ldd", "libc-bin");
        programs.put("mvn", "maven");
        programs.put("gcc", "gcc");
        return programs;
    }

    @Override
    public Integer call() throws IOException {
        int missing = 0;
        System.out.println("programs");
        line("java", Runtime.version() + " in " + System.getProperty("java.home"));
        for (Map.Entry<String, String> program : PROGRAMS.entrySet()) {
            Optional<Path> found = HostPrograms.find(program.getKey());
            line(program.getKey(), found.map(Path::toString).orElse("missing: apt-get install " + program.getValue()));
            missing += found.isPresent() ? 0 : 1;
        }
        // Only ./untorn build needs it
        line(
                "to build kernels",
                BuildTools.missing().map(lacking -> "missing: " + lacking).orElse("nothing missing"));
        Path cache = CacheFolder.path();
        KvmSupport kvm = new Hypervisor(cache, line -> {}).kvmSupport();
        System.out.println("acceleration");
        line("KVM", kvm.state().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + kvm.why());
        System.out.println("cache " + cache);
        for (String folder : List.of("apt", "kernels", "images", "builds")) {
            line(folder, describe(cache.resolve(folder)));
        }
        return missing == 0 ? HEALTHY : SOMETHING_MISSING;
    }

    private static String describe(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return "empty";
        }
        long bytes = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return String.format(Locale.ROOT, "%,d MiB in %d entries", bytes >> 20, entries.count());
        }
    }

    private static void line(String name, String value) {
        System.out.printf(Locale.ROOT, "  %-18s  %s%n", name, value);
    }
}
