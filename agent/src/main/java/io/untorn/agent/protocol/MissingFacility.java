package io.untorn.agent.protocol;

import io.untorn.model.target.Facility;

/**
 * What the running kernel can't do.
 *
 * @param facility what it can't do
 * @param reason which call failed, and how
 */
public record MissingFacility(Facility facility, String reason) {}
