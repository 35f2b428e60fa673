package io.untorn.simulated;

import io.untorn.model.operation.Statx.Via;
import io.untorn.model.target.Limits;
import io.untorn.model.target.Target;

/** What statx reports, with the faults that change only that. */
final class StatxFaults {
    private StatxFaults() {}

    private static final long RAISED = 16 << 10;
    private static final long MANY = 7;

    /** Return what is reported of a file that is mounted without options, or of a device. */
    static Limits reported(Limits limits, SimulatedMachine machine) {
        return reported(limits, 0, machine);
    }

    /** Return what is reported of a file after a mount with an option, in bytes; 0 for none. */
    static Limits reported(Limits limits, long maxAtomicWrite, SimulatedMachine machine) {
        if (!limits.supported()) {
            return limits;
        }
        return maxAtomicWrite == 0 ? wrong(limits, machine) : wrongAfterMount(limits, machine);
    }

    /** Return what is reported by a way to ask. */
    static Limits reported(Limits limits, Via via, SimulatedMachine machine) {
        boolean right =
                switch (via) {
                    case DESCRIPTOR -> true;
                    case PATH -> !machine.has(SimulatedFault.STATX_OF_PATH_SILENT);
                    case O_PATH -> !machine.has(SimulatedFault.STATX_OF_O_PATH_SILENT);
                    case LINK_FOLLOWED -> !machine.has(SimulatedFault.STATX_OF_FOLLOWED_LINK_SILENT);
                    case LINK -> machine.has(SimulatedFault.STATX_OF_LINK_TELLS_LIMITS);
                    case DIRECTORY -> machine.has(SimulatedFault.STATX_OF_DIRECTORY_TELLS_LIMITS);
                };
        return right ? limits : Limits.NONE;
    }

    private static Limits wrongAfterMount(Limits limits, SimulatedMachine machine) {
        if (machine.has(SimulatedFault.MOUNT_DROPS_LIMITS)) {
            return Limits.NONE;
        }
        Limits wrong = wrong(limits, machine);
        return new Limits(
                machine.has(SimulatedFault.MOUNT_RAISES_MIN) ? RAISED : wrong.unitMin(),
                wrong.unitMax(),
                wrong.unitMaxOptimal(),
                machine.has(SimulatedFault.MOUNT_ADDS_SEGMENTS) ? MANY : wrong.segmentsMax(),
                wrong.attribute() && !machine.has(SimulatedFault.MOUNT_DROPS_ATTRIBUTE));
    }

    private static Limits wrong(Limits limits, SimulatedMachine machine) {
        return new Limits(
                limits.unitMin() >> (machine.has(SimulatedFault.STATX_MIN_HALVED) ? 1 : 0),
                limits.unitMax() << (machine.has(SimulatedFault.STATX_MAX_DOUBLED) ? 1 : 0),
                limits.unitMaxOptimal() + (machine.has(SimulatedFault.STATX_OPTIMAL_INVENTED) ? limits.unitMin() : 0),
                limits.segmentsMax() + (machine.has(SimulatedFault.STATX_SEGMENTS_INVENTED) ? 1 : 0),
                limits.attribute() && !machine.has(SimulatedFault.STATX_ATTRIBUTE_MISSING));
    }

    /** Return the size that statx reports, in bytes. */
    static long reported(long size, Target target, SimulatedMachine machine) {
        boolean rounded =
                machine.has(SimulatedFault.STATX_SIZE_ROUNDED) && target.kind().isFile();
        int block = target.blockSize();
        return rounded ? (size + block - 1) / block * block : size;
    }
}
