package io.untorn.conformance.generate.partition;

import io.untorn.model.contents.Stamp;
import io.untorn.model.operation.Batch;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Subject;
import io.untorn.model.operation.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An atomic write in the making, with the operations that prepare for it and undo that.
 *
 * @param testbed where it is to be done
 * @param before done before it, in this order
 * @param write the write
 * @param after done after it, in this order
 * @param subject what it writes to; a write that names no place goes to the file all the same
 * @param company what is handed over together with it: none unless a batch may hold all
 */
public record Draft(
        Testbed testbed,
        List<Operation> before,
        Write write,
        List<Operation> after,
        Subject subject,
        List<Write> company) {
    /** Begin with the plainest write: as short as is legal, at the start. */
    static Draft on(Testbed testbed) {
        return new Draft(testbed, List.of(), Write.atomic(0, testbed.unitMin()), List.of(), Subject.FILE, List.of());
    }

    Draft with(Write other) {
        return new Draft(testbed, before, other, after, subject, List.of());
    }

    /** Return this as one to the twin. */
    Draft toTwin() {
        return new Draft(testbed, before, write, after, Subject.TWIN, List.of());
    }

    /** Return this with others by its engine, which are handed over together with it; as it is if no batch may hold them. */
    Draft beside(List<Write> others) {
        if (subject == Subject.TWIN || others.isEmpty()) {
            return this;
        }
        try {
            Draft all = new Draft(testbed, before, write, after, subject, others);
            all.batch();
            return all;
        } catch (IllegalArgumentException e) {
            return this;
        }
    }

    /** Return this with another length; one that no operation can have is cut to {@link Operation#MAX_LENGTH}. */
    Draft sized(long length) {
        return with(write.sized((int) Math.min(length, Operation.MAX_LENGTH)));
    }

    /** Return this with another offset. */
    Draft at(long offset) {
        return with(write.at(offset));
    }

    /** Return this with operations before the write, after those that are there. */
    Draft prepared(List<Operation> operations) {
        return new Draft(testbed, joined(before, operations), write, after, subject, company);
    }

    Draft prepared(Operation operation) {
        return prepared(List.of(operation));
    }

    /** Return this with an operation after the write, before those that are there. */
    Draft undone(Operation operation) {
        return new Draft(testbed, before, write, joined(List.of(operation), after), subject, company);
    }

    int length() {
        return write.length();
    }

    long place() {
        return write.stampedOffset();
    }

    long end() {
        return place() + length();
    }

    /** Return the largest place up to another at which operations other than atomic writes may begin. */
    static long word(long place) {
        return place / Stamp.WORD * Stamp.WORD;
    }

    /** Return all operations in their order. */
    List<Operation> operations() {
        Operation alone = subject == Subject.TWIN && write.offset() >= 0 ? write.toTwin() : write;
        Operation done = company.isEmpty() ? alone : batch();
        return Stream.of(before, List.of(done), after).flatMap(List::stream).toList();
    }

    /** The write is in the middle of its company. */
    private Batch batch() {
        List<Write> requests = new ArrayList<>(company);
        requests.add(company.size() / 2, write);
        return new Batch(requests);
    }

    private static List<Operation> joined(List<Operation> first, List<Operation> second) {
        List<Operation> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}
