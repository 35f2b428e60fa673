package io.untorn.simulated;

import static io.untorn.simulated.Piece.Kind.UNWRITTEN;
import static io.untorn.simulated.Piece.Kind.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ExtentMapTest {
    private final ExtentMap extents = new ExtentMap();

    @Test
    void showsHolesBetweenPieces() {
        extents.put(new Piece(2, 100, 2, WRITTEN));

        assertThat(extents.over(0, 6))
                .containsExactly(Piece.hole(0, 2), new Piece(2, 100, 2, WRITTEN), Piece.hole(4, 6));
        assertThat(extents.over(3, 4)).containsExactly(new Piece(3, 101, 1, WRITTEN));
    }

    @Test
    void mergesWhatContinues() {
        extents.put(new Piece(0, 100, 2, WRITTEN));
        extents.put(new Piece(4, 104, 2, WRITTEN));
        extents.put(new Piece(2, 102, 2, WRITTEN));

        assertThat(extents.pieces()).containsExactly(new Piece(0, 100, 6, WRITTEN));
    }

    @Test
    void keepsApartWhatLiesElsewhereOrIsOfAnotherKind() {
        extents.put(new Piece(0, 100, 2, WRITTEN));
        extents.put(new Piece(2, 200, 2, WRITTEN));
        extents.put(new Piece(4, 202, 2, UNWRITTEN));

        assertThat(extents.pieces()).hasSize(3);
    }

    @Test
    void replacesTheMiddleOfAPiece() {
        extents.put(new Piece(0, 100, 6, UNWRITTEN));
        extents.put(new Piece(2, 102, 2, WRITTEN));

        assertThat(extents.pieces())
                .containsExactly(
                        new Piece(0, 100, 2, UNWRITTEN),
                        new Piece(2, 102, 2, WRITTEN),
                        new Piece(4, 104, 2, UNWRITTEN));
    }

    @Test
    void returnsWhatItTakesOut() {
        extents.put(new Piece(0, 100, 6, WRITTEN));

        assertThat(extents.remove(2, 4)).containsExactly(new Piece(2, 102, 2, WRITTEN));
        assertThat(extents.pieces()).containsExactly(new Piece(0, 100, 2, WRITTEN), new Piece(4, 104, 2, WRITTEN));
    }

    @Test
    void movesWhatFollows() {
        extents.put(new Piece(0, 100, 6, WRITTEN));
        extents.shift(4, 3);

        assertThat(extents.pieces()).containsExactly(new Piece(0, 100, 4, WRITTEN), new Piece(7, 104, 2, WRITTEN));
    }
}
