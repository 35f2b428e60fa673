package io.untorn.simulated;

import io.untorn.model.target.Limits;
import io.untorn.model.target.Target;

/** What statx reports, with the faults that change only that. */
final class StatxFaults {
    private StatxFaults() {}

    static Limits reported(Limits limits, SimulatedMachine machine) {
        if (!limits.supported()) {
            return limits;
        }
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
