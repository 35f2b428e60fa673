package io.untorn.model.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class OperationMarkTest {
    @Test
    void whatIsLoggedIsFoundOnTheConsole() {
        assertThat(OperationMark.operation("[    1.000000] " + OperationMark.before(0)))
                .hasValue(0);
        assertThat(OperationMark.operation("[    1.000000][   T93] " + OperationMark.before(41)))
                .hasValue(41);
        assertThat("[    1.000000] " + OperationMark.end(7))
                .matches(line -> OperationMark.isEnd(line, 7), "ends operation 7")
                .matches(line -> !OperationMark.isEnd(line, 77), "does not end operation 77");
        assertThat("[    1.000000] " + OperationMark.end(77))
                .matches(line -> !OperationMark.isEnd(line, 7), "does not end operation 7");
        assertThat(List.of("[    1.000000] " + OperationMark.before(0), "[    1.000000] " + OperationMark.end(0)))
                .allMatch(OperationMark::isMark, "is a mark");
    }

    @Test
    void aProcessThatLeftItsLineOpenHidesNone() {
        assertThat(OperationMark.operation("login: [    1.000000] " + OperationMark.before(2)))
                .hasValue(2);
        assertThat(Splat.starts(List.of("xxx[   85.537270] BUG: scheduling while atomic: java/93/0x00000002")))
                .hasSize(1);
    }

    @Test
    void whatOnlyLooksLikeOneIsNone() {
        assertThat(List.of(
                        OperationMark.before(0),
                        "[    1.000000] untorn: operation one",
                        "[    1.000000] I said untorn: operation 1"))
                .noneMatch(OperationMark::isMark);
    }

    @Test
    void theLastIsTheOneThatWasBegunLast() {
        assertThat(OperationMark.last(List.of(
                        "[    1.000000] " + OperationMark.before(0),
                        "[    1.000000] " + OperationMark.before(1),
                        "[    1.000000] sysrq: Show Blocked State")))
                .hasValue(1);
        assertThat(OperationMark.last(List.of())).isEmpty();
    }
}
