package io.untorn.model;

import static io.untorn.model.Expectation.required;
import static io.untorn.model.Outcome.DONE;
import static io.untorn.model.Rule.answering;
import static io.untorn.model.Scope.EVERYWHERE;

import io.untorn.model.Rule.Answer;
import java.util.List;

/** What a target is like when the kernel forgot what was cached. */
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
