package io.untorn.model.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.untorn.model.target.KernelVersion;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class StackTest {
    private static final KernelVersion NEWEST = new KernelVersion(7, 3);
    private static final HardwareLimits SMALL = new HardwareLimits(true, 1024, 65536, 65536, 0);
    private static final HardwareLimits LARGE = new HardwareLimits(true, 4096, 131072, 262144, 0);

    @ParameterizedTest
    @CsvSource({
        "MD_RAID0, 6.12, 6.13",
        "MD_RAID1, 6.12, 6.13",
        "MD_RAID10, 6.12, 6.13",
        "MD_LINEAR, 6.18, 6.19",
        "DM_LINEAR, 6.13, 6.14",
        "DM_STRIPED, 6.13, 6.14",
        "DM_MIRROR, 6.13, 6.14",
        "DM_MULTIPATH, 6.18, 6.19",
        "DM_CRYPT, 6.18, 6.19"
    })
    void eachKindHasItsFirstVersion(StackKind kind, String last, String first) {
        assertThat(stack(kind, 0, last, SMALL)).isEqualTo(HardwareLimits.NONE);
        assertThat(stack(kind, 0, first, SMALL)).isEqualTo(SMALL);
    }

    @ParameterizedTest
    @EnumSource(names = {"MD_RAID456", "DM_OTHER"})
    void someKindsNeverPassThemOn(StackKind kind) {
        assertThat(stack(kind, 0, "7.3", SMALL)).isEqualTo(HardwareLimits.NONE);
    }

    @Test
    void theWeakestMemberDecides() {
        HardwareLimits both = new HardwareLimits(true, 4096, 65536, 65536, 0);

        assertThat(stack(StackKind.MD_RAID1, 0, "7.3", SMALL, LARGE)).isEqualTo(both);
        assertThat(stack(StackKind.MD_RAID1, 0, "7.3", LARGE, SMALL)).isEqualTo(both);
    }

    @Test
    void oneMemberWithoutSupportIsEnough() {
        assertThat(stack(StackKind.MD_RAID1, 0, "7.3", SMALL, HardwareLimits.NONE))
                .isEqualTo(HardwareLimits.NONE);
        assertThat(stack(StackKind.MD_RAID1, 0, "7.3", HardwareLimits.NONE, SMALL))
                .isEqualTo(HardwareLimits.NONE);
        assertThat(stack(StackKind.MD_RAID1, 0, "7.3", new HardwareLimits(false, 1024, 4096, 4096, 0)))
                .isEqualTo(HardwareLimits.NONE);
    }

    @Test
    void membersMustOverlap() {
        HardwareLimits tiny = new HardwareLimits(true, 512, 2048, 2048, 0);
        HardwareLimits touching = new HardwareLimits(true, 512, 4096, 4096, 0);

        assertThat(stack(StackKind.DM_LINEAR, 0, "7.3", LARGE, tiny)).isEqualTo(HardwareLimits.NONE);
        assertThat(stack(StackKind.DM_LINEAR, 0, "7.3", tiny, LARGE)).isEqualTo(HardwareLimits.NONE);
        assertThat(stack(StackKind.DM_LINEAR, 0, "7.3", LARGE, touching))
                .isEqualTo(new HardwareLimits(true, 4096, 4096, 4096, 0));
    }

    @Test
    void boundariesMustBeEqual() {
        HardwareLimits bounded = new HardwareLimits(true, 1024, 65536, 65536, 65536);

        assertThat(stack(StackKind.MD_RAID1, 0, "7.3", bounded, bounded)).isEqualTo(bounded);
        assertThat(stack(StackKind.MD_RAID1, 0, "7.3", bounded, SMALL)).isEqualTo(HardwareLimits.NONE);
        assertThat(stack(StackKind.MD_RAID0, 131072, "7.3", bounded, bounded)).isEqualTo(bounded);
        assertThat(stack(StackKind.MD_RAID0, 98304, "7.3", bounded, bounded)).isEqualTo(HardwareLimits.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        // chunk: smallest, largest, most
        "65536, 1024, 65536, 65536",
        "524288, 1024, 65536, 65536",
        "16384, 1024, 16384, 16384",
        "24576, 1024, 8192, 24576"
    })
    void unitsDoNotCrossStripes(long chunk, long unitMin, long unitMax, long max) {
        assertThat(stack(StackKind.MD_RAID0, chunk, "7.3", SMALL, SMALL))
                .isEqualTo(new HardwareLimits(true, unitMin, unitMax, max, 0));
    }

    @Test
    void aStripeBelowUnitMinDisablesASecondMember() {
        assertThat(stack(StackKind.MD_RAID0, 512, "7.3", SMALL)).isEqualTo(new HardwareLimits(true, 512, 512, 512, 0));
        assertThat(stack(StackKind.MD_RAID0, 512, "7.3", SMALL, SMALL)).isEqualTo(HardwareLimits.NONE);
    }

    @Test
    void dataMustStartAlignedFrom614On() {
        Stack stack = new Stack(StackKind.MD_RAID1, 0, List.of(new Stack.Member(LARGE, 6 * 512)));

        assertThat(stack.hardwareLimits(new KernelVersion(6, 13))).isEqualTo(LARGE);
        assertThat(stack.hardwareLimits(new KernelVersion(6, 14))).isEqualTo(HardwareLimits.NONE);
        assertThat(new Stack(StackKind.MD_RAID1, 0, List.of(new Stack.Member(LARGE, 8 * 512))).hardwareLimits(NEWEST))
                .isEqualTo(LARGE);
    }

    @Test
    void aStackOfNothingIsRefused() {
        assertThatThrownBy(() -> new Stack(StackKind.MD_RAID0, 0, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a stack of nothing");
    }

    private static HardwareLimits stack(StackKind kind, long chunk, String kernel, HardwareLimits... members) {
        List<Stack.Member> all = Arrays.stream(members)
                .map(limits -> new Stack.Member(limits, 0))
                .toList();
        return new Stack(kind, chunk, all).hardwareLimits(KernelVersion.parse(kernel));
    }
}
