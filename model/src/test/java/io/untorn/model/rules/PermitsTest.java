package io.untorn.model.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.model.history.Environment;
import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome.Failed;
import io.untorn.model.oracle.Histories;
import io.untorn.model.rule.Authority;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Specification;
import io.untorn.model.target.KernelVersion;
import io.untorn.model.target.TargetKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where more than one answer is permitted, each is because of something: the table in docs/permits.md. */
final class PermitsTest {
    private static final Path PAGE = Path.of("..", "docs", "permits.md");
    private static final String BEGIN = "<!-- permits -->\n";
    private static final String END = "<!-- /permits -->";

    static Stream<PermitRow> rows() {
        return PermitRow.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theRulePermitsTheseErrorsAndNoOther(PermitRow row) {
        for (String release : row.releases()) {
            Specification.Decision decision = row.decision(release);

            assertThat(decision.rule().id()).as("rule on %s", release).isEqualTo(row.rule());
            assertThat(row.errors(decision)).as("errors on %s", release).isEqualTo(row.permitted());
        }
    }

    /** No permit is so wide that it takes an error that nothing explains. */
    @ParameterizedTest
    @MethodSource("rows")
    void noRulePermitsAnErrorThatNoSourceNames(PermitRow row) {
        List<Errno> unheardOf = List.of(new Errno(2), new Errno(12), new Errno(18), Errno.EIO, new Errno(4095));

        for (String release : row.releases()) {
            assertThat(row.decision(release).expectation().permits()).allSatisfy(permit -> assertThat(unheardOf)
                    .allSatisfy(errno -> assertThat(permit.next(new Failed(errno)))
                            .as("%s of %s", errno, row.rule())
                            .isEmpty()));
        }
    }

    @Test
    void everyRuleWhereTheDocumentsAreSilentIsListed() {
        Set<String> listed = PermitRow.ALL.stream().map(PermitRow::rule).collect(Collectors.toSet());

        for (String release : PermitRow.RELEASES) {
            for (TargetKind kind : TargetKind.values()) {
                assertThat(Specifications.linux(KernelVersion.parse(release), kind).rules().stream()
                                .filter(rule -> rule.authority() == Authority.SILENT)
                                .map(Rule::id))
                        .isSubsetOf(listed);
            }
        }
    }

    /** The documents promise no errno, so a kernel judged by them alone may choose another. */
    @Test
    void theDocumentsPermitAnyErrorWhereTheyAreSilent() {
        PermitRow row = PermitRow.ALL.stream()
                .filter(one -> one.rule().equals("device-fallocate-zeros-or-nothing"))
                .findFirst()
                .orElseThrow();
        Environment environment = Histories.environment("7.3.4", row.target());

        assertThat(row.errors(row.decision(Specifications.promise(row.target().kind(), environment.kernel()), "7.3.4")))
                .hasSizeGreaterThan(100);
    }

    @Test
    void thePageHoldsTheTable() throws IOException {
        String page = Files.readString(PAGE);
        String table = PermitRow.table();
        System.out.print(table);

        assertThat(page).contains(BEGIN, END);
        assertThat(page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END)))
                .as("table in docs/permits.md: put in what this test prints")
                .isEqualTo(table);
    }

    @Test
    void everyErrorIsProbed() {
        assertThat(PermitRow.PROBED)
                .containsAll(IntStream.rangeClosed(1, 133).mapToObj(Errno::new).toList());
    }
}
