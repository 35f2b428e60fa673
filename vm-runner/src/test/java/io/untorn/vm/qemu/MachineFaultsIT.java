package io.untorn.vm.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.untorn.agent.protocol.Program;
import io.untorn.agent.protocol.Request;
import io.untorn.model.console.Splat;
import io.untorn.vm.cache.CacheFolder;
import io.untorn.vm.guest.GuestImage;
import io.untorn.vm.host.HostPrograms;
import io.untorn.vm.host.TemporaryFolder;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that fails is reported in one message that says what and where, gives no verdict on the kernel, and is gone. */
final class MachineFaultsIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String BOOT_FAILED = "did not boot with ";

    @TempDir
    private Path folder;

    private static RealKernel real;
    private static MachineConfiguration sound;
    private static Accelerator accelerator;

    @BeforeAll
    static void bootASoundOne() {
        real = RealKernel.withTarget("bdev");
        sound = real.machine(List.of());
        try (Machine machine = new Hypervisor(CacheFolder.path(), System.out::println).boot(sound)) {
            accelerator = machine.accelerator();
        }
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(qemu()).isEmpty();
        assertThat(TemporaryFolder.open()).isEmpty();
    }

    @Test
    void theKernelPanicsBeforeInit() {
        assertNotBooted(sound.withKernelArguments(List.of("rdinit=/none", "root=/dev/none")))
                .contains("the machine ended before the agent greeted", "Kernel panic - not syncing: VFS: ");
    }

    @Test
    void thereIsNoVirtio() {
        assertNotBooted(sound.withKernelArguments(
                        List.of("initcall_blacklist=virtio_pci_driver_init", "module_blacklist=virtio_pci")))
                .contains("the machine ended before the agent greeted", "virtio");
    }

    /** As in a kernel that was built without CONFIG_UNIX: sockets of that family can't be created. */
    @Test
    void theKernelLacksAnOption() {
        ThrowingCallable boot =
                () -> Machine.boot(sound.withKernelArguments(List.of("initcall_blacklist=af_unix_init")), accelerator)
                        .close();
        UntornException failure = catchThrowableOfType(UntornException.class, boot);
        assertThat(failure.category()).isEqualTo(UntornException.Category.MACHINERY);
        assertThat(failure.getMessage())
                .startsWith(real.kernel().image() + " " + BOOT_FAILED)
                .contains(
                        "because the kernel was built without ", "CONFIG_UNIX=y: a Java runtime creates a socket pair")
                .doesNotContain("\tat ", "\n");
    }

    @Test
    void theImageIsCutShort() throws IOException {
        Path half = folder.resolve("half.cpio");
        try (InputStream in = Files.newInputStream(sound.initrd());
                OutputStream out = Files.newOutputStream(half)) {
            out.write(in.readNBytes((int) (Files.size(sound.initrd()) / 2)));
        }
        assertNotBooted(MachineConfiguration.of(real.kernel().image(), half))
                .contains("the machine ended before the agent greeted", "Kernel panic - not syncing: ");
    }

    @Test
    void theGuestHasTooLittleMemory() {
        assertNotBooted(sound.withKernelArguments(List.of("mem=144M")))
                .contains("the machine ended before the agent greeted", "memory");
    }

    @Test
    void qemuIsKilledWhileItBoots() {
        CompletableFuture<Void> killed = CompletableFuture.runAsync(() -> {
            await().atMost(LIMIT).until(() -> !qemu().isEmpty());
            qemu().forEach(ProcessHandle::destroyForcibly);
        });
        assertNotBooted(sound).contains("the machine ended before the agent greeted");
        killed.join();
    }

    /** Needs a host where KVM fails; nothing is tested if it works. */
    @Test
    void kvmOpensAndDies() throws IOException {
        List<String> progress = new ArrayList<>();
        Path device = Files.createFile(folder.resolve("kvm"));
        Hypervisor hypervisor = new Hypervisor(folder, progress::add, device, "any");
        try (Machine machine = hypervisor.boot(sound)) {
            assumeTrue(machine.accelerator() == Accelerator.TCG, "this machine's KVM runs guests");
            assertThat(progress)
                    .hasSize(2)
                    .last()
                    .asString()
                    .startsWith("KVM does not run the guest, continuing without it (slower): ");
            assertThat(hypervisor.kvmSupport().state()).isEqualTo(KvmSupport.State.NOT_USABLE);
        }
    }

    @Test
    void theAgentIsEnded() {
        Path shell = HostPrograms.find("sh").orElseThrow();
        MachineConfiguration withShell = real.machine(List.of(shell));
        Request.RunCommand end =
                new Request.RunCommand(List.of(GuestImage.PROGRAMS + "sh", "-c", "kill 1; while :; do :; done"), 30);
        assertDies(withShell, end, "Kernel panic - not syncing: Attempted to kill init!");
    }

    @Test
    void theAgentRunsOutOfMemory() {
        Program huge = new Program(new byte[60 << 20]);
        assertDies(sound.withMemoryMebibytes(768), new Request.RunProgram(1, huge, 10), "Java heap space");
    }

    private static void assertDies(MachineConfiguration configuration, Request request, String onTheConsole) {
        try (Machine machine = Machine.boot(configuration, accelerator)) {
            AgentClient.ask(machine, new Request.Prepare(real.preparation()), LIMIT);
            assertThatThrownBy(() -> AgentClient.ask(machine, request, LIMIT))
                    .isInstanceOfSatisfying(MachineDiedException.class, died -> assertThat(died.reason())
                            .isEqualTo(MachineDiedException.Reason.ENDED))
                    .hasMessageContainingAll("the machine ended before it answered", onTheConsole);
            assertThat(Splat.starts(machine.console().lines())).isEmpty();
        }
    }

    /** This may happen while many megabytes are written: it is reported, and the next run boots instead. */
    @Test
    void qemuIsKilledWhileItIsSaved() throws IOException {
        Path snapshots = folder.resolve("snapshots");
        List<String> progress = new ArrayList<>();
        CompletableFuture<Void> killed = CompletableFuture.runAsync(() -> {
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(2)).until(() -> !drafts(snapshots)
                    .isEmpty());
            qemu().forEach(ProcessHandle::destroyForcibly);
        });
        try (PristineMachines machines = new PristineMachines(
                new Hypervisor(CacheFolder.path(), progress::add),
                sound,
                "the kernel",
                new SnapshotStore(snapshots, progress::add),
                progress::add)) {
            assertThatThrownBy(() ->
                            machines.prepared(real.preparation()).machine().close())
                    .isInstanceOf(PristineMachines.NoSnapshotException.class)
                    .hasMessageStartingWith("cannot keep a snapshot of the machine")
                    .hasMessageContaining("ended");
            killed.join();
        }
        assertThat(drafts(snapshots)).isEmpty();
    }

    private static AbstractStringAssert<?> assertNotBooted(MachineConfiguration configuration) {
        ThrowingCallable boot = () -> Machine.boot(configuration, accelerator).close();
        UntornException failure = catchThrowableOfType(UntornException.class, boot);
        assertThat(failure.category()).isEqualTo(UntornException.Category.MACHINERY);
        return assertThat(failure.getMessage())
                .startsWith(real.kernel().image() + " " + BOOT_FAILED)
                .contains("The console's last lines");
    }

    private static List<ProcessHandle> qemu() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").contains("qemu-system"))
                .toList();
    }

    private static List<Path> drafts(Path snapshots) {
        if (!Files.isDirectory(snapshots)) {
            return List.of();
        }
        try (Stream<Path> places = Files.list(snapshots)) {
            return places.filter(place -> place.toString().endsWith(".tmp")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
