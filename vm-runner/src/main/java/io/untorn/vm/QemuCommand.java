package io.untorn.vm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The QEMU command line of a machine. */
final class QemuCommand {
    /** The program that is the machine. */
    static final String PROGRAM = "qemu-system-x86_64";

    private QemuCommand() {}

    /** Return the command line; the machine connects to the sockets {@code qmp} and {@code agent} in the folder. */
    static List<String> of(MachineConfiguration configuration, Accelerator accelerator, Path folder) {
        List<String> command = new ArrayList<>();
        command.addAll(List.of("setpriv", "--pdeathsig", "KILL", PROGRAM));
        command.addAll(List.of("-M", "q35", "-cpu", accelerator.processor(), "-accel", accelerator.option()));
        command.addAll(List.of("-m", configuration.memoryMebibytes() + "M"));
        command.addAll(List.of("-smp", Integer.toString(configuration.processors())));
        command.addAll(List.of("-nodefaults", "-display", "none", "-no-reboot", "-nic", "none"));
        command.addAll(List.of("-chardev", "stdio,id=console,signal=off", "-serial", "chardev:console"));
        command.addAll(List.of("-qmp", "unix:" + escaped(folder.resolve("qmp"))));
        command.addAll(List.of("-chardev", "socket,id=agent,path=" + escaped(folder.resolve("agent"))));
        command.addAll(List.of("-device", "virtio-serial-pci"));
        command.addAll(List.of("-device", "virtserialport,chardev=agent,name=io.untorn.agent"));
        command.addAll(List.of("-kernel", configuration.kernelImage().toString()));
        command.addAll(List.of("-initrd", escaped(configuration.initrd())));
        command.addAll(List.of("-append", kernelCommandLine(configuration)));
        return command;
    }

    private static String kernelCommandLine(MachineConfiguration configuration) {
        List<String> arguments = new ArrayList<>(List.of("console=ttyS0", "panic=-1"));
        arguments.addAll(GuestImage.KERNEL_ARGUMENTS);
        arguments.addAll(configuration.kernelArguments());
        arguments.add("--");
        arguments.addAll(GuestImage.INIT_ARGUMENTS);
        return String.join(" ", arguments);
    }

    /** QEMU splits option values, and the list of initrds, at commas; a comma of a file name is doubled. */
    private static String escaped(Path path) {
        return path.toString().replace(",", ",,");
    }

    /** Throw the error that names the package to install, if QEMU is not on the search path. */
    static void requireInstalled() {
        if (HostPrograms.find(PROGRAM).isEmpty()) {
            throw UntornException.caller(PROGRAM + " is not installed. Install it: apt-get install qemu-system-x86");
        }
    }
}
