package io.untorn.simulated;

import io.untorn.model.contents.Stamp;
import io.untorn.model.history.Environment;
import io.untorn.model.history.Extent;
import io.untorn.model.history.History;
import io.untorn.model.history.KernelUnderTest;
import io.untorn.model.history.Step;
import io.untorn.model.history.Trace;
import io.untorn.model.limits.StatxAnswer;
import io.untorn.model.limits.XfsGeometry;
import io.untorn.model.operation.Subject;
import io.untorn.model.target.Facility;
import io.untorn.model.target.Limits;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A kernel that runs in this JVM, without I/O: real bytes on a disk with a volatile cache, files of extents on a block
 * allocator, a page cache. Written from the documents and not from the rules, so that each can show the other wrong.
 *
 * <p>The same trace gives the same history, but for {@link SimulatedFault#TORN_NOW_AND_THEN}; what a power cut leaves follows from
 * the trace too.
 */
public final class SimulatedKernel implements KernelUnderTest {
    private final SimulatedMachine machine;
    private final KernelFeatures kernel;
    private final SimulatedConsole console = new SimulatedConsole();
    private @Nullable Mounted mounted;
    private int runs;

    private record Mounted(Target target, Volume volume) {}

    public SimulatedKernel(SimulatedMachine machine) {
        this.machine = machine;
        kernel = new KernelFeatures(machine);
    }

    @Override
    public Environment prepare(Target target) {
        SimulatedDisk disk = new SimulatedDisk(machine.diskSize(), machine.disk());
        Volume volume = target.kind() == TargetKind.BLOCK_DEVICE
                ? new RawDevice(machine, disk)
                : new FileSystem(machine, disk, target, console);
        mounted = new Mounted(target, volume);
        return environment(mounted);
    }

    /**
     * Run a trace on the target prepared last.
     *
     * @throws IllegalStateException if the trace is for another target
     */
    @Override
    public History run(Trace trace) {
        if (mounted == null || !mounted.target.equals(trace.target())) {
            throw new IllegalStateException("a trace for " + trace.target() + ", which was not prepared");
        }
        Volume volume = mounted.volume;
        volume.reset();
        console.reset();
        Environment environment = environment(mounted);
        runs++;
        List<Step> steps = new TraceRun(machine.in(runs), kernel, volume, console, trace, new Stamp(runs)).steps();
        return new History(trace, environment, steps, extents(volume), console.lines());
    }

    @Override
    public Set<Facility> facilities() {
        return Set.of(Facility.POWER_CUT, Facility.IO_URING, Facility.LIBAIO);
    }

    private Environment environment(Mounted on) {
        Limits limits = StatxFaults.reported(kernel.limits(on.target, 0), machine);
        boolean answers = limits.supported() || kernel.answersStatx(on.target.kind());
        return new Environment(
                machine.release(),
                new StatxAnswer(limits, answers, answers),
                kernel.disk(),
                on.target.kind() == TargetKind.XFS ? KernelFeatures.XFS : XfsGeometry.NONE,
                SimulatedDisk.SECTOR,
                WriteCall.MEMORY_ALIGNMENT,
                on.volume.size(Subject.FILE));
    }

    private static List<Extent> extents(Volume volume) {
        try {
            return volume.extents();
        } catch (Refused refused) {
            return List.of();
        }
    }

    /** It prints each time. */
    @Override
    public void rearmWarnings() {}

    @Override
    public void close() {
        mounted = null;
    }
}
