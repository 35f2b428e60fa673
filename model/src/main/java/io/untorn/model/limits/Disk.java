package io.untorn.model.limits;

/**
 * The disk under a target, as the running kernel shows it.
 *
 * @param profile what the disk promises
 * @param geometry what bounds its requests
 * @param limits what its request queue reports; none on a kernel that has no such files
 */
public record Disk(ScsiProfile profile, QueueGeometry geometry, QueueLimits limits) {}
