package io.untorn.conformance.judge;

import io.untorn.vm.host.UntornException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which known deviations a run does not count as violations.
 *
 * @param strict whether it tolerates none
 * @param fixed the ids of those that the kernel is said to have fixed, sorted: they count as unknown violations
 */
public record DeviationPolicy(boolean strict, Set<String> fixed) {
    /** Tolerate all that the kit knows. */
    public static final DeviationPolicy TOLERANT = new DeviationPolicy(false, Set.of());

    /** Tolerate none. */
    public static final DeviationPolicy STRICT = new DeviationPolicy(true, Set.of());

    /**
     * Create a policy.
     *
     * @throws UntornException if the list has no deviation with one of the ids: the caller's mistake
     */
    public DeviationPolicy {
        fixed = Collections.unmodifiableSortedSet(new TreeSet<>(fixed));
        Set<String> ids = KnownDeviation.shipped().stream()
                .map(KnownDeviation::id)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> unknown = new TreeSet<>(fixed);
        unknown.removeAll(ids);
        if (!unknown.isEmpty()) {
            throw UntornException.caller(
                    "no known deviation '" + String.join("', '", unknown) + "'; there are: " + String.join(", ", ids));
        }
    }

    /** Return the deviations that are reported by name. */
    public List<KnownDeviation> known() {
        return KnownDeviation.shipped().stream()
                .filter(deviation -> !fixed.contains(deviation.id()))
                .toList();
    }

    /** Return the deviations with which a kernel still conforms. */
    public List<KnownDeviation> tolerated() {
        return strict ? List.of() : known();
    }
}
