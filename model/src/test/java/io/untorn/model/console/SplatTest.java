package io.untorn.model.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SplatTest {
    private static final Pattern HEADS = Pattern.compile("(?m)^# ");
    private static final String MARK = "[    1.000001] untorn: operation ";

    /**
     * A console with one splat.
     *
     * @param kind the kind that it must be; with {@code none} there must be no splat
     * @param functions the functions that it must name
     */
    record Sample(String kind, List<String> functions, List<String> lines) {
        @Override
        public String toString() {
            return kind + ": " + lines.get(0);
        }
    }

    /** Read the samples: each begins with a line {@code # KIND FUNCTION...}. */
    static List<Sample> samples() throws IOException {
        List<Sample> samples = new ArrayList<>();
        for (String part : HEADS.splitAsStream(resource("splats.txt")).toList()) {
            List<String> lines = part.lines().toList();
            if (!part.isBlank()) {
                List<String> words = List.of(lines.get(0).split(" "));
                samples.add(new Sample(words.get(0), words.subList(1, words.size()), lines.subList(1, lines.size())));
            }
        }
        return samples;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(SplatTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aSampleIsWhatItIs(Sample sample) {
        List<Splat> splats = Splat.in(sample.lines());
        if (sample.kind().equals("none")) {
            assertThat(splats).isEmpty();
        } else {
            assertThat(splats).as(splats.toString()).singleElement().satisfies(splat -> {
                assertThat(splat.kind().name()).isEqualTo(sample.kind());
                assertThat(splat.lines()).isEqualTo(sample.lines());
                assertThat(splat.functions()).isEqualTo(sample.functions());
            });
        }
    }

    /** Each sample is recognized between the marks of operations, among other lines of the kernel. */
    @ParameterizedTest
    @MethodSource("samples")
    void aSampleIsTiedToItsOperation(Sample sample) {
        List<String> console =
                new ArrayList<>(List.of(MARK + 1, "[    1.0] EXT4-fs (sda): mounted filesystem", MARK + 2));
        console.addAll(sample.lines());
        console.addAll(List.of(MARK + 3, "[    9.0] EXT4-fs (sda): unmounting filesystem"));
        assertThat(Splat.in(console))
                .allSatisfy(splat -> assertThat(splat.operation()).contains(1))
                .hasSize(sample.kind().equals("none") ? 0 : 1);
    }

    @Test
    void everyKindHasASample() throws IOException {
        List<SplatKind> reports = new ArrayList<>(SplatKinds.ALL_KINDS);
        reports.removeAll(
                OneLineComplaints.ALL.stream().map(OneLineComplaints.Line::kind).toList());
        Set<String> kinds = reports.stream().map(SplatKind::name).collect(Collectors.toCollection(TreeSet::new));
        assertThat(samples().stream().map(Sample::kind).filter(kind -> !kind.equals("none")))
                .containsAll(kinds);
        assertThat(reports).isNotEmpty().allSatisfy(kind -> {
            assertThat(samples().stream().flatMap(sample -> sample.lines().stream()))
                    .as("lines that begin " + kind)
                    .anyMatch(line -> KernelLine.text(line).filter(kind::begins).isPresent());
            assertThat(kind.printedBy()).isNotBlank();
            assertThat(kind.allowed()).allSatisfy(allowed -> {
                assertThat(allowed.reason()).isNotBlank();
                assertThat(samples().stream()
                                .filter(sample -> sample.kind().equals("none"))
                                .flatMap(sample -> sample.lines().stream()))
                        .as("lines that are allowed as " + allowed)
                        .anyMatch(line -> KernelLine.text(line)
                                .filter(text -> kind.start().matcher(text).lookingAt()
                                        && allowed.line().matcher(text).find())
                                .isPresent());
            });
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1", "6.12", "6.16", "6.18", "7.3"})
    void aKernelThatBootsAndMountsIsQuiet(String version) throws IOException {
        List<String> lines = resource("boot-" + version + ".txt").lines().toList();
        assertThat(lines).hasSizeGreaterThan(150).anyMatch(line -> line.contains("XFS (sda): Mounting V5 Filesystem"));
        assertThat(Splat.starts(lines)).isEmpty();
    }

    @Test
    void whatCameBeforeTheFirstMarkHasNoOperation() {
        String splat = "[    1.0] EXT4-fs error (device sda): ext4_lookup:1: comm java: bad";
        assertThat(Splat.in(List.of(splat, MARK + 1)))
                .extracting(Splat::operation)
                .containsExactly(Optional.empty());
    }

    @Test
    void oneAfterAnotherAreTwo() {
        List<String> console = List.of(
                "[    1.0] ------------[ cut here ]------------",
                "[    1.0] WARNING: fs/iomap/direct-io.c:370 at iomap_dio_bio_iter+0x5ee/0x690, CPU#0: java/93",
                "[    1.0] RIP: 0010:iomap_dio_bio_iter+0x5ee/0x690",
                "[    1.1] ------------[ cut here ]------------",
                "[    1.1] WARNING: fs/ext4/inode.c:3636 at ext4_iomap_begin+0x39d/0x760, CPU#0: java/93",
                "[    1.1] ---[ end trace 0000000000000000 ]---",
                "[    1.2] Buffer I/O error on dev sda, logical block 0, async page read");
        assertThat(Splat.in(console))
                .extracting(splat -> splat.kind().name() + " " + splat.lines().size())
                .containsExactly("warning 3", "warning 3", "io-error 1");
        assertThat(Splat.worst(console)).contains(Severity.SPOILS_TARGET);
        assertThat(Splat.worst(List.of())).isEmpty();
    }

    @Test
    void aReportWithoutAnEndIsBounded() {
        List<String> console = new ArrayList<>(List.of("[    1.0] kernel BUG at fs/ext4/inode.c:1!"));
        for (int i = 0; i < 1000; i++) {
            console.add("[    2.0] line " + i);
        }
        console.add("[    3.0] EXT4-fs error (device sda): ext4_lookup:1: comm java: bad");
        assertThat(Splat.in(console)).hasSize(2).allSatisfy(splat -> assertThat(splat.lines())
                .hasSizeLessThanOrEqualTo(250));
    }

    @Test
    void itsWordsNameItsPlace() {
        assertThat(Splat.in(List.of(
                        "[    1.0] WARNING: fs/ext4/inode.c:3636 at ext4_iomap_begin+0x39d/0x760, CPU#0: java/93",
                        "[    1.0] RIP: 0010:ext4_iomap_begin+0x39d/0x760",
                        "[    1.0]  iomap_iter+0x16d/0x350",
                        "[    1.0]  ? schedule+0x28/0xa0",
                        "[    1.0]  __iomap_dio_rw+0x3be/0x830 [xfs]")))
                .singleElement()
                .hasToString("WARNING: fs/ext4/inode.c:3636 at ext4_iomap_begin+0x39d/0x760, CPU#0: java/93"
                        + ", in iomap_iter < __iomap_dio_rw");
    }

    @Test
    void theFunctionIsThatOfTheFirstSplat() {
        assertThat(Splat.function(List.of(
                        "[    1.0] BUG: kernel NULL pointer dereference, address: 0000000000000008",
                        "[    1.0] RIP: 0010:blkdev_write_iter.cold+0x35/0x190",
                        "[    1.0] RIP: 0033:0x7fe8efd0b261",
                        "[    1.0] RIP: 0010:other+0x1/0x2")))
                .contains("blkdev_write_iter");
        assertThat(Splat.function(List.of("[    1.0] RIP: 0033:0x7fe8efd0b261")))
                .isEmpty();
    }

    @Test
    void theFunctionOfAHangIsWhereItsTaskWaits() {
        assertThat(Splat.function(List.of(
                        "[    1.0] sysrq: Show Blocked State",
                        "[    1.0] task:java            state:D stack:0     pid:93    tgid:1     ppid:0",
                        "[    1.0]  __schedule+0x52a/0x1080",
                        "[    1.0]  schedule+0x28/0xa0",
                        "[    1.0]  percpu_rwsem_wait+0x160/0x1d0",
                        "[    1.0]  __percpu_down_read+0x74/0x120",
                        "[    1.0]  vfs_writev+0x3a1/0x3c0")))
                .contains("vfs_writev");
    }
}
