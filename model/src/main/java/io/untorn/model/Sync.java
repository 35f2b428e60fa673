package io.untorn.model;

import static io.untorn.model.Expectation.required;
import static io.untorn.model.Outcome.DONE;
import static io.untorn.model.Scope.EVERYWHERE;

import io.untorn.model.Rule.Answer;
import java.util.List;
import java.util.Locale;

/** Write back what is cached, by one of four ways. */
public record Sync(Way way) implements Operation {
    /** The ways; all but {@code SYNC_FILE_RANGE} make durable what was written. */
    public enum Way {
        /** fsync(2). */
        FSYNC,
        /** fdatasync(2). */
        FDATASYNC,
        /** sync_file_range(2) over the whole file, waiting before and after. */
        SYNC_FILE_RANGE,
        /** syncfs(2). */
        SYNCFS
    }

    static List<Rule> rules() {
        return List.of(
                Rule.answering(
                        "sync-makes-durable",
                        "fsync, fdatasync and syncfs of a healthy target return 0; what was written before survives a "
                                + "power cut.",
                        EVERYWHERE,
                        new Answer<>(
                                Sync.class,
                                (sync, on) -> sync.way() != Way.SYNC_FILE_RANGE,
                                (sync, on) -> required(DONE, sync.after(on))),
                        "fsync(2), DESCRIPTION and RETURN VALUE",
                        "syncfs(2), DESCRIPTION: means the file system, of a device that which holds its node"),
                Rule.answering(
                        "sync-file-range-succeeds",
                        "sync_file_range of a healthy target returns 0; it promises nothing about a power cut.",
                        EVERYWHERE,
                        Answer.always(
                                Sync.class,
                                (sync, on) -> required(DONE, on.state().allocatedDelayed())),
                        "sync_file_range(2), WARNING"));
    }

    /** Create an fsync(2). */
    public static Sync fsync() {
        return new Sync(Way.FSYNC);
    }

    private FileState after(Situation on) {
        return way != Way.SYNCFS
                ? on.state().fileDurable()
                : on.target().kind().isFile() ? on.state().durable() : on.state();
    }

    @Override
    public void touch(Footprint footprint) {}

    @Override
    public boolean mayChange() {
        return false;
    }

    @Override
    public String toString() {
        return way.name().toLowerCase(Locale.ROOT);
    }
}
