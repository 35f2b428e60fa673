package io.untorn.model.rules;

import static io.untorn.model.rule.Scope.EVERYWHERE;

import io.untorn.model.operation.Layout;
import io.untorn.model.rule.Rule;
import java.util.List;

/** What a layout of many pieces may come to. */
final class LayoutRules {
    private static final Rule LAYOUT_IS_ITS_CALLS = Rule.sequence(
            "layout-is-its-calls",
            "Of many plain calls in a row each answers, and does, what it would alone; they end with the first that fails "
                    + "or does less than it was asked for.",
            EVERYWHERE,
            Layout.class::isInstance,
            "write(2), RETURN VALUE",
            "fallocate(2), RETURN VALUE",
            "ioctl_ficlonerange(2), RETURN VALUE");

    static final List<Rule> ORDER = List.of(LAYOUT_IS_ITS_CALLS);

    private LayoutRules() {}
}
