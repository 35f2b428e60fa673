package io.untorn.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PageCacheTest {
    private static final int BLOCK = 512;

    private final byte[] below = new byte[8 * BLOCK];
    private final List<Long> stores = new ArrayList<>();
    private final PageCache cache = new PageCache(
            new PageCache.Backing() {
                @Override
                public byte[] load(long offset, int length) {
                    return Arrays.copyOfRange(below, (int) offset, (int) offset + length);
                }

                @Override
                public void store(long offset, byte[] data) {
                    stores.add(offset);
                    System.arraycopy(data, 0, below, (int) offset, data.length);
                }
            },
            BLOCK);

    @Test
    void keepsDataUntilItIsWrittenBack() throws Refused {
        cache.write(10, new byte[] {1, 2});

        assertThat(cache.read(9, 4)).containsExactly(0, 1, 2, 0);
        assertThat(below).containsOnly(0);
        cache.writeBack(0, Long.MAX_VALUE);
        assertThat(below[10]).isEqualTo((byte) 1);
        assertThat(cache.dirty()).isEmpty();
        assertThat(cache).matches(one -> one.holds(0, BLOCK), "holds the first block");
    }

    @Test
    void writesBackOnlyWhatTheRangeTouches() throws Refused {
        cache.write(0, new byte[] {1});
        cache.write(3 * BLOCK, new byte[] {3});
        cache.writeBack(0, BLOCK);

        assertThat(cache.dirty()).containsExactly(3L);
    }

    @Test
    void writesNeighboursBackAtOnce() throws Refused {
        cache.write(0, new byte[2 * BLOCK]);
        cache.write(4 * BLOCK, new byte[BLOCK]);
        cache.writeBack(0, Long.MAX_VALUE);

        assertThat(stores).containsExactly(0L, 4L * BLOCK);
    }

    @Test
    void forgetsWhatIsDropped() {
        cache.write(0, new byte[] {1});
        cache.drop(0, 1);

        assertThat(cache.read(0, 1)).containsExactly(0);
    }
}
