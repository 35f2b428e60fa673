package io.untorn.model.state;

import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Contents.Difference;
import io.untorn.model.contents.Contents.Run;
import io.untorn.model.contents.InDoubt;
import io.untorn.model.contents.InDoubt.Claim;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What reads after a power cut showed about the atomic writes before it: each is there as a whole, or not at all.
 *
 * @param shown the claims, each with the bytes that made it first
 */
public record Fates(Map<Claim, Run> shown) {
    /** Nothing was read yet. */
    public static final Fates OPEN = new Fates(Map.of());

    /** What a read means for the atomic writes in doubt. */
    public sealed interface Sighting {
        /** The read may be right, and decided these. */
        record Possible(Fates fates) implements Sighting {}

        /** The read brought what can't be there. */
        record Impossible(Difference difference) implements Sighting {}

        /** Some bytes show an atomic write, others what is older than it. */
        record Torn(int operation, Run there, Run older) implements Sighting {}
    }

    public Fates {
        shown = Map.copyOf(shown);
    }

    /** Compare what was read with what may be there, in the same range. */
    public Sighting sight(Contents possible, Contents seen) {
        Map<Claim, Run> all = new HashMap<>(shown);
        for (Difference open : possible.differences(seen)) {
            Optional<List<Claim>> claims =
                    open.expected() instanceof InDoubt doubt ? doubt.claims(open.actual()) : Optional.empty();
            if (claims.isEmpty()) {
                return new Sighting.Impossible(open);
            }
            Run run = new Run(open.offset(), open.length(), open.actual());
            for (Claim claim : claims.get()) {
                all.putIfAbsent(claim, run);
                Run against = all.get(claim.opposite());
                if (against != null) {
                    return claim.stored()
                            ? new Sighting.Torn(claim.operation(), run, against)
                            : new Sighting.Torn(claim.operation(), against, run);
                }
            }
        }
        return new Sighting.Possible(new Fates(all));
    }
}
