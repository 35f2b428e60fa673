package io.untorn.conformance.generate.partition;

import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Origin;
import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.FreeSpace;
import io.untorn.model.operation.OpenMode;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Subject;
import io.untorn.model.operation.TwinWrite;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Situation;
import io.untorn.model.state.Blocks.Kind;
import io.untorn.model.state.FileState;
import io.untorn.model.state.HeldMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** An atomic write and what it met; lengths and places in bytes. */
public final class Attempt {
    /** How often two files take turns at least until they count as grown in turn. */
    private static final int TURNS = 2;

    private final Write write;
    private final Situation on;
    private final Subject subject;
    private final long place;
    private final List<Kind> below;
    private final List<Write> company;

    /** Return the attempts that an operation is: itself, or those of its requests that are atomic writes. */
    public static List<Attempt> of(Operation operation, Situation on) {
        List<Write> writes = operation.writes();
        return IntStream.range(0, writes.size())
                .filter(at -> writes.get(at).atomic())
                .mapToObj(at -> operation instanceof TwinWrite
                        ? new Attempt(writes.get(at), on.ofTwin(), Subject.TWIN, List.of())
                        : new Attempt(writes.get(at), on, Subject.FILE, others(writes, at)))
                .toList();
    }

    private static List<Write> others(List<Write> writes, int at) {
        List<Write> others = new ArrayList<>(writes);
        others.remove(at);
        return others;
    }

    private Attempt(Write write, Situation on, Subject subject, List<Write> company) {
        this.subject = subject;
        this.company = company;
        this.write = write;
        this.on = on;
        place = Math.max(0, on.place(write));
        below = on.state().blocks().sequence(place, Math.max(1, write.length()));
    }

    Subject subject() {
        return subject;
    }

    /** Return the writes that were handed over together with it. */
    List<Write> company() {
        return company;
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
        return new Attempt(other, on, subject, company);
    }

    /** Return what the write would have met if the target had been in another state. */
    Attempt on(FileState other) {
        return new Attempt(
                write, new Situation(on.target(), on.environment(), other, on.caches(), on.index()), subject, company);
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

    /** Return the position of the write's descriptor. */
    long position() {
        return on.state().open().position(write.access());
    }

    Optional<HeldMapping> mapping() {
        return on.state().conditions().mapping();
    }

    int missing() {
        return write.buffer().missing();
    }

    boolean isAligned(long unit) {
        return write.offset() % unit == 0;
    }

    /** Return into how many pieces, by their blocks or by who wrote them, what lies below the write is divided. */
    int pieces() {
        int written = on.state().contents().slice(place, length()).runs().size();
        return Math.max(below.size(), written);
    }

    /**
     * Tell whether the file was written in pieces, one behind the other, and the other file between each two of them; the
     * write meets one of the pieces.
     */
    boolean grewInTurn() {
        NavigableSet<Integer> others = new TreeSet<>();
        on.ofTwin().state().contents().runs().forEach(run -> writer(run).ifPresent(others::add));
        if (others.size() < TURNS) {
            return false;
        }
        int turns = 0;
        boolean met = false;
        List<Contents.Run> runs = on.state().contents().runs();
        for (int i = 1; i < runs.size(); i++) {
            int first = writer(runs.get(i - 1)).orElse(Integer.MAX_VALUE);
            int second = writer(runs.get(i)).orElse(Integer.MIN_VALUE);
            if (first < second && !others.subSet(first, second).isEmpty()) {
                turns++;
                met |= runs.get(i - 1).offset() < end()
                        && place < runs.get(i).offset() + runs.get(i).length();
            }
        }
        return met && turns >= TURNS;
    }

    private static OptionalInt writer(Contents.Run run) {
        return run.origin() instanceof Origin.Written written
                ? OptionalInt.of(written.operation())
                : OptionalInt.empty();
    }

    /** Return how many extents of the file are known to have blocks. */
    long extents() {
        return on.state().blocks().runs().stream()
                .filter(run -> run.kind() != Kind.HOLE && run.kind() != Kind.DELAYED)
                .count();
    }

    /** Return the kinds of blocks below the write, in order, each run once. */
    List<Kind> below() {
        return below;
    }
}
