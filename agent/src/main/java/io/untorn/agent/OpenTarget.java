package io.untorn.agent;

import io.untorn.agent.linux.GuestCallException;
import io.untorn.agent.linux.GuestCalls;
import io.untorn.agent.linux.Ioctls;
import io.untorn.agent.linux.LibC;
import io.untorn.agent.linux.StatxResult;
import io.untorn.agent.linux.Uapi;
import io.untorn.agent.protocol.AgentException;
import io.untorn.agent.protocol.Mount;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.FreeSpace;
import io.untorn.model.operation.Subject;
import java.nio.file.Path;
import java.util.function.Supplier;

/** A target as one trace has it open: a device, or a file with its twin. */
final class OpenTarget implements AutoCloseable {
    private static final String NO_OPTIONS = "";

    private final PreparedTarget target;
    private final TargetFile file;
    private final TargetFile twin;
    private final boolean withTwin;
    private FreeSpace space = FreeSpace.PLENTY;
    private String options = NO_OPTIONS;
    private Attribute attribute = Attribute.NONE;

    /** Open a target as one finds it that does not use the twin: a device as it is, a file empty and new. */
    OpenTarget(PreparedTarget target) {
        this(target, false);
    }

    private OpenTarget(PreparedTarget target, boolean withTwin) {
        this.target = target;
        this.withTwin = withTwin;
        file = new TargetFile(target.path());
        twin = new TargetFile(twin(target));
        if (!target.isFile()) {
            file.open();
            return;
        }
        file.create();
        if (withTwin) {
            twin.create();
        } else {
            LibC.unlink(twin(target));
        }
    }

    /** Open a target as a trace finds it: a device as it is, a file empty and new, with such a twin if the trace uses it. */
    static OpenTarget of(PreparedTarget target, Trace trace) {
        return new OpenTarget(target, target.isFile() && trace.touchesTwin());
    }

    /** Remove the files of a target that is not open; a device stays. */
    static void remove(PreparedTarget target) {
        if (target.isFile()) {
            LibC.unlink(target.path());
            LibC.unlink(twin(target));
        }
    }

    /** Remove the files of a target that is not open, and mount its file system again, so that all they took is free. */
    static void removeForGood(PreparedTarget target) {
        remove(target);
        target.mount().ifPresent(mount -> {
            unmount(mount);
            mountWithoutOptions(mount);
        });
    }

    /** Make the symbolic link that leads to a target, open or not, unless it is there. */
    static void link(PreparedTarget target) {
        int result = LibC.symlink(target.path(), target.link());
        if (result < 0 && result != -GuestCalls.EEXIST) {
            throw new AgentException("no link to " + target + " can be made: errno " + -result);
        }
    }

    private static String twin(PreparedTarget target) {
        return target.path() + ".twin";
    }

    boolean isFile() {
        return target.isFile();
    }

    /** Return the path of the file or device. */
    String path() {
        return target.path();
    }

    /** Return the path of the symbolic link to it. */
    String link() {
        return target.link();
    }

    /** Return the directory that the file or device node is in. */
    String directory() {
        return String.valueOf(Path.of(target.path()).getParent());
    }

    TargetFile file() {
        return file;
    }

    /** Return one of the two files; a twin that is not used is never open. */
    TargetFile file(Subject subject) {
        return subject == Subject.FILE ? file : twin;
    }

    /** Return the file's or device's descriptor of reads and writes. */
    int descriptor(Access access) {
        return file.descriptor(access);
    }

    /** Return the size in bytes of a target of which statx reported this: of a device it reports none. */
    long size(StatxResult reported) {
        return isFile() ? reported.size() : Ioctls.deviceSize(file.control());
    }

    /** Write back the target's file system, and take or give back its free space; a device has none. */
    void leaveFree(FreeSpace left) {
        if (isFile()) {
            Filler filler = filler();
            LibC.syncfs(file.control());
            space = left;
            filler.leave(left);
        }
    }

    private Filler filler() {
        return new Filler(Path.of(mount().directory()), target.target().kind());
    }

