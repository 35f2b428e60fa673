package io.untorn.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.untorn.agent.protocol.AgentException;
import io.untorn.agent.protocol.Reply;
import io.untorn.model.history.Outcome;
import java.util.Collections;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class CheckerOutputTest {
    private static final Pattern COUNT = Pattern.compile("sb_fdblocks .*");
    private static final String CLUSTERS =
            """
            Block bitmap differences:  -5968 -(5972--5980)
            Fix? no

            /dev/sda: 13/20544 files, 5432/82176 blocks
            """;

    private static CheckerOutput of(String checker, int exitCode, String output) {
        return new CheckerOutput(checker, new Reply.ProgramEnded(exitCode, output));
    }

    @Test
    void whatACheckerPrintsIsKept() {
        String output = "Pass 1\n\n" + String.join("\n", Collections.nCopies(40, "  Free blocks count wrong  "));

        assertThat(of("e2fsck", 0, output).faults()).isEmpty();
        assertThat(of("e2fsck", 4, output).faults())
                .startsWith("e2fsck exits with 4", "Free blocks count wrong")
                .hasSize(Outcome.Unclean.MAX_FAULTS);
    }

    @Test
    void aCheckerThatFailsItselfIsNoVerdictOnAFileSystem() {
        for (int exitCode : new int[] {8, 16, 128, 137}) {
            assertThatThrownBy(() -> of("e2fsck", exitCode, "no memory"))
                    .isInstanceOf(AgentException.class)
                    .hasMessageContaining("no memory");
        }
    }

    @Test
    void whatIsKnownIsNotToldAgain() {
        String known = "Phase 2 - using internal log\n        - zero log...\nsb_fdblocks 70000, counted 74096\n";

        assertThat(of("xfs_repair", 1, known).faultsBeside(COUNT)).isEmpty();
        assertThat(of("xfs_repair", 1, known + "sb_ifree 7, counted 61").faultsBeside(COUNT))
                .containsExactly("xfs_repair exits with 1", "sb_ifree 7, counted 61");
        assertThat(of("xfs_repair", 1, "").faultsBeside(COUNT)).containsExactly("xfs_repair exits with 1");
    }

    @Test
    void clustersThatWereInUseBeforeAreNotToldAgain() {
        CheckerOutput four = of("e2fsck", 4, CLUSTERS);
        String line = "Block bitmap differences:  -5968 -(5972--5980)";

        assertThat(four.faultsBesideClusters(4, 4)).isEmpty();
        for (int before : new int[] {0, 3, 5}) {
            assertThat(four.faultsBesideClusters(before, 4)).startsWith("e2fsck exits with 4", line);
        }
        assertThat(of("e2fsck", 0, "").faultsBesideClusters(0, 4)).isEmpty();
    }

    @Test
    void blocksOfAFileThatCountAsFreeAreTold() {
        assertThat(of("e2fsck", 4, CLUSTERS.replace("-5968", "+5968")).faultsBesideClusters(4, 4))
                .startsWith("e2fsck exits with 4", "Block bitmap differences:  +5968 -(5972--5980)");
    }

    @Test
    void adviceIsNoFault() {
        String advice = "Inode 13 extent tree (at level 1) could be narrower.  Optimize? no\n\n";
        String size = "Inode 13, i_size is 1, should be 2.  Fix? no";

        assertThat(of("e2fsck", 4, advice + CLUSTERS).faultsBesideClusters(4, 4))
                .isEmpty();
        assertThat(of("e2fsck", 4, advice + size + "\n" + CLUSTERS).faultsBesideClusters(4, 4))
                .containsExactly("e2fsck exits with 4", size);
    }
}
