package io.untorn.model.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Ranges are added, taken out and joined. */
final class CachedPagesTest {
    @Test
    void nothingIsHeldOfNone() {
        assertThat(CachedPages.NONE.mayHold(0, Long.MAX_VALUE)).as("any byte").isFalse();
        assertThat(CachedPages.NONE.with(8, 8)).isEqualTo(CachedPages.NONE);
        assertThat(CachedPages.ANY.mayHold(1 << 20, 1)).as("a byte of any").isTrue();
        assertThat(CachedPages.ANY.mayHold(1 << 20, 0)).as("no byte of any").isFalse();
    }

    @Test
    void aRangeIsHeldFromItsStartUpToItsEnd() {
        CachedPages pages = CachedPages.NONE.with(8, 16);

        assertThat(pages.mayHold(0, 8)).as("before").isFalse();
        assertThat(pages.mayHold(0, 9)).as("its first byte").isTrue();
        assertThat(pages.mayHold(15, 1)).as("its last byte").isTrue();
        assertThat(pages.mayHold(16, 8)).as("after").isFalse();
    }

    @Test
    void rangesThatMeetAreOne() {
        assertThat(CachedPages.NONE.with(0, 8).with(16, 24).with(8, 16)).isEqualTo(CachedPages.NONE.with(0, 24));
        assertThat(CachedPages.NONE.with(0, 8).with(4, 24)).isEqualTo(CachedPages.NONE.with(0, 24));
        assertThat(CachedPages.NONE.with(0, 8).or(CachedPages.NONE.with(16, 24)))
                .isEqualTo(CachedPages.NONE.with(16, 24).with(0, 8))
                .isNotEqualTo(CachedPages.NONE.with(0, 24));
    }

    @Test
    void aRangeIsTakenOutOfOthers() {
        CachedPages around = CachedPages.NONE.with(0, 24).without(8, 16);

        assertThat(around).isEqualTo(CachedPages.NONE.with(0, 8).with(16, 24));
        assertThat(around.without(0, Long.MAX_VALUE)).isEqualTo(CachedPages.NONE);
        assertThat(around.without(8, 16)).isEqualTo(around);
    }
}
