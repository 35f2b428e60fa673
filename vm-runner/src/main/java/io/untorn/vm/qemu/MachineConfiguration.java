package io.untorn.vm.qemu;

import io.untorn.vm.guest.GuestImage;
import io.untorn.vm.kernel.UnpackedKernel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The configuration of a machine.
 *
 * @param kernelImage the kernel that the user named, a bzImage
 * @param started the file that is started: the same, or the one that {@link UnpackedKernel} extracted from it
 * @param initrd the guest image, from {@link GuestImage}
 * @param kernelArguments kernel arguments besides those that the guest image needs
 * @param memoryMebibytes the guest's memory in MiB, 256 or more
 * @param processors the number of the guest's processors, 1 or more
 * @param bootLimit how long the agent may take to greet
 */
public record MachineConfiguration(
        Path kernelImage,
        Path started,
        Path initrd,
        List<String> kernelArguments,
        int memoryMebibytes,
        int processors,
        Duration bootLimit) {
    private static final int MIN_MEMORY_MEBIBYTES = 256;
    private static final int DEFAULT_MEMORY_MEBIBYTES = 512;
    private static final int PROCESSORS = 2;
    private static final Duration DEFAULT_BOOT_LIMIT = Duration.ofMinutes(2);

    public MachineConfiguration {
        kernelArguments = List.copyOf(kernelArguments);
        if (memoryMebibytes < MIN_MEMORY_MEBIBYTES) {
            throw new IllegalArgumentException(
                    "a guest needs " + MIN_MEMORY_MEBIBYTES + " MiB of memory or more: " + memoryMebibytes);
        }
        if (processors < 1) {
            throw new IllegalArgumentException("a guest needs a processor: " + processors);
        }
    }

    /** Create a machine with 512 MiB of memory, two processors and 120 s to boot. */
    public static MachineConfiguration of(Path kernelImage, Path initrd) {
        return new MachineConfiguration(
                kernelImage, kernelImage, initrd, List.of(), DEFAULT_MEMORY_MEBIBYTES, PROCESSORS, DEFAULT_BOOT_LIMIT);
    }

    /** Return the same machine with these kernel arguments. */
    public MachineConfiguration withKernelArguments(List<String> arguments) {
        return new MachineConfiguration(
                kernelImage, started, initrd, arguments, memoryMebibytes, processors, bootLimit);
    }

    /** Return the same machine with another size of memory. */
    public MachineConfiguration withMemoryMebibytes(int mebibytes) {
        return new MachineConfiguration(
                kernelImage, started, initrd, kernelArguments, mebibytes, processors, bootLimit);
    }

    /** Return the same machine that starts the kernel from another file. */
    public MachineConfiguration starting(Path unpacked) {
        return new MachineConfiguration(
                kernelImage, unpacked, initrd, kernelArguments, memoryMebibytes, processors, bootLimit);
    }
}
