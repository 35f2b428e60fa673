package io.untorn.simulated;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Keeps what files were like after each transaction since the last commit. After a power cut they are as one of these
 * left them; a commit flushes the disk first, so all data sent before it is durable.
 */
final class Journal {
    private final Storage storage;
    private final List<RegularFile> files;
    private final List<Transaction> transactions = new ArrayList<>();
    private Transaction committed;

    private record Transaction(List<RegularFile.State> states, long sent) {}

    Journal(Storage storage, List<RegularFile> files) {
        this.storage = storage;
        this.files = files;
        committed = now();
    }

    /** End a transaction: what the files are like now may be what a power cut leaves. */
    void transaction() {
        transactions.add(now());
    }

    /** Make durable what the files are like now, and all data sent. */
    void commit() {
        storage.disk().flush();
        storage.space().commit();
        transactions.clear();
        committed = now();
    }

    /** Lose at random what was not committed. */
    void cutPower(Random random) throws Refused {
        int survivors = random.nextInt(transactions.size() + 1);
        Transaction last = survivors == 0 ? committed : transactions.get(survivors - 1);
        storage.disk().cutPower(last.sent, random);
        restore(last.states);
        for (RegularFile file : files) {
            file.dropPastEnd();
        }
        commit();
    }

    /** Make the files empty. */
    void reset() {
        storage.disk().reset();
        storage.space().empty();
        restore(files.stream().map(file -> new RegularFile.State(List.of(), 0)).toList());
        commit();
    }

    private void restore(List<RegularFile.State> states) {
        BlockAllocator space = storage.space();
        space.reset();
        for (int i = 0; i < files.size(); i++) {
            files.get(i).restore(states.get(i));
        }
        for (RegularFile.State state : states) {
            int cluster = storage.cluster();
            long owned = -1;
            for (Piece piece : state.pieces()) {
                for (long unit = piece.physical() / cluster;
                        unit * cluster < piece.physical() + piece.length();
                        unit++) {
                    if (cluster == 1 || unit != owned) {
                        space.own(unit, 1);
                    }
                    owned = unit;
                }
            }
        }
    }

    private Transaction now() {
        return new Transaction(
                files.stream().map(RegularFile::state).toList(), storage.disk().sent());
    }
}
