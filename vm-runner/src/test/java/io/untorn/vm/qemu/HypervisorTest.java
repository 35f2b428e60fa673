package io.untorn.vm.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HypervisorTest {
    private static final KvmSupport REFUSED = new KvmSupport(KvmSupport.State.NOT_USABLE, "KVM internal error");

    @TempDir
    Path folder;

    private Path device;
    private final List<String> progress = new ArrayList<>();

    @BeforeEach
    void createDevice() throws IOException {
        device = Files.createFile(folder.resolve("kvm"));
    }

    @Test
    void remembersTheResultForTheSameQemuAndHostKernel() {
        hypervisor("QEMU 7.2 on 6.1").remember(REFUSED);

        assertThat(hypervisor("QEMU 7.2 on 6.1").kvmSupport()).isEqualTo(REFUSED);
    }

    @Test
    void triesAgainAfterAnUpdate() {
        hypervisor("QEMU 7.2 on 6.1").remember(REFUSED);

        assertThat(hypervisor("QEMU 10.0 on 6.1").kvmSupport().state()).isEqualTo(KvmSupport.State.UNTRIED);
    }

    @Test
    void triesAgainIfTheResultCannotBeRead() throws IOException {
        Files.writeString(folder.resolve("kvm.json"), "{\"verdict\": ");

        assertThat(hypervisor("any").kvmSupport().state()).isEqualTo(KvmSupport.State.UNTRIED);
    }

    @Test
    void needsTheDeviceWhateverItRemembers() throws IOException {
        hypervisor("any").remember(new KvmSupport(KvmSupport.State.USABLE, "a guest booted with it"));
        Files.delete(device);

        assertThat(hypervisor("any").kvmSupport())
                .isEqualTo(new KvmSupport(KvmSupport.State.NOT_USABLE, device + " is not there"));
    }

    @Test
    void continuesIfItCannotRemember() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        new Hypervisor(file, progress::add, device, "any").remember(REFUSED);

        assertThat(progress).singleElement().asString().contains(file.toString());
    }

    private Hypervisor hypervisor(String platform) {
        return new Hypervisor(folder, progress::add, device, platform);
    }
}
