package io.untorn.conformance;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.untorn.model.History;
import io.untorn.model.KernelVersion;
import io.untorn.model.TargetKind;
import io.untorn.model.Verdict.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * A rule that released kernels are known to break, told by its signature. Runs count it and go on; {@code --strict} makes
 * it count as any other violation.
 *
 * @param id its name
 * @param rule the id of the rule that is broken
 * @param target the kind of target it shows on
 * @param actual what the kernel does, as the verdict words it
 * @param since the first kernel version it was seen on
 * @param before the version that mended it; empty while none did
 * @param cause why, as far as it is known
 * @param upstream what became of it
 * @param finding the folder with its trace and report
 */
public record KnownDeviation(
        String id,
        String rule,
        TargetKind target,
        String actual,
        String since,
        String before,
        String cause,
        String upstream,
        String finding) {
    private static final String RESOURCE = "known-deviations.json";

    /** Read the list that the kit ships. */
    static List<KnownDeviation> load() {
        try (InputStream in = KnownDeviation.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            return List.of(new JsonMapper().readValue(in, KnownDeviation[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Return the one that a violation is. */
    static Optional<KnownDeviation> of(Violation violation, History history, List<KnownDeviation> known) {
        return known.stream()
                .filter(deviation -> deviation.isShownBy(violation, history))
                .findFirst();
    }

    private boolean isShownBy(Violation violation, History history) {
        return violation.rule().id().equals(rule)
                && history.trace().target().kind() == target
                && violation.actual().equals(actual)
                && history.environment().kernel().isAtLeast(KernelVersion.parse(since))
                && (before.isEmpty() || !history.environment().kernel().isAtLeast(KernelVersion.parse(before)));
    }
}
