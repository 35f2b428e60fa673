package io.untorn.model.rules;

import static io.untorn.model.oracle.Histories.EXT4;
import static io.untorn.model.oracle.Histories.XFS;
import static io.untorn.model.oracle.VerdictAssert.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Outcome.Told;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.Remount.Notation;
import io.untorn.model.operation.Remount.Way;
import io.untorn.model.operation.Statx;
import io.untorn.model.operation.Statx.Via;
import io.untorn.model.oracle.Histories;
import io.untorn.model.target.Limits;
import io.untorn.model.target.Target;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Limits follow from the option of the mount, not from what a kernel says of them. */
final class LimitsAfterMountTest {
    private static final String RELEASE = "7.3.4+deb13-cloud-amd64";
    private static final Outcome EINVAL = new Outcome.Failed(Errno.EINVAL);

    /** What statx reports after a mount with 65536. */
    private static final Limits RIGHT = new Limits(4096, 65536, 65536, 1, true);

    static Stream<Arguments> forged() {
        return Stream.of(
                arguments("the smallest unit is raised", told(16384, 65536, 65536, 1, true)),
                arguments("there are seven segments", told(4096, 65536, 65536, 7, true)),
                arguments("the attribute is gone", told(4096, 65536, 65536, 1, false)),
                arguments("the limits are gone", new Told(0, Limits.NONE)),
                arguments("the largest unit is half", told(4096, 32768, 32768, 1, true)),
                arguments("the largest unit is that of the first mount", told(4096, 1 << 20, 65536, 1, true)),
                arguments("the optimum is gone", told(4096, 65536, 0, 1, true)),
                arguments("the optimum is larger than the unit", told(4096, 65536, 1 << 20, 1, true)),
                arguments("the file is longer", new Told(8, RIGHT)),
                arguments("it is refused", EINVAL),
                arguments("it fails with EIO", new Outcome.Failed(Errno.EIO)),
                arguments("nothing is told", Outcome.DONE));
    }