    /** Give the file or device one attribute in place of others, and make that durable. Return 0 or an errno negated. */
    int change(Attribute wanted) {
        int result = Ioctls.changeFlags(
                file.control(), Uapi.FS_IMMUTABLE_FL | Uapi.FS_APPEND_FL | Uapi.FS_JOURNAL_DATA_FL, flag(wanted));
        if (result < 0) {
            return result;
        }
        attribute = wanted;
        return LibC.fsync(file.control());
    }

    private static int flag(Attribute attribute) {
        return switch (attribute) {
            case NONE -> 0;
            case APPEND_ONLY -> Uapi.FS_APPEND_FL;
            case IMMUTABLE -> Uapi.FS_IMMUTABLE_FL;
            case DATA_JOURNALLED -> Uapi.FS_JOURNAL_DATA_FL;
        };
    }

    private void require(Attribute wanted) {
        int result = attribute == wanted ? 0 : change(wanted);
        if (result < 0) {
            throw new AgentException(target + " can't be made " + wanted + ": errno " + -result);
        }
    }

    /** Change the options of the mounted file system. */
    void remount(String wanted) throws GuestCallException {
        mount().remount(wanted);
        options = wanted;
    }

    /**
     * Unmount the file system, mount it with options and open the files again, in the mode they were open in. The file
     * has no attribute meanwhile: that could keep it from being opened.
     *
     * @throws GuestCallException if the mount fails; the file system is then mounted without options
     */
    void mountAgain(String wanted) throws GuestCallException {
        Attribute had = attribute;
        unmountClosed();
        try {
            mount().mount(wanted);
        } catch (GuestCallException e) {
            mountWithoutOptions();
            openAgain(had);
            throw e;
        }
        options = wanted;
        openAgain(had);
    }

    /** Tell whether the agent mounted the file system that the file is on. */
    boolean isMounted() {
        return target.mount().isPresent();
    }

    /** Do something while the file system is not mounted; then mount it without options and open the files again. */
    <T> T whileUnmounted(Supplier<T> task) {
        Attribute had = attribute;
        unmountClosed();
        try {
            return task.get();
        } finally {
            mountWithoutOptions();
            openAgain(had);
        }
    }

    /**
     * Do something while neither file is there, nor one that takes free space, and the file system was mounted since without
     * options; then make the files again, empty, in the mode they were open in.
     */
    <T> T whileRemoved(Supplier<T> task) {
        if (space != FreeSpace.PLENTY) {
            filler().remove();
            space = FreeSpace.PLENTY;
        }
        require(Attribute.NONE);
        file.close();
        twin.close();
        removeForGood(target);
        options = NO_OPTIONS;
        T result = task.get();
        file.create();
        if (withTwin) {
            twin.create();
        }
        return result;
    }

    private void unmountClosed() {
        require(Attribute.NONE);
        file.close();
        twin.close();
        unmount(mount());
    }

    private void openAgain(Attribute had) {
        file.open();
        if (withTwin) {
            twin.open();
        }
        require(had);
    }

    private Mount mount() {
        return target.mount().orElseThrow(() -> new AgentException(target + " is on no file system of the agent"));
    }

    private static void unmount(Mount mount) {
        try {
            mount.unmount();
        } catch (GuestCallException e) {
            throw new AgentException(e.getMessage(), e);
        }
    }

    private void mountWithoutOptions() {
        mountWithoutOptions(mount());
        options = NO_OPTIONS;
    }

    private static void mountWithoutOptions(Mount mount) {
        try {
            mount.mount(NO_OPTIONS);
        } catch (GuestCallException e) {
            throw new AgentException(e.getMessage(), e);
        }
    }

    /** Close what is open, and leave the file and its file system as the next trace must find them. */
    @Override
    public void close() {
        if (isFile()) {
            require(Attribute.NONE);
        }
        if (space != FreeSpace.PLENTY) {
            filler().remove();
        }
        file.close();
        twin.close();
        if (!options.equals(NO_OPTIONS)) {
            unmount(mount());
            mountWithoutOptions();
        }
    }
}
