package io.untorn.model.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.untorn.model.history.Errno;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Scope;
import io.untorn.model.rule.Specification;
import io.untorn.model.rule.Topic;
import io.untorn.model.target.KernelVersion;
import io.untorn.model.target.TargetKind;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SpecificationNameTest {
    private static final List<Pattern> PLACES = List.of(
            Pattern.compile("[a-z0-9_]+\\([1-8]\\), .+"),
            Pattern.compile("kernel Documentation/[\\w./-]+(, .+)?"),
            Pattern.compile("kernel [\\w/-]+\\.[ch], \\w+.* \\(\\d\\.\\d+.*\\)"),
            Pattern.compile("SBC-4, .+"),
            Pattern.compile("Ojaswin Mujoo, 2023-12-04, .+"));
    private static final Pattern FILE_WITHOUT_FUNCTION = Pattern.compile("\\.[ch]\\b(?!, \\w)");

    static Stream<Specification> everySpecification() {
        return SpecificationName.ALL.stream()
                .flatMap(name -> Arrays.stream(TargetKind.values()).map(name::on));
    }

    @ParameterizedTest
    @CsvSource({"linux-6.1,6.1", "linux-6.19,6.19", "linux-7.0,7.0", "linux-7.3,7.3"})
    void aVersionOfLinuxHasAName(String name, String version) {
        for (TargetKind target : TargetKind.values()) {
            Specification named = Specifications.named(name, target);
            assertThat(named.name()).isEqualTo(name);
            assertThat(named.rules())
                    .isNotEmpty()
                    .isEqualTo(Specifications.linux(KernelVersion.parse(version), target)
                            .rules());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux-7.4", "linux-8.0", "linux-12.34"})
    void aNewerVersionIsTheNewestKnown(String name) {
        assertThat(SpecificationName.parse(name)).hasToString("linux-7.3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "nosuch", "linux", "linux-", "linux-6.0", "linux-6.20", "linux-6.12.1", "linux-7.4-rc1"})
    void anUnknownNameIsRefusedWithTheKnownOnes(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpecificationName.parse(name))
                .withMessageContainingAll(
                        "'" + name + "'", "linux-6.1, linux-6.2,", "linux-6.19, linux-7.0,", "linux-7.3");
    }

    @ParameterizedTest
    @MethodSource("everySpecification")
    void everyRuleReadsAndCanBeLookedUp(Specification specification) {
        assertThat(specification.rules()).extracting(Rule::id).doesNotHaveDuplicates();
        assertThat(specification.rules()).allSatisfy(rule -> {
            assertThat(rule.id()).matches("[a-z0-9]+([-.][a-z0-9]+)+");
            assertThat(rule.sentence()).matches("(?s)\\S.*\\.");
            assertThat(rule.source().places()).isNotEmpty().allSatisfy(place -> {
                assertThat(PLACES).anyMatch(shape -> shape.matcher(place).matches());
                assertThat(place).doesNotContainPattern(FILE_WITHOUT_FUNCTION);
            });
        });
    }

    @ParameterizedTest
    @MethodSource("everySpecification")
    void everyRuleIsListedOnceInTheOrderOfTopics(Specification specification) {
        assertThat(Arrays.stream(Topic.values()).flatMap(topic -> specification.about(topic).stream()))
                .containsExactlyElementsOf(specification.rules());
    }

    @Test
    void scopesSayTheirVersions() {
        assertThat(Scope.EVERYWHERE.versions()).isEmpty();
        assertThat(Scope.EVERYWHERE.since(6, 1).versions()).isEmpty();
        assertThat(Scope.EVERYWHERE.since(6, 13).versions()).isEqualTo("since 6.13");
        assertThat(Scope.EVERYWHERE.before(6, 11).versions()).isEqualTo("up to 6.10");
        assertThat(Scope.EVERYWHERE.since(6, 14).before(7, 0).versions()).isEqualTo("6.14 to 6.19");
    }

    @Test
    void aRefusalNamesItsError() {
        List<Rule> rules = Specifications.named("linux-7.3", TargetKind.XFS).rules();

        assertThat(rules)
                .filteredOn(rule -> rule.id().equals("length-power-of-two"))
                .singleElement()
                .satisfies(rule -> assertThat(rule.refusal()).contains(Errno.EINVAL));
        assertThat(rules)
                .filteredOn(rule -> rule.id().equals("memory-missing-in-part"))
                .singleElement()
                .satisfies(rule -> assertThat(rule.refusal()).isEmpty());
    }
}
