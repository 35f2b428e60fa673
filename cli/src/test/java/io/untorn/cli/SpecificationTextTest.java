package io.untorn.cli;

import static io.untorn.model.target.TargetKind.BLOCK_DEVICE;
import static io.untorn.model.target.TargetKind.XFS;
import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.cli.SpecificationChanges.Change;
import io.untorn.cli.SpecificationChanges.Difference;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Specification;
import io.untorn.model.rules.Specifications;
import io.untorn.model.target.TargetKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SpecificationTextTest {
    @Test
    void from612To616XfsTakesAtomicWrites() {
        SpecificationChanges changes = changes("linux-6.12", "linux-6.16", XFS);

        assertThat(changes.gone())
                .extracting(Rule::id)
                .containsExactly(
                        "no-file-limits-before-6.13",
                        "no-file-takes-atomic-before-6.13",
                        "xfs-has-no-max-atomic-write");
        assertThat(changes.added())
                .extracting(Rule::id)
                .contains(
                        "xfs-limits",
                        "length-within-file-limits",
                        "one-segment",
                        "length-power-of-two",
                        "offset-naturally-aligned",
                        "direct-io-only",
                        "atomic-write-over-hole",
                        "atomic-write-over-shared",
                        "atomic-write-over-mixed")
                .doesNotContain("xfs-single-block-limits", "file-must-support-atomic");
        assertThat(changes.changed()).isEmpty();
    }

    @Test
    void from613To616XfsTakesMoreThanABlock() {
        SpecificationChanges changes = changes("linux-6.13", "linux-6.16", XFS);

        assertThat(changes.gone())
                .extracting(Rule::id)
                .containsExactly("xfs-single-block-limits", "xfs-has-no-max-atomic-write");
        assertThat(changes.added())
                .extracting(Rule::id)
                .filteredOn(id -> !id.startsWith("max-atomic-write-"))
                .containsExactly("xfs-limits");
    }

    @Test
    void aMovedRuleIsReported() {
        assertThat(changes("linux-6.7", "linux-6.8", BLOCK_DEVICE).changed())
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.rule().id()).isEqualTo("segments-at-most-1024");
                    assertThat(change.differences())
                            .containsExactly(new Difference(
                                    "place", "after offset-needs-a-seekable-file", "after opened-for-writing"));
                });
    }

    @Test
    void aRewordedRuleIsReported() {
        Rule old = rule("no-splat");
        Rule young = new Rule(
                old.id(),
                "No operation crashes.",
                old.source(),
                old.scope(),
                rule("zero-length-returns-zero").authority(),
                old.check());

        assertThat(SpecificationChanges.between(
                                new Specification("old", List.of(old)), new Specification("young", List.of(young)))
                        .changed())
                .containsExactly(new Change(
                        young,
                        List.of(
                                new Difference("sentence", old.sentence(), young.sentence()),
                                new Difference("marks", "promise", "(nothing)"))));
    }

    @Test
    void nothingChangedBetweenASpecificationAndItself() {
        assertThat(text("linux-7.3", "linux-7.3")).startsWith("from linux-7.3 to linux-7.3, XFS: no difference\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 100})
    void linesAreAsWideAsAsked(int width) {
        Stream<String> lines = new SpecificationText(width)
                .add(Specifications.named("linux-7.3", XFS), XFS)
                .toString()
                .lines();

        assertThat(lines)
                .allMatch(
                        line -> line.length() <= width || line.strip().indexOf(' ') < 0,
                        "has at most " + width + " characters, or a single word");
    }

    @Test
    void aRuleIsPrintedWithItsPlaceErrorKernelsAndSources() {
        assertThat(new SpecificationText(100)
                        .add(Specifications.named("linux-7.3", BLOCK_DEVICE), BLOCK_DEVICE)
                        .toString())
                .containsPattern("(?m)^  [0-9]+\\. offset-naturally-aligned$")
                .contains(
                        """
                        . offset-naturally-aligned
                              The offset of an atomic write, or the position where it has none, is a multiple of its length.
                              required  EINVAL, and nothing changes
                              holds     since 6.11, where statx reports atomic writes
                              source    pwritev2(2), RWF_ATOMIC
                              source    kernel fs/read_write.c, generic_atomic_write_valid (6.12 to 7.3)
                        """);
    }

    private static Rule rule(String id) {
        return Specifications.named("linux-7.3", XFS).rules().stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static SpecificationChanges changes(String before, String after, TargetKind target) {
        return SpecificationChanges.between(Specifications.named(before, target), Specifications.named(after, target));
    }

    private static String text(String before, String after) {
        return new SpecificationText(100)
                .add(Specifications.named(before, XFS), Specifications.named(after, XFS), XFS)
                .toString();
    }
}
