package io.untorn.model.rule;

import io.untorn.model.operation.Engine;
import java.util.List;

/** Which of a specification's rules a write meets, and in what order: engines check in orders of their own. */
@FunctionalInterface
public interface EngineOrder {
    /** Every engine meets all rules as they are listed. */
    EngineOrder AS_LISTED = (engine, rules) -> rules;

    /** Return those rules out of a specification's that a write through an engine meets, in the order it meets them. */
    List<Rule> through(Engine engine, List<Rule> rules);
}
