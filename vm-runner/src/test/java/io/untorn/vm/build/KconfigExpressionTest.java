package io.untorn.vm.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KconfigExpressionTest {
    private static final Map<String, String> VALUES =
            Map.of("YES", "y", "MOD", "m", "NUMBER", "120000", "TEXT", "\"x86\"", "64BIT", "y");

    @ParameterizedTest
    @CsvSource({
        "YES, y, true",
        "NONE, y, false",
        "MOD, y, false",
        "MOD, m, true",
        "!NONE && YES, y, true",
        "NONE || YES && NONE, y, false",
        "(NONE || YES) && YES, y, true",
        "!(YES && MOD), m, true",
        "!(YES && MOD), y, false",
        "YES=y, y, true",
        "MOD!=y, y, true",
        "NUMBER >= 110000, y, true",
        "NUMBER < 9, y, false",
        "TEXT = \"x86\", y, true",
        "64BIT, y, true",
        "'$(cc-option,-fsanitize=kcov) && NONE', y, false",
        "'$(success,test $(gcc) -gt 1)', y, true",
    })
    void computes(String expression, String wanted, boolean allows) {
        assertThat(KconfigExpression.allows(expression, wanted, name -> VALUES.getOrDefault(name, "n")))
                .isEqualTo(allows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"YES &&", "(YES", "YES YES", "YES ; NONE", ""})
    void refusesInvalidConditions(String text) {
        assertThatThrownBy(() -> KconfigExpression.allows(text, "y", name -> "n"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void splitsConjunctions() {
        assertThat(KconfigExpression.terms("A && !B && (C || D && E)")).containsExactly("A", "!B", "(C || D && E)");
        assertThat(KconfigExpression.terms("A && B || C")).containsExactly("A && B || C");
        assertThat(KconfigExpression.symbols("A && (B != \"x\" || A=m)")).containsExactly("A", "B");
    }
}
