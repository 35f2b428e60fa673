package io.untorn.conformance.coverage;

import static io.untorn.model.rule.Scope.Support.ABSENT;
import static io.untorn.model.target.TargetKind.EXT4;

import io.untorn.model.contents.Stamp;
import io.untorn.model.history.Environment;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Scope;
import io.untorn.model.target.TargetKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A rule that no operation can tell apart: wherever it decides, others would permit the same in its place. It counts as
 * reached where it decided. HiddenRuleTest fails if such a rule is told apart after all, or is not on this list.
 *
 * @param rule its id
 * @param scope where it is hidden
 * @param by the ids of the rules that hide it
 * @param reason why they always do
 * @param where in which environments they do
 */
public record HiddenRule(String rule, Scope scope, Set<String> by, String reason, Predicate<Environment> where) {
    /** All of them. */
    public static final List<HiddenRule> ALL = List.of(
            hidden(
                    "device-length-in-logical-blocks",
                    Scope.DEVICES,
                    "a power of two that is no whole logical block is below unit_min; where memory may begin inside a "
                            + "sector, memory that is missing tells it apart",
                    environment -> environment.memoryAlignment() > Stamp.WORD,
                    "length-within-device-limits",
                    "memory-aligned"),
            hidden(
                    "direct-append-to-odd-end",
                    Scope.FILES,
                    "it only says that an odd end is no exception",
                    "plain-append-goes-to-end",
                    "plain-write-may-lack-space"),
            hidden(
                    "pinned-pages-are-released",
                    Scope.DEVICES,
                    "it permits what any audit of a device does",
                    "device-has-no-file-system"),
            hidden(
                    "held-mapping-shows-what-is-there",
                    Scope.EVERYWHERE,
                    "a mapping that is kept shows what a new one does",
                    "mapping-shows-what-is-there"),
            hidden(
                    "store-in-held-mapping-changes-target",
                    Scope.EVERYWHERE,
                    "a mapping that is kept stores what a new one does",
                    "store-in-mapping-changes-target"),
            hidden(
                    "promise-atomic-needs-support",
                    Scope.FILES.where(ABSENT),
                    "no length lies within limits of 0",
                    "promise-atomic-is-direct",
                    "promise-atomic-is-one-segment",
                    "promise-atomic-length-power-of-two",
                    "promise-atomic-length-within-limits"),
            hidden(
                    "rfc-length-at-least-a-block",
                    Scope.EVERYWHERE.on(EXT4),
                    "statx reports a unit_min of at least a block",
                    "rfc-length-within-disk-limits"),
            hidden(
                    "rfc-offset-in-whole-blocks",
                    Scope.EVERYWHERE.on(EXT4),
                    "what comes after it permits a refusal too",
                    "rfc-data-must-be-there",
                    "rfc-misfit-extent-refused",
                    "rfc-misaligned-offset-on-hole",
                    "rfc-mixed-range-refused",
                    "rfc-place-not-known",
                    "rfc-request-nobody-speaks-of",
                    "rfc-size-limit-does-not-cut"),
            hidden(
                    "rfc-memory-need-not-be-a-page",
                    Scope.EVERYWHERE.on(EXT4),
                    "it only says that such memory is no exception",
                    "rfc-fitting-extent-taken",
                    "rfc-hole-gets-aligned-extent"),
            hidden(
                    "rfc-hole-gets-aligned-extent",
                    Scope.EVERYWHERE.on(EXT4),
                    "both say that a write which fits is done; rfc-atomic-write-lies-aligned looks at the extent",
                    "rfc-fitting-extent-taken"));

    private static HiddenRule hidden(String rule, Scope scope, String reason, String... by) {
        return hidden(rule, scope, reason, environment -> true, by);
    }

    private static HiddenRule hidden(
            String rule, Scope scope, String reason, Predicate<Environment> where, String... by) {
        return new HiddenRule(rule, scope, new TreeSet<>(Arrays.asList(by)), reason, where);
    }

    /** Return what hides a rule on a kind of target where traces find an environment; empty if nothing does. */
    public static Optional<HiddenRule> of(Rule rule, TargetKind target, Environment environment) {
        return ALL.stream()
                .filter(hidden -> hidden.rule.equals(rule.id())
                        && hidden.scope.covers(target, environment.kernel())
                        && hidden.scope.support().isMet(target, environment.limits())
                        && hidden.where.test(environment))
                .findFirst();
    }

    @Override
    public String toString() {
        return rule + ", by " + by.stream().sorted().collect(Collectors.joining(" or "));
    }
}
