package io.untorn.conformance;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.untorn.model.History;
import io.untorn.model.KernelVersion;
import io.untorn.model.Rule;
import io.untorn.model.TargetKind;
import io.untorn.model.Verdict;
import io.untorn.model.Verdict.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A rule that released kernels are known to break, told by its signature. Runs count it and go on; {@code --strict} makes
 * it count as any other violation.
 *
 * @param id its name
 * @param rules the ids of the rules that it breaks, one or another
 * @param after the ids of rules, one or another of which the history has reached when it shows; empty if it needs none.
 *     Where data is wrong, all of it lies where operations went that were held against one of these
 * @param given the ids of other rules, one or another of which the history has reached as well; empty if it needs none
 * @param targets the kinds of target it shows on
 * @param actual what the kernel does, as the verdict words it: a regular expression for all of it
 * @param since the first kernel version it was seen on
 * @param before the version that mended it; empty while none did
 * @param cause why, as far as it is known
 * @param upstream what became of it
 * @param finding the folder with its trace and report
 */
public record KnownDeviation(
        String id,
        Set<String> rules,
        Set<String> after,
        Set<String> given,
        Set<TargetKind> targets,
        String actual,
        String since,
        String before,
        String cause,
        String upstream,
        String finding) {
    private static final String RESOURCE = "known-deviations.json";

    /** Return the list that the kit ships. */
    static List<KnownDeviation> shipped() {
        return Shipped.LIST;
    }

    /** Holds the list from when it is first asked for. */
    private static final class Shipped {
        static final List<KnownDeviation> LIST = read();
    }

    private static List<KnownDeviation> read() {
        try (InputStream in = KnownDeviation.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            return List.of(new JsonMapper().readValue(in, KnownDeviation[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Return the one that a broken rule is. */
    static Optional<KnownDeviation> of(
            Violation violation, History history, Verdict verdict, Aftermath aftermath, List<KnownDeviation> known) {
        return known.stream()
                .filter(deviation -> deviation.isShownBy(violation, history)
                        && (deviation.isReached(verdict) || isOfTheRest(violation, history, verdict))
                        && aftermath.explains(violation, deviation.after()))
                .findFirst();
    }

    /** Tell whether it may come from operations that no rule was held against, as judging ended before them. */
    private static boolean isOfTheRest(Violation violation, History history, Verdict verdict) {
        return violation.rule().check() instanceof Rule.Inspection
                && verdict.judged() < history.steps().size();
    }

    private boolean isReached(Verdict verdict) {
        Set<String> reached = verdict.reached().keySet();
        return Stream.of(after, given).allMatch(rules -> rules.isEmpty() || !Collections.disjoint(rules, reached));
    }

    private boolean isShownBy(Violation violation, History history) {
        return rules.contains(violation.rule().id())
                && covers(history.trace().target().kind(), history.environment().kernel())
                && violation.actual().matches(actual);
    }

    /** Tell whether a kernel may show it on targets of a kind. */
    boolean covers(TargetKind target, KernelVersion kernel) {
        return targets.contains(target)
                && kernel.isAtLeast(KernelVersion.parse(since))
                && (before.isEmpty() || !kernel.isAtLeast(KernelVersion.parse(before)));
    }
}
