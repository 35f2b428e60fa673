package io.untorn.conformance.run;

import io.untorn.conformance.finding.Counterexample;
import io.untorn.vm.host.UntornException;
import java.util.Optional;

/**
 * A finding that was kept.
 *
 * @param found the shortest trace that is confirmed, or the trace as it was found
 * @param effort what it took to make it shorter
 * @param failure what failed while it was made shorter, repeated and reported, if anything did
 */
public record Kept(Counterexample found, ShrinkingEffort effort, Optional<UntornException> failure) {}
