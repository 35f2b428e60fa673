package io.untorn.agent;

import io.untorn.agent.linux.GuestCallException;
import io.untorn.agent.linux.Ioctls;
import io.untorn.agent.linux.LibC;
import io.untorn.agent.linux.StatxResult;
import io.untorn.model.Access;
import io.untorn.model.Subject;

/** A target as one trace has it open: a device, or a file with its twin. */
final class OpenTarget implements AutoCloseable {
    private static final String NO_OPTIONS = "";

    private final PreparedTarget target;
    private final TargetFile file;
    private final TargetFile twin;
    private String options = NO_OPTIONS;

    /** Open a target as a trace finds it: a device as it is, a file empty and new, with a twin that is likewise. */
    OpenTarget(PreparedTarget target) {
        this.target = target;
        file = new TargetFile(target.path());
        twin = new TargetFile(twin(target));
        if (target.isFile()) {
            file.create();
            twin.create();
        } else {
            file.open();
        }
    }

    /** Remove the files of a target that is not open; a device stays. */
    static void remove(PreparedTarget target) {
        if (target.isFile()) {
            LibC.unlink(target.path());
            LibC.unlink(twin(target));
        }
    }

    private static String twin(PreparedTarget target) {
        return target.path() + ".twin";
    }

    boolean isFile() {
        return target.isFile();
    }

    TargetFile file() {
        return file;
    }

    /** Return one of the two files; the twin of a device is never open. */
    TargetFile file(Subject subject) {
        return subject == Subject.FILE ? file : twin;
    }

    /** Return the file's or device's descriptor of reads and writes. */
    int descriptor(Access access) {
        return file.descriptor(access);
    }

    /** Return the size in bytes of a target of which statx told this: of a device it tells none. */
    long size(StatxResult told) {
        return isFile() ? told.size() : Ioctls.deviceSize(file.control());
    }

    /** Change the options of the mounted file system. */
    void remount(String wanted) throws GuestCallException {
        mount().remount(wanted);
        options = wanted;
    }

    /**
     * Unmount the file system, mount it with options and open the files again, in the mode they were open in.
     *
     * @throws GuestCallException if the mount fails; the file system is then mounted without options
     */
    void mountAgain(String wanted) throws GuestCallException {
        file.close();
        twin.close();
        unmount();
        try {
            mount().mount(wanted);
        } catch (GuestCallException e) {
            mountWithoutOptions();
            openAgain();
            throw e;
        }
        options = wanted;
        openAgain();
    }

    private void openAgain() {
        file.open();
        twin.open();
    }

    private Mount mount() {
        return target.mount().orElseThrow(() -> new AgentException(target + " is on no file system of the agent"));
    }

    private void unmount() {
        try {
            mount().unmount();
        } catch (GuestCallException e) {
            throw new AgentException(e.getMessage(), e);
        }
    }

    private void mountWithoutOptions() {
        try {
            mount().mount(NO_OPTIONS);
            options = NO_OPTIONS;
        } catch (GuestCallException e) {
            throw new AgentException(e.getMessage(), e);
        }
    }

    /** Close what is open, and leave the file system mounted as the next trace shall find it. */
    @Override
    public void close() {
        file.close();
        twin.close();
        if (!options.equals(NO_OPTIONS)) {
            unmount();
            mountWithoutOptions();
        }
    }
}
