package io.untorn.vm.kernel;

/**
 * One of Debian's cloud kernels.
 *
 * @param version its Debian version
 * @param offered whether the archive has it
 * @param kept whether it is in the cache
 */
public record DebianKernel(String version, boolean offered, boolean kept) {}
