package io.untorn.vm.host;

/**
 * A processor architecture that guests can have, with all that depends on it and is data. What reads boot images is code:
 * {@code KernelImage} and {@code Vmlinux} read those of x86.
 *
 * @param kernelName what the kernel's build calls it: {@code ARCH}, and the folder below {@code arch/}
 * @param debianName what Debian calls it
 * @param description what users are told it is
 * @param bootImage the file that a build leaves for boot loaders, which is a make target too
 * @param machineProgram the program of QEMU's
 * @param machinePackage the Debian package with that program
 * @param machineType the machine that QEMU puts the processor into
 * @param translatedProcessor the processor for QEMU's {@code -cpu} option where QEMU translates the guest's instructions
 * @param serialConsole the kernel's name for the machine's first serial port
 * @param nativeLibraries the folder that JNA has its library for it in
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
     * That of today's guests. The translator carries out string instructions byte by byte, so the guest is not told that they
     * are fast: clearing the disk's 321 MB takes half the time.
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

    /** Return where in a build's output the boot image is. */
    public String bootImagePath() {
        return "arch/" + kernelName + "/boot/" + bootImage;
    }

    /** Return what the names of Debian's packages with a kernel for virtual machines end with. */
    public String cloudFlavour() {
        return "-cloud-" + debianName;
    }
}
