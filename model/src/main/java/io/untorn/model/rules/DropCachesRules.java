package io.untorn.model.rules;

import static io.untorn.model.history.Outcome.DONE;
import static io.untorn.model.rule.Expectation.required;
import static io.untorn.model.rule.Rule.answering;
import static io.untorn.model.rule.Scope.EVERYWHERE;

import io.untorn.model.operation.DropCaches;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Rule.Answer;
import java.util.List;

/** What a target is like after the kernel dropped its caches. */
final class DropCachesRules {
    private static final Rule DROPPING_CACHES_CHANGES_NOTHING = answering(
            "dropping-caches-changes-nothing",
            "Dropping the caches succeeds and loses nothing: what is dirty stays.",
            EVERYWHERE,
            Answer.always(DropCaches.class, (drop, on) -> required(DONE, on.state())),
            "proc(5), /proc/sys/vm/drop_caches",
            "kernel Documentation/admin-guide/sysctl/vm.rst, drop_caches");

    static final List<Rule> ORDER = List.of(DROPPING_CACHES_CHANGES_NOTHING);

    private DropCachesRules() {}
}
