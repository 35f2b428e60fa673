package io.untorn.vm.host;

/**
 * A processor architecture of guests, with the data that depends on it. Only the readers of boot images are code: {@code
 * KernelImage} and {@code Vmlinux} read those of x86.
 *
 * @param kernelName its name in the kernel's build: {@code ARCH}, and the folder below {@code arch/}
 * @param debianName its name in Debian
 * @param description its name in messages
 * @param bootImage the boot image of a build, which is also a make target
 * @param machineProgram the QEMU program
 * @param machinePackage the Debian package with that program
 * @param machineType the QEMU machine type
 * @param translatedProcessor the value of QEMU's {@code -cpu} option with TCG
 * @param serialConsole the kernel's name for the machine's first serial port
 * @param nativeLibraries the folder of its native library in JNA
 */
public record Architecture(
        String kernelName,
        String debianName,
        String description,
        String bootImage,
        String machineProgram,
        String machinePackage,
        String machineType,
        String translatedProcessor,
        String serialConsole,
        String nativeLibraries) {
    /**
     * The architecture of all guests so far. TCG executes string instructions byte by byte, so the guest must not see them as
     * fast: clearing the disk's 321 MB then takes half the time.
     */
    public static final Architecture GUEST = new Architecture(
            "x86",
            "amd64",
            "x86-64",
            "bzImage",
            "qemu-system-x86_64",
            "qemu-system-x86",
            "q35",
            "max,erms=off,fsrm=off",
            "ttyS0",
            "linux-x86-64");

    /** Return the path of the boot image in a build's output. */
    public String bootImagePath() {
        return "arch/" + kernelName + "/boot/" + bootImage;
    }

    /** Return the suffix of Debian's kernel packages for virtual machines. */
    public String cloudFlavour() {
        return "-cloud-" + debianName;
    }
}
