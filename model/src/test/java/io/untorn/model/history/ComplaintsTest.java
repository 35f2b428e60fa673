package io.untorn.model.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.model.console.OperationMark;
import io.untorn.model.console.Splat;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Write;
import io.untorn.model.oracle.Histories;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ComplaintsTest {
    private static final Outcome DONE = new Outcome.Returned(4096);
    private static final Outcome EIO = new Outcome.Failed(Errno.EIO);
    private static final Outcome EREMOTEIO = new Outcome.Failed(Errno.EREMOTEIO);
    private static final String COLLISION =
            "[    2.0] Direct I/O collision with buffered writes! File: /file Comm: java";
    private static final String REFUSED =
            "[    2.0] critical target error, dev sda, sector 42489 op 0x1:(WRITE) flags 0x8808800 phys_seg 1 prio class 2";

    /** Return a history of operations with these outcomes, and of the lines that came in one of them. */
    private static History marked(List<Outcome> outcomes, int operation, String... lines) {
        List<String> console = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            console.add("[    1.0] " + OperationMark.before(i));
            if (i == operation) {
                console.addAll(List.of(lines));
            }
        }
        return history(outcomes, console);
    }

    private static History history(List<Outcome> outcomes, List<String> console) {
        List<Operation> operations = outcomes.stream()
                .<Operation>map(outcome -> Write.plain(Access.DIRECT, 0, 4096))
                .toList();
        List<Step> steps = IntStream.range(0, outcomes.size())
                .mapToObj(i -> new Step(operations.get(i), i, i, outcomes.get(i)))
                .toList();
        return new History(
                new Trace(Histories.XFS, operations),
                Histories.environment("7.3.4", Histories.XFS),
                steps,
                List.of(),
                console);
    }

    /** Of several writes that are handed over at once each line may repeat the error of one. */
    @Test
    void aLineMayRepeatTheErrorOfOneRequest() {
        Outcome one = new Outcome.Each(List.of(DONE, EIO));
        Outcome none = new Outcome.Each(List.of(DONE, DONE));
        assertThat(Complaints.of(marked(List.of(DONE, one), 1, COLLISION))).isEmpty();
        assertThat(Complaints.of(marked(List.of(DONE, none), 1, COLLISION))).hasSize(1);
        assertThat(Complaints.of(history(List.of(one), List.of(COLLISION, COLLISION))))
                .hasSize(1);
        Outcome both = new Outcome.Each(List.of(EIO, EIO));
        assertThat(Complaints.of(history(List.of(both), List.of(COLLISION, COLLISION))))
                .isEmpty();
    }

    @Test
    void aLineBesideTheErrorThatItRepeatsIsNone() {
        assertThat(Complaints.of(marked(List.of(DONE, EIO, DONE), 1, COLLISION, COLLISION)))
                .isEmpty();
        assertThat(Complaints.of(marked(List.of(DONE, EREMOTEIO), 1, REFUSED))).isEmpty();
    }

    @Test
    void theSameLineInAnotherOperationIsOne() {
        assertThat(Complaints.of(marked(List.of(DONE, EIO, DONE), 0, COLLISION)))
                .hasSize(1);
        assertThat(Complaints.of(marked(List.of(DONE, EIO, DONE), 2, COLLISION)))
                .extracting(Splat::operation)
                .containsExactly(Optional.of(2));
    }

    @Test
    void theSameLineBesideAnotherErrorIsOne() {
        assertThat(Complaints.of(marked(List.of(DONE, EREMOTEIO, DONE), 1, COLLISION)))
                .hasSize(1);
        assertThat(Complaints.of(marked(List.of(DONE, EIO, DONE), 1, REFUSED))).hasSize(1);
    }

    @Test
    void aComplaintThatNoErrorRepeatsIsOneWhateverCameBack() {
        assertThat(Complaints.of(marked(
                        List.of(DONE, EIO),
                        1,
                        "[    2.0] Buffer I/O error on dev sda, logical block 0, async page read")))
                .hasSize(1);
    }

    @Test
    void whatComesAfterTheLastOperationIsOne() {
        List<String> console = List.of("[    1.0] " + OperationMark.before(1), REFUSED);
        assertThat(Complaints.of(history(List.of(EREMOTEIO), console))).hasSize(1);
    }

    @Test
    void withoutMarksEachErrorTakesOneLine() {
        assertThat(Complaints.of(history(List.of(EIO, DONE, EIO), List.of(COLLISION, COLLISION))))
                .isEmpty();
        assertThat(Complaints.of(history(List.of(EIO, DONE), List.of(COLLISION, COLLISION))))
                .hasSize(1);
        assertThat(Complaints.of(history(List.of(EREMOTEIO, DONE), List.of(COLLISION))))
                .hasSize(1);
        assertThat(Complaints.of(history(List.of(DONE), List.of(REFUSED)))).hasSize(1);
    }
}