    private static Told told(long min, long max, long optimal, long segments, boolean attribute) {
        return new Told(0, new Limits(min, max, optimal, segments, attribute));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forged")
    void aForgedAnswerToAMountBreaksTheRule(String what, Outcome wrong) {
        for (Way way : Way.values()) {
            assertThat(Histories.judge(RELEASE, XFS, List.of(), new Remount(way, 65536), wrong))
                    .as(what + ", " + way)
                    .breaks("max-atomic-write-sets-limits");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theRightAnswerConforms(Way way) {
        assertThat(Histories.judge(RELEASE, XFS, List.of(), new Remount(way, 65536), new Told(0, RIGHT)))
                .reached("max-atomic-write-sets-limits");
    }

    /** Values that are refused, each with the check that does; no answer but EINVAL will do, whatever is told. */
    @ParameterizedTest
    @CsvSource({
        "65536, MINUS_SIGN, max-atomic-write-is-a-number",
        "65536, HEXADECIMAL, max-atomic-write-is-a-number",
        "65536, TWO_SUFFIXES, max-atomic-write-is-a-number",
        "65536, SUFFIX_ALONE, max-atomic-write-is-a-number",
        "65536, NOTHING, max-atomic-write-is-a-number",
        "0, NOTHING, max-atomic-write-is-a-number",
        "5000, BYTES, max-atomic-write-is-a-power-of-two",
        "12288, KIBIBYTES, max-atomic-write-is-a-power-of-two",
        "2048, BYTES, max-atomic-write-is-whole-blocks",
        "1, PLUS_SIGN, max-atomic-write-is-whole-blocks",
        "33554432, MEBIBYTES, max-atomic-write-is-within-reach",
        "1073741824, GIBIBYTES, max-atomic-write-is-within-reach",
        "1099511627776, CAPITAL_GIBIBYTES, max-atomic-write-is-within-reach",
    })
    void anOptionThatCannotBeIsRefused(long bytes, Notation notation, String rule) {
        for (Way way : Way.values()) {
            Remount remount = new Remount(way, bytes, notation);
            assertThat(Histories.judge(RELEASE, XFS, List.of(), remount, EINVAL))
                    .reached(rule);
            for (Limits wrong : List.of(RIGHT, new Limits(4096, bytes, 65536, 1, true), Limits.NONE)) {
                assertThat(Histories.judge(RELEASE, XFS, List.of(), remount, new Told(0, wrong)))
                        .breaks(rule);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {"MINUS_SIGN", "HEXADECIMAL", "TWO_SUFFIXES", "SUFFIX_ALONE", "NOTHING"},
            mode = EnumSource.Mode.EXCLUDE)
    void everySpellingOfANumberIsTaken(Notation notation) {
        Remount remount = new Remount(Way.LIVE, 1 << 30 >> 6, notation);
        long bytes = remount.asked().orElseThrow();
        Limits limits =
                bytes == 0 ? Histories.environment(RELEASE, XFS).limits() : new Limits(4096, bytes, 65536, 1, true);

        assertThat(Histories.judge(RELEASE, XFS, List.of(), remount, new Told(0, limits)))
                .conforms();
        assertThat(Histories.judge(RELEASE, XFS, List.of(), remount, EINVAL)).breaksAnyRule();
    }

    @ParameterizedTest
    @EnumSource
    void zeroIsTheDefault(Way way) {
        List<Operation> before = List.of(new Remount(Way.LIVE, 65536));
        Remount remount = new Remount(way, 0, Notation.KIBIBYTES);
        Limits found = Histories.environment(RELEASE, XFS).limits();

        assertThat(Histories.judge(RELEASE, XFS, before, remount, new Told(0, found)))
                .reached("max-atomic-write-zero-is-default");
        assertThat(Histories.judge(RELEASE, XFS, before, remount, new Told(0, RIGHT)))
                .breaks("max-atomic-write-zero-is-default");
        assertThat(Histories.judge(RELEASE, XFS, before, remount, EINVAL)).breaks("max-atomic-write-zero-is-default");
    }

    @ParameterizedTest
    @CsvSource({
        "7.3.4, EXT4, ext4-has-no-max-atomic-write",
        "6.1.0, EXT4, ext4-has-no-max-atomic-write",
        "6.12.117, XFS, xfs-has-no-max-atomic-write",
        "6.15.9, XFS, xfs-has-no-max-atomic-write",
    })
    void whereTheOptionIsUnknownItIsRefused(String release, String file, String rule) {
        Target target = file.equals("XFS") ? XFS : EXT4;
        Limits found = Histories.environment(release, target).limits();
        Remount remount = new Remount(Way.UNMOUNT_AND_MOUNT, 4096);

        assertThat(Histories.judge(release, target, List.of(), remount, EINVAL)).reached(rule);
        assertThat(Histories.judge(release, target, List.of(), remount, new Told(0, found)))
                .breaks(rule);
    }

    static Stream<Arguments> ways() {
        return Arrays.stream(Via.values()).map(via -> arguments(new Statx(via)));
    }

    /** What each way reports after a mount: the same of the file, nothing of a link and of a directory. */
    @ParameterizedTest
    @MethodSource("ways")
    void eachWayToAskIsComparedAfterAMount(Statx statx) {
        List<Operation> before = List.of(new Remount(Way.LIVE, 65536));
        Told file = new Told(0, RIGHT);
        Told other = new Told(0, Limits.NONE);
        boolean ofFile = statx.via().leadsToTarget();

        assertThat(Histories.judge(RELEASE, XFS, before, statx, ofFile ? file : other))
                .conforms();
        assertThat(Histories.judge(RELEASE, XFS, before, statx, ofFile ? other : file))
                .breaksAnyRule();
        assertThat(Histories.judge(RELEASE, XFS, before, statx, new Told(0, new Limits(4096, 65536, 65536, 7, true))))
                .breaksAnyRule();
        assertThat(Histories.judge(RELEASE, XFS, before, statx, EINVAL)).breaksAnyRule();
    }
}
