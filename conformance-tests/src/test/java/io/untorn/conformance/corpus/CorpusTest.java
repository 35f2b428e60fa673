package io.untorn.conformance.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.conformance.file.TraceFile;
import io.untorn.conformance.judge.Judge;
import io.untorn.conformance.run.Simulated;
import io.untorn.model.history.History;
import io.untorn.model.oracle.Verdict;
import io.untorn.model.rules.Specifications;
import io.untorn.model.target.Facility;
import io.untorn.simulated.SimulatedKernel;
import io.untorn.simulated.SimulatedMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class CorpusTest {
    private static final Path FINDINGS = Path.of("../findings");
    private static final Set<Facility> ALL = EnumSet.allOf(Facility.class);

    static List<Corpus.Entry> entries() {
        return Corpus.shipped().entries();
    }

    private static Corpus.Entry named(String name) {
        return entries().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the corpus has no entry " + name));
    }

    @Test
    void eachSaysWhereItIsFromAndWhatIsRight() {
        assertThat(entries()).extracting(Corpus.Entry::name).doesNotHaveDuplicates();
        assertThat(entries()).allSatisfy(entry -> {
            assertThat(entry.source()).isNotBlank();
            assertThat(entry.answer()).endsWith(".");
            assertThat(entry.trace().operations()).as(entry.name()).isNotEmpty();
        });
    }

    /** The trace of each finding is here. */
    @Test
    void everyFindingIsInIt() throws IOException {
        try (Stream<Path> folders = Files.list(FINDINGS)) {
            List<Path> findings = folders.filter(folder -> Files.exists(folder.resolve("trace.json")))
                    .sorted()
                    .toList();
            assertThat(findings).isNotEmpty().allSatisfy(folder -> {
                Corpus.Entry entry = named(String.valueOf(folder.getFileName()));
                assertThat(entry.source()).isEqualTo("findings/" + entry.name());
                assertThat(entry.trace()).isEqualTo(TraceFile.read(folder));
            });
        }
    }

    private static History run(String release, Corpus.Entry entry) {
        try (SimulatedKernel kernel = new SimulatedKernel(SimulatedMachine.linux(release))) {
            kernel.prepare(entry.trace().target());
            return kernel.run(entry.trace().withReadBack());
        }
    }

    /** No kernel that does what is right is blamed, in the oldest version that has atomic writes as in the newest. */
    @ParameterizedTest
    @MethodSource("entries")
    void aKernelThatDoesWhatIsRightConforms(Corpus.Entry entry) {
        assertThat(List.of("6.12.117", "6.16.12", "6.18.15", "7.3.4")).allSatisfy(release -> {
            History history = run(release, entry);
            Verdict verdict = Judge.judge(
                    history,
                    Specifications.linux(
                            history.environment().kernel(),
                            entry.trace().target().kind()));
            assertThat(verdict.violations()).as(entry.name() + " on " + release).isEmpty();
            assertThat(verdict.judged()).isEqualTo(history.trace().operations().size());
        });
    }

    @ParameterizedTest
    @CsvSource({
        "ext4-extent-tree-folds-back, 8, returned 4096",
        "bigalloc-cluster-of-four-kinds, 8, returned 16384",
        "xfs-clone-with-one-own-block, 4, returned 65536",
        "xfs-across-end-of-file, 2, returned 65536",
        "bigalloc-across-end-of-file, 3, returned 16384",
        "xfs-woven-layout-with-clone, 5, returned 16384",
        "xfs-halves-laid-down-in-reverse, 5, returned 131072",
        "bigalloc-punches-within-a-cluster, 3, returned 16384",
        "bigalloc-punches-within-a-cluster, 5, returned 4096",
        "bigalloc-punches-within-a-cluster, 6, returned 16384",
        "device-page-dirtied-through-mapping, 6, returned 4096",
        "xfs-maximum-atomic-write-at-mount, 1, failed with EINVAL",
        "xfs-maximum-atomic-write-at-mount, 2, failed with EINVAL",
        "xfs-maximum-atomic-write-at-mount, 4, failed with EINVAL"
    })
    void theAnswerOfAReportIsThatOfTheKit(String name, int operation, String outcome) {
        assertThat(run("7.3.4", named(name)).steps().get(operation - 1).outcome())
                .hasToString(outcome);
    }

    @Test
    void whatAKernelCannotRunIsLeftOut() {
        Corpus corpus = Corpus.shipped();
        assertThat(corpus.on(Simulated.XFS, ALL))
                .contains(named("xfs-appends-before-power-cut").trace());
        assertThat(corpus.on(Simulated.XFS, Set.of(Facility.IO_URING, Facility.LIBAIO)))
                .isNotEmpty()
                .doesNotContain(named("xfs-appends-before-power-cut").trace());
        assertThat(Stream.of(Simulated.DEVICE, Simulated.EXT4, Simulated.BIGALLOC, Simulated.XFS)
                        .flatMap(target -> corpus.on(target, ALL).stream()))
                .as("every trace is for a target")
                .containsExactlyInAnyOrderElementsOf(
                        entries().stream().map(Corpus.Entry::trace).collect(Collectors.toSet()));
    }
}
