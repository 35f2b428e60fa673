package io.untorn.simulated;

import io.untorn.model.history.Errno;
import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.LimitFileSize;
import io.untorn.model.operation.OpenMode;
import io.untorn.model.target.Limits;
import io.untorn.model.target.Target;

/** The process that runs a trace: what it has open, and what the mount that it looks at allows. */
final class Task {
    private final SimulatedMachine machine;
    private final KernelFeatures kernel;
    private final Target target;
    private final SimulatedConsole console;
    private long maxAtomicWrite;
    private Limits limits;
    private Descriptors descriptors;
    private long sizeLimit = LimitFileSize.UNLIMITED;
    private Attribute attribute = Attribute.NONE;

    Task(SimulatedMachine machine, KernelFeatures kernel, Target target, SimulatedConsole console) {
        this.machine = machine;
        this.kernel = kernel;
        this.target = target;
        this.console = console;
        limits = kernel.limits(target, 0);
        descriptors = new Descriptors(OpenMode.READ_WRITE, limits.supported());
    }

    /** Return the process with the twin in the file's place: opened read-write, without an attribute. */
    Task ofTwin() {
        Task twin = new Task(machine, kernel, target, console);
        twin.mount(maxAtomicWrite);
        twin.openAgain(OpenMode.READ_WRITE);
        twin.limitFileSize(sizeLimit);
        return twin;
    }

    SimulatedMachine machine() {
        return machine;
    }

    KernelFeatures kernel() {
        return kernel;
    }

    Target target() {
        return target;
    }

    SimulatedConsole console() {
        return console;
    }

    /** Return the true limits of the mount as it is now. */
    Limits limits() {
        return limits;
    }

    /** Take the limits of a mount with an option {@code max_atomic_write}, 0 for none. */
    void mount(long bytes) {
        maxAtomicWrite = bytes;
        limits = kernel.limits(target, bytes);
    }

    /** Return the option {@code max_atomic_write} of the mount as it is now, in bytes; 0 for none. */
    long maxAtomicWrite() {
        return maxAtomicWrite;
    }

    Descriptors descriptors() {
        return descriptors;
    }

    /** Open the file in a mode, or fail as its attribute says. */
    void open(OpenMode mode) throws Refused {
        if (!mode.readOnly()
                && (attribute == Attribute.IMMUTABLE || (attribute == Attribute.APPEND_ONLY && !mode.append()))) {
            throw new Refused(Errno.EPERM);
        }
        openAgain(mode);
    }

    /** Open the file in a mode, whatever its attribute. */
    void openAgain(OpenMode mode) {
        descriptors = new Descriptors(mode, limits.supported());
    }

    /** Tell whether the file has an attribute. */
    boolean has(Attribute other) {
        return attribute == other;
    }

    Attribute attribute() {
        return attribute;
    }

    void change(Attribute other) {
        attribute = other;
    }

    /** Return how large a file may become, in bytes: RLIMIT_FSIZE, or what its file system takes. */
    long sizeLimit() {
        long largest = target.largestFile();
        return sizeLimit == LimitFileSize.UNLIMITED ? largest : Math.min(sizeLimit, largest);
    }

    void limitFileSize(long bytes) {
        sizeLimit = bytes;
    }
}
