package io.untorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.model.rule.Rule;
import io.untorn.model.rules.SpecificationName;
import io.untorn.model.target.TargetKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class SpecificationMarkdownTest {
    @Test
    void thePageMatchesTheRules() throws IOException {
        boolean same = Files.readString(Path.of("../docs/specification.md")).equals(SpecificationMarkdown.page());

        assertThat(same)
                .withFailMessage("docs/specification.md is not what the rules say; write it anew with: "
                        + "./untorn spec --markdown > docs/specification.md")
                .isTrue();
    }

    @Test
    void everyRuleIsInTheIndex() {
        String page = SpecificationMarkdown.page();

        for (SpecificationName name : SpecificationName.ALL) {
            for (TargetKind target : TargetKind.values()) {
                assertThat(name.on(target).rules()).extracting(Rule::id).allSatisfy(id -> assertThat(page)
                        .containsOnlyOnce("\n### " + id + "\n"));
            }
        }
    }
}
