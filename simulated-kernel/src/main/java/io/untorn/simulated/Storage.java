package io.untorn.simulated;

/**
 * What the files of one file system share.
 *
 * @param block bytes of a block
 * @param cluster blocks that are handed out together; 1 without bigalloc
 */
record Storage(SimulatedMachine machine, SimulatedDisk disk, BlockAllocator space, int block, int cluster) {
    static Storage made(SimulatedMachine machine, SimulatedDisk disk, int block, int allocationUnit) {
        BlockAllocator space = new BlockAllocator((int) (disk.size() / allocationUnit), machine.space());
        return new Storage(machine, disk, space, block, allocationUnit / block);
    }

    boolean has(SimulatedFault fault) {
        return machine.has(fault);
    }

    /** Return the bytes that are handed out together. */
    int allocationUnit() {
        return block * cluster;
    }

    long down(long offset) {
        return offset / block;
    }

    long up(long offset) {
        return (offset + block - 1) / block;
    }
}
