package io.untorn.model.limits;

import io.untorn.model.target.KernelVersion;
import java.util.List;

/**
 * A block device made of others. A dm table of several targets is a stack of stacks.
 *
 * @param kind what makes it
 * @param chunkSize bytes of a stripe on one member; 0 without stripes
 * @param members what it is made of, at least one
 */
public record Stack(StackKind kind, long chunkSize, List<Member> members) {
    private static final KernelVersion START_COUNTS = new KernelVersion(6, 14);

    /**
     * A device below.
     *
     * @param limits what its own driver, or the stack that it is, reports
     * @param dataStart bytes from its start to where the stack's data begins
     */
    public record Member(HardwareLimits limits, long dataStart) {}

    public Stack {
        members = List.copyOf(members);
        if (members.isEmpty()) {
            throw new IllegalArgumentException("a stack of nothing");
        }
    }

    /**
     * Return what the stack reports to the block layer: what all of its members can do, and what fits a stripe; nothing
     * where one of them can do nothing.
     *
     * <p>Linux 6.13 to 6.17 can take the word of a later member for that of an earlier one without support, and 6.13 to
     * 6.16 keep the stripe's size where a physical block can hide it. Upstream calls both faults, so they are none of
     * the rules here.
     *
     * <p>Source: kernel block/blk-settings.c, blk_stack_atomic_writes_limits, …_head, …_tail, …_chunk_sectors (6.17 to
     * 7.3).
     */
    public HardwareLimits hardwareLimits(KernelVersion kernel) {
        HardwareLimits first = members.get(0).limits();
        boolean all = members.stream().allMatch(member -> takesAtomicWrites(member, kernel));
        if (!all || !kind.passesAtomicWrites(kernel) || !QueueGeometry.areMultiples(chunkSize, first.boundary())) {
            return HardwareLimits.NONE;
        }
        HardwareLimits top = withinChunk(first);
        for (Member member : members.subList(1, members.size())) {
            HardwareLimits bottom = member.limits();
            if (top.boundary() != bottom.boundary()
                    || top.unitMin() > bottom.unitMax()
                    || top.unitMax() < bottom.unitMin()) {
                return HardwareLimits.NONE;
            }
            top = withinChunk(new HardwareLimits(
                    true,
                    Math.max(top.unitMin(), bottom.unitMin()),
                    Math.min(top.unitMax(), bottom.unitMax()),
                    Math.min(top.max(), bottom.max()),
                    top.boundary()));
        }
        return top;
    }

    private static boolean takesAtomicWrites(Member member, KernelVersion kernel) {
        return member.limits().feature()
                && member.limits().unitMin() != 0
                && (!kernel.isAtLeast(START_COUNTS) || member.limits().mayStartAt(member.dataStart()));
    }

    private HardwareLimits withinChunk(HardwareLimits limits) {
        if (chunkSize == 0) {
            return limits;
        }
        long unitMax = Math.min(limits.unitMax(), Long.lowestOneBit(chunkSize));
        return new HardwareLimits(
                true,
                Math.min(limits.unitMin(), unitMax),
                unitMax,
                Math.min(limits.max(), chunkSize),
                limits.boundary());
    }
}
