package io.untorn.vm.qemu;

import io.untorn.vm.guest.GuestImage;
import io.untorn.vm.host.Architecture;
import io.untorn.vm.host.HostPrograms;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The QEMU command line of a machine. */
final class QemuCommand {
    /** The QEMU program. */
    static final String PROGRAM = Architecture.GUEST.machineProgram();

    /** The chardev of the kernel's console. */
    static final String CONSOLE = "console";

    /**
     * The agent's lines are not rate-limited; sysrq works whatever the kernel's default; every line has a time stamp. The
     * kernel's cryptographic self-tests would take a second, and only the check of module signatures uses cryptography. It
     * boots on one processor, and the agent brings up the others, because QEMU 7.2 may translate code that another processor
     * is modifying: a kernel patches its code during boot, and could then stop at one of its own breakpoints.
     */
    private static final List<String> BOOT_ARGUMENTS = List.of(
            "console=" + Architecture.GUEST.serialConsole(),
            "panic=-1",
            "printk.devkmsg=on",
            "printk.time=1",
            "sysrq_always_enabled=1",
            "no_timer_check",
            "cryptomgr.notests",
            "maxcpus=1",
            "noreplace-smp");

    private static final String SANDBOX = "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny";

    /** A minimal firmware that only starts a kernel; part of Debian's QEMU. */
    private static final Path SMALL_FIRMWARE = Path.of("/usr/share/qemu/qboot.rom");

    private static final int HEAD_BYTES = 2 << 20;
    private static final long TRANSLATED_MEBIBYTES = 256;
    private static final long OWN_MEBIBYTES = 2048;

    private QemuCommand() {}

    /** Return the command line; the machine connects to the sockets {@code qmp} and {@code agent} in the folder. */
    static List<String> of(
            MachineConfiguration configuration, Accelerator accelerator, GuestMemory memory, Path folder) {
        List<String> command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL"));
        command.addAll(List.of("prlimit", "--core=0", "--as=" + addressSpace(configuration), PROGRAM));
        if (hasSandbox()) {
            command.addAll(List.of("-sandbox", SANDBOX));
        }
        command.addAll(machine(configuration, accelerator));
        command.addAll(memory.options(configuration.memoryMebibytes()));
        command.addAll(List.of("-qmp", "unix:" + escaped(folder.resolve("qmp"))));
        command.addAll(List.of("-chardev", "socket,id=agent,path=" + escaped(folder.resolve("agent"))));
        command.addAll(List.of("-kernel", configuration.started().toString()));
        command.addAll(List.of("-initrd", escaped(configuration.initrd())));
        return command;
    }

    /** QEMU refuses the option if it was built without libseccomp; otherwise that name is in the first 2 MiB of the program. */
    private static boolean hasSandbox() {
        return HostPrograms.find(PROGRAM)
                .filter(program -> head(program).contains("libseccomp.so"))
                .isPresent();
    }

    private static String head(Path program) {
        try (InputStream in = Files.newInputStream(program)) {
            return new String(in.readNBytes(HEAD_BYTES), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    /** Return the limit of QEMU's address space in bytes: the guest's memory, translated code, and QEMU's own memory. */
    private static long addressSpace(MachineConfiguration configuration) {
        return (configuration.memoryMebibytes() + TRANSLATED_MEBIBYTES + OWN_MEBIBYTES) << 20;
    }

    /** Return the part of the command line that defines what the guest sees: the same in each run. */
    static List<String> machine(MachineConfiguration configuration, Accelerator accelerator) {
        List<String> command = new ArrayList<>();
        command.addAll(List.of(
                "-M",
                Architecture.GUEST.machineType() + ",memory-backend=" + GuestMemory.ID,
                "-cpu",
                accelerator.processor()));
        if (Files.exists(SMALL_FIRMWARE)) {
            command.addAll(List.of("-bios", SMALL_FIRMWARE.toString()));
        }
        command.addAll(List.of(
                "-accel", accelerator.option(TRANSLATED_MEBIBYTES), "-m", configuration.memoryMebibytes() + "M"));
        command.addAll(List.of("-smp", Integer.toString(configuration.processors())));
        command.addAll(List.of("-nodefaults", "-display", "none", "-no-reboot", "-nic", "none"));
        command.addAll(List.of("-chardev", "stdio,id=" + CONSOLE + ",signal=off", "-serial", "chardev:" + CONSOLE));
        command.addAll(List.of("-device", "virtio-serial-pci"));
        command.addAll(List.of("-device", "virtserialport,chardev=agent,name=io.untorn.agent"));
        command.addAll(List.of("-append", kernelCommandLine(configuration)));
        return command;
    }

    private static String kernelCommandLine(MachineConfiguration configuration) {
        List<String> arguments = new ArrayList<>(BOOT_ARGUMENTS);
        arguments.addAll(GuestImage.KERNEL_ARGUMENTS);
        arguments.addAll(configuration.kernelArguments());
        arguments.add("--");
        arguments.addAll(GuestImage.INIT_ARGUMENTS);
        return String.join(" ", arguments);
    }

    /** QEMU splits option values, and the list of initrds, at commas; a comma of a file name is doubled. */
    static String escaped(Path path) {
        return path.toString().replace(",", ",,");
    }

    /** Throw the error that names the package to install, if QEMU is not on the search path. */
    static void requireInstalled() {
        if (HostPrograms.find(PROGRAM).isEmpty()) {
            throw UntornException.caller(
                    PROGRAM + " is not installed. Install it: apt-get install " + Architecture.GUEST.machinePackage());
        }
    }
}
