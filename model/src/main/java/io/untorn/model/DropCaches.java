package io.untorn.model;

import static io.untorn.model.Expectation.required;
import static io.untorn.model.Outcome.DONE;
import static io.untorn.model.Scope.EVERYWHERE;

import io.untorn.model.Rule.Answer;
import java.util.List;

/** Let the kernel forget what is cached and not dirty, by {@code /proc/sys/vm/drop_caches}; nothing is written back. */
public record DropCaches() implements Operation {
    static List<Rule> rules() {
        return List.of(Rule.answering(
                "dropping-caches-changes-nothing",
                "Dropping the caches succeeds and loses nothing: what is dirty stays.",
                EVERYWHERE,
                Answer.always(DropCaches.class, (drop, on) -> required(DONE, on.state())),
                "proc(5), /proc/sys/vm/drop_caches",
                "kernel Documentation/admin-guide/sysctl/vm.rst, drop_caches"));
    }

    @Override
    public void touch(Footprint footprint) {}

    @Override
    public boolean mayChange() {
        return false;
    }

    @Override
    public String toString() {
        return "drop the caches";
    }
}
