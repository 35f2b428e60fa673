package io.untorn.model.operation;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Flags of pwritev2(2) or preadv2(2).
 *
 * @param bits the flags as the kernel takes them; only those that {@link RwFlag} names
 */
public record RwFlags(int bits) {
    public static final RwFlags NONE = new RwFlags(0);
    public static final RwFlags ATOMIC = of(RwFlag.ATOMIC);

    private static final int ALL = 0x4000_01FF;

    public RwFlags {
        if ((bits & ~ALL) != 0) {
            throw new IllegalArgumentException("flags without a name: 0x" + Integer.toHexString(bits & ~ALL));
        }
    }

    /** Return the union of flags. */
    public static RwFlags of(RwFlag... flags) {
        int bits = 0;
        for (RwFlag flag : flags) {
            bits |= flag.bit();
        }
        return new RwFlags(bits);
    }

    /** Tell whether a flag is among these. */
    public boolean has(RwFlag flag) {
        return (bits & flag.bit()) != 0;
    }

    /** Return these flags and another. */
    public RwFlags with(RwFlag flag) {
        return new RwFlags(bits | flag.bit());
    }

    /** Return these flags without one. */
    public RwFlags without(RwFlag flag) {
        return new RwFlags(bits & ~flag.bit());
    }

    /** Return the flags, in the order of their bits. */
    public List<RwFlag> flags() {
        return Stream.of(RwFlag.values()).filter(this::has).toList();
    }

    @Override
    public String toString() {
        return flags().stream().map(RwFlag::name).collect(Collectors.joining("|"));
    }
}
