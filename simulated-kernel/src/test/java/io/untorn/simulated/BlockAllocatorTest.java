package io.untorn.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.untorn.simulated.BlockAllocator.Run;
import org.junit.jupiter.api.Test;

final class BlockAllocatorTest {
    private static final int COUNT = 128;

    @Test
    void takesTheFirstFreeBlocksAfterTheMetadata() throws Refused {
        BlockAllocator space = new BlockAllocator(COUNT, Space.WHOLE);

        assertThat(space.allocate(4)).isEqualTo(new Run(37, 4));
        assertThat(space.allocate(1000)).isEqualTo(new Run(41, COUNT - 41));
        assertThatThrownBy(() -> space.allocate(1)).isInstanceOf(Refused.class);
    }

    @Test
    void givesShortRunsWhereSpaceIsFragmented() throws Refused {
        BlockAllocator space = new BlockAllocator(COUNT, Space.FRAGMENTED);

        assertThat(space.allocate(8)).isEqualTo(new Run(37, 1));
        assertThat(space.allocate(8)).isEqualTo(new Run(39, 3));
    }

    @Test
    void alignedRunsAreAlignedAndDoNotOverlap() throws Refused {
        BlockAllocator space = new BlockAllocator(4 * COUNT, Space.FRAGMENTED);
        Run first = space.allocateAligned(8);
        Run second = space.allocateAligned(8);

        assertThat(first.start() % 8).isZero();
        assertThat(second.start() % 8).isZero();
        assertThat(second.start()).isGreaterThanOrEqualTo(first.start() + 8);
        assertThatThrownBy(() -> space.allocateAligned(4 * COUNT)).isInstanceOf(Refused.class);
    }

    @Test
    void theFaultyAllocatorIsOneBlockOff() throws Refused {
        assertThat(new BlockAllocator(COUNT, Space.WHOLE).allocateMisaligned(8).start() % 8)
                .isEqualTo(1);
    }

    @Test
    void freeBlocksComeBackWhenThatIsCommitted() throws Refused {
        BlockAllocator space = new BlockAllocator(COUNT, Space.WHOLE);
        Run run = space.allocate(4);
        space.release(run.start(), 4);

        assertThat(space.allocate(4)).isEqualTo(new Run(41, 4));
        space.commit();
        assertThat(space.allocate(4)).isEqualTo(run);
    }

    @Test
    void whatAFilledFileSystemHasLeftLiesApart() throws Refused {
        BlockAllocator space = new BlockAllocator(COUNT, Space.WHOLE);
        space.fillAllBut(2, 4);

        assertThat(space.allocate(8)).isEqualTo(new Run(37, 4));
        assertThat(space.allocate(8)).isEqualTo(new Run(42, 4));
        space.require(0);
        assertThatThrownBy(() -> space.require(1)).isInstanceOf(Refused.class);
    }

    @Test
    void sharedBlocksStayUntilTheLastOwnerGoes() throws Refused {
        BlockAllocator space = new BlockAllocator(COUNT, Space.WHOLE);
        Run run = space.allocate(4);
        space.share(run.start(), 2);

        assertThat(space).matches(blocks -> blocks.isShared(37), "block 37 is shared");
        assertThat(space).matches(blocks -> !blocks.isShared(39), "block 39 is not shared");
        space.release(run.start(), 4);
        space.commit();
        assertThat(space).matches(blocks -> !blocks.isShared(37), "block 37 is no longer shared");
        assertThat(space.allocate(1)).isEqualTo(new Run(39, 1));
        space.release(run.start(), 2);
        space.commit();
        assertThat(space.allocate(1)).isEqualTo(new Run(37, 1));
    }

    @Test
    void anOwnerCountedTwiceShares() {
        BlockAllocator space = new BlockAllocator(COUNT, Space.WHOLE);
        space.reset();
        space.own(50, 2);
        space.own(51, 1);

        assertThat(space).matches(blocks -> !blocks.isShared(50), "block 50 is not shared");
        assertThat(space).matches(blocks -> blocks.isShared(51), "block 51 is shared");
    }
}
