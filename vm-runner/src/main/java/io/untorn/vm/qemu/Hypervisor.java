package io.untorn.vm.qemu;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.untorn.vm.host.HostPrograms;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Boots machines with the fastest accelerator that works on this host.
 *
 * <p>KVM may fail to run a guest although {@code /dev/kvm} opens, so it is tried once. If a machine boots with TCG but not
 * with KVM, that is remembered for this QEMU on this host kernel, and KVM is not tried again.
 */
public final class Hypervisor {
    private static final Path DEVICE = Path.of("/dev/kvm");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path resultFile;
    private final Consumer<String> progress;
    private final Path device;

    private final String platform;

    /** What the file holds: whether KVM works, and the QEMU and host kernel with which it was tried. */
    private record Tried(KvmSupport verdict, String platform) {}

    /**
     * Create a hypervisor.
     *
     * @param cacheDir the folder in which {@code kvm.json} remembers whether KVM works
     * @param progress gets a line when KVM is tried, and one if it does not work
     */
    public Hypervisor(Path cacheDir, Consumer<String> progress) {
        this(cacheDir, progress, DEVICE, platform(Accelerator.KVM));
    }

    Hypervisor(Path cacheDir, Consumer<String> progress, Path device, String platform) {
        this.resultFile = cacheDir.resolve("kvm.json");
        this.progress = progress;
        this.device = device;
        this.platform = platform;
    }

    /**
     * Boot a machine and wait for the agent's greeting.
     *
     * @throws UntornException as {@link Machine#boot} does
     */
    public Machine boot(MachineConfiguration configuration) {
        return switch (kvmSupport().state()) {
            case USABLE -> Machine.boot(configuration, Accelerator.KVM);
            case NOT_USABLE -> Machine.boot(configuration, Accelerator.TCG);
            case UNTRIED -> tryKvm(configuration);
        };
    }

    private Machine tryKvm(MachineConfiguration configuration) {
        Machine machine;
        String failure;
        progress.accept("checking whether KVM runs a guest here (once)");
        try {
            machine = Machine.boot(configuration, Accelerator.KVM);
            remember(new KvmSupport(KvmSupport.State.USABLE, "a guest booted with it"));
            return machine;
        } catch (UntornException e) {
            if (e.category() == UntornException.Category.CALLER) {
                throw e;
            }
            failure = reason(e.getMessage());
        }
        progress.accept("KVM does not run the guest, continuing without it (slower): " + failure);
        machine = Machine.boot(configuration, Accelerator.TCG);
        remember(new KvmSupport(KvmSupport.State.NOT_USABLE, failure));
        return machine;
    }

    /** Return the line with a KVM error of QEMU, else the first. */
    private static String reason(String message) {
        return message.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).contains("kvm internal error"))
                .findFirst()
                .or(() -> message.lines().findFirst())
                .map(String::strip)
                .orElse("no reason given");
    }

    /** Return what is known about KVM on this host, without trying it. */
    public KvmSupport kvmSupport() {
        if (!Files.isReadable(device) || !Files.isWritable(device)) {
            String why = Files.exists(device) ? "may not be opened by this user" : "is not there";
            return new KvmSupport(KvmSupport.State.NOT_USABLE, device + " " + why);
        }
        return remembered()
                .orElse(new KvmSupport(
                        KvmSupport.State.UNTRIED, "no guest has been tried with this QEMU on this host kernel"));
    }

    private Optional<KvmSupport> remembered() {
        try {
            Tried tried = JSON.readValue(resultFile.toFile(), Tried.class);
            return tried.platform().equals(platform) ? Optional.of(tried.verdict()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    void remember(KvmSupport support) {
        try {
            Files.createDirectories(resultFile.getParent());
            Path draft = Files.createTempFile(resultFile.getParent(), "kvm", ".tmp");
            JSON.writeValue(draft.toFile(), new Tried(support, platform));
            Files.move(draft, resultFile, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            progress.accept("Cannot store in " + resultFile + " whether KVM works: " + e.getMessage());
        }
    }

    /** Return the accelerator that machines get, if it is known without trying. */
    Optional<Accelerator> accelerator() {
        return switch (kvmSupport().state()) {
            case USABLE -> Optional.of(Accelerator.KVM);
            case NOT_USABLE -> Optional.of(Accelerator.TCG);
            case UNTRIED -> Optional.empty();
        };
    }

    /** Describe what the guest's state depends on: QEMU and, with KVM, the host's kernel and processor. */
    static String platform(Accelerator accelerator) {
        String qemu =
                HostPrograms.find(QemuCommand.PROGRAM).map(Hypervisor::describe).orElse("no QEMU");
        return accelerator == Accelerator.TCG
                ? qemu
                : qemu + " on " + System.getProperty("os.version") + ", " + processor();
    }

    private static String describe(Path program) {
        try {
            return program.toRealPath() + ", " + Files.size(program) + " bytes of "
                    + Files.getLastModifiedTime(program);
        } catch (IOException e) {
            return program.toString();
        }
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name") || line.startsWith("flags"))
                    .distinct()
                    .collect(Collectors.joining(", "));
        } catch (IOException e) {
            return "unknown processor";
        }
    }
}
