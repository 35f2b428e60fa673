package io.untorn.cli;

import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Specification;
import io.untorn.model.rule.Topic;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rules of a specification about one topic, as text and Markdown show them.
 *
 * @param topic the topic
 * @param rules the rules, in order
 */
record Chapter(Topic topic, List<Rule> rules) {
    /** Return the chapters that have a rule, in order. */
    static List<Chapter> of(Specification specification) {
        return Stream.of(Topic.values())
                .map(topic -> new Chapter(topic, specification.about(topic)))
                .filter(chapter -> !chapter.rules.isEmpty())
                .toList();
    }

    String title() {
        return switch (topic) {
            case PROMISE -> "The promise, which takes precedence over the rules below";
            case LIMITS -> "The limits that statx reports";
            case WRITES -> "Writes, in the kernel's order of checks: the first rule that applies decides";
            case OPERATIONS -> "Other operations: of the rules about one operation, the first that applies decides";
        };
    }

    boolean isNumbered() {
        return topic == Topic.WRITES;
    }
}
