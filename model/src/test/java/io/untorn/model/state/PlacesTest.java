package io.untorn.model.state;

import static io.untorn.model.state.Places.Fit.FITS;
import static io.untorn.model.state.Places.Fit.FITS_IN_PIECES;
import static io.untorn.model.state.Places.Fit.MISFIT;
import static io.untorn.model.state.Places.Fit.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.model.history.Extent;
import io.untorn.model.state.Places.Fit;
import io.untorn.model.state.Places.Range;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether bytes 8192 to 16383 lie so that the disk can write them at once. */
final class PlacesTest {
    private static final int B = 4096;
    private static final Range RANGE = new Range(2 * B, 2 * B);

    static Stream<Arguments> extents() {
        return Stream.of(
                row(UNKNOWN),
                row(FITS, at(2, 4, 2)),
                row(FITS, at(0, 8, 8)),
                row(FITS, at(0, 1, 2), at(2, 4, 2), at(4, 1, 2)),
                row(MISFIT, at(2, 5, 2)),
                row(MISFIT, at(0, 9, 8)),
                row(FITS_IN_PIECES, at(2, 4, 1), at(3, 5, 1)),
                row(MISFIT, at(2, 4, 1), at(3, 6, 1)),
                row(MISFIT, at(2, 5, 1), at(3, 6, 1)),
                row(UNKNOWN, at(2, 4, 1)),
                row(UNKNOWN, at(3, 5, 1)),
                row(UNKNOWN, at(0, 2, 2), at(4, 6, 2)),
                row(UNKNOWN, new Extent(2 * B, 4 * B, 2 * B, 0x2)),
                row(UNKNOWN, new Extent(2 * B, 4 * B, 2 * B, 0x4)),
                row(FITS, new Extent(2 * B, 4 * B, 2 * B, 0x1)));
    }

    @ParameterizedTest
    @MethodSource("extents")
    void aRangeLiesAsItsExtentsDo(Fit fit, List<Extent> extents) {
        assertThat(Places.fit(extents, RANGE)).isEqualTo(fit);
        assertThat(Places.afterAtomic(RANGE).seeing(extents)).satisfies(seen -> {
            assertThat(seen.fit(RANGE)).isEqualTo(fit);
            assertThat(seen.atomic()).contains(RANGE);
        });
    }

    @Test
    void anythingThatChangesTheFileEndsTheKnowledge() {
        assertThat(Places.UNKNOWN.fit(RANGE)).isEqualTo(UNKNOWN);
        assertThat(Places.afterAtomic(RANGE).fit(RANGE)).isEqualTo(UNKNOWN);
    }

    /** Return an extent: its place in the file and on the disk and its length, in blocks. */
    private static Extent at(long logical, long physical, long length) {
        return new Extent(logical * B, physical * B, length * B, 0);
    }

    private static Arguments row(Fit fit, Extent... extents) {
        return Arguments.of(fit, List.of(extents));
    }
}
