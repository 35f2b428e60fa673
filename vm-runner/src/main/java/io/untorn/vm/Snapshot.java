package io.untorn.vm;

/**
 * A machine at one moment, from which others start.
 *
 * @param state of its processor and devices
 * @param memory what its memory holds
 */
record Snapshot(byte[] state, MemoryImage memory) {}
