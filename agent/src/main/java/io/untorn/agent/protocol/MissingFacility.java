package io.untorn.agent.protocol;

import io.untorn.model.target.Facility;

/**
 * A facility that the running kernel lacks.
 *
 * @param facility what it lacks
 * @param reason which call failed, and how
 */
public record MissingFacility(Facility facility, String reason) {}
