package io.untorn.conformance.generate.partition;

import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.FreeSpace;
import io.untorn.model.operation.OpenMode;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Situation;
import io.untorn.model.state.Blocks.Kind;
import io.untorn.model.state.FileState;
import java.util.List;
import java.util.Set;

/** An atomic write and what it met; lengths and places in bytes. */
public final class Attempt {
    private final Write write;
    private final Situation on;
    private final long place;
    private final List<Kind> below;

    public Attempt(Write write, Situation on) {
        this.write = write;
        this.on = on;
        place = Math.max(0, on.place(write));
        below = on.state().blocks().sequence(place, Math.max(1, write.length()));
    }

    /** Return the write. */
    public Write write() {
        return write;
    }

    /** Return what it met. */
    public Situation on() {
        return on;
    }

    /** Return what another write would have met there. */
    Attempt with(Write other) {
        return new Attempt(other, on);
    }

    /** Return what the write would have met if the target had been in another state. */
    Attempt on(FileState other) {
        return new Attempt(write, new Situation(on.target(), on.environment(), other, on.cached(), on.index()));
    }

    FileState state() {
        return on.state();
    }

    int length() {
        return write.length();
    }

    /** Return where the write went, which may be at EOF or at the descriptor's position. */
    long place() {
        return place;
    }

    long end() {
        return place + length();
    }

    /** Return how large the target was. */
    long size() {
        return on.size();
    }

    int unitMin() {
        return testbed().unitMin();
    }

    int unitMax() {
        return testbed().unitMax();
    }

    int block() {
        return testbed().block();
    }

    Testbed testbed() {
        return new Testbed(on.target(), on.environment(), Set.of());
    }

    OpenMode mode() {
        return on.state().open().mode();
    }

    long sizeLimit() {
        return on.state().sizeLimit();
    }

    FreeSpace space() {
        return on.state().conditions().space();
    }

    Attribute attribute() {
        return on.state().conditions().attribute();
    }

    int missing() {
        return write.buffer().missing();
    }

    boolean isAligned(long unit) {
        return write.offset() % unit == 0;
    }

    /** Return the kinds of blocks below the write, in order, each run once. */
    List<Kind> below() {
        return below;
    }
}
