package io.untorn.model.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OneLineComplaintsTest {
    private static final String TIME = "[   10.000000] ";

    static Stream<OneLineComplaints.Line> lines() {
        return OneLineComplaints.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("lines")
    void aSampleIsOfItsKindAlone(OneLineComplaints.Line line) {
        assertThat(SplatKinds.ALL_KINDS.stream().filter(kind -> kind.begins(line.sample())))
                .containsExactly(line.kind());
        assertThat(Splat.in(List.of(TIME + line.sample(), TIME + "EXT4-fs (sda): re-mounted 1.")))
                .singleElement()
                .satisfies(splat -> {
                    assertThat(splat.kind()).isSameAs(line.kind());
                    assertThat(splat.lines()).containsExactly(TIME + line.sample());
                });
        assertThat(NewLines.in(List.of(TIME + line.sample()))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("lines")
    void aSampleSaysWhoPrintsIt(OneLineComplaints.Line line) {
        assertThat(line.kind().printedBy())
                .matches("(all|\\d+\\.\\d+|RFC).*: .*\\w+.*")
                .containsPattern("[a-z0-9]+(_[a-z0-9]+)+|with CONFIG_");
    }

    @ParameterizedTest
    @MethodSource("lines")
    void whatAUserWritesIsNone(OneLineComplaints.Line line) {
        assertThat(Splat.in(List.of(line.sample(), TIME + "java[93]: " + line.sample(), TIME + "> " + line.sample())))
                .isEmpty();
    }

    static Stream<KnownLines.Line> knownLines() {
        return KnownLines.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("knownLines")
    void anExpectedLineIsNoComplaint(KnownLines.Line line) {
        assertThat(KnownLines.ALL.stream().filter(other -> other.begins(line.sample())))
                .containsExactly(line);
        assertThat(SplatKinds.ALL_KINDS.stream().filter(kind -> kind.begins(line.sample())))
                .isEmpty();
        assertThat(line.reason()).isNotBlank();
    }

    /** Lines that runs of kernels 6.12 to 7.3 printed on the four targets, and that belong to no complaint. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "java (99): drop_caches: 3",
                "EXT4-fs (sda): Supports (experimental) DIO atomic writes awu_min: 4096, awu_max: 65536",
                "EXT4-fs (sda): mounted filesystem 1c1b2a90-7c3b-4b1e-9f55-6c0d6a0f1d22 r/w with ordered data mode. Quota mode: none.",
                "EXT4-fs (sda): re-mounted 1c1b2a90-7c3b-4b1e-9f55-6c0d6a0f1d22.",
                "EXT4-fs (sda): unmounting filesystem 1c1b2a90-7c3b-4b1e-9f55-6c0d6a0f1d22.",
                "ext4: Unknown parameter 'max_atomic_write'",
                "xfs: Unknown parameter 'max_atomic_write'",
                "sd 0:0:0:0: [sda] tag#138 FAILED Result: hostbyte=DID_OK driverbyte=DRIVER_OK cmd_age=0s",
                "sd 0:0:0:0: [sda] tag#138 Sense Key : Illegal Request [current] ",
                "sd 0:0:0:0: [sda] tag#138 Add. Sense: Invalid field in cdb",
                "sd 0:0:0:0: [sda] tag#138 CDB: opcode=0x9c 9c 00 00 00 00 00 00 00 a4 01 00 00 00 08 00 00",
                "XFS (sda): Mounting V5 Filesystem 1c1b2a90-7c3b-4b1e-9f55-6c0d6a0f1d22",
                "XFS (sda): Ending clean mount",
                "XFS (sda): Unmounting Filesystem 1c1b2a90-7c3b-4b1e-9f55-6c0d6a0f1d22",
                "XFS (sda): max atomic write size of 5000 bytes is not a power of 2"
            })
    void whatARunPrintsIsExpected(String text) {
        assertThat(Splat.in(List.of(TIME + text))).isEmpty();
        assertThat(NewLines.in(List.of(TIME + text))).isEmpty();
    }
}
