package io.untorn.model;

/**
 * What an operation meets in one world.
 *
 * @param target where the trace runs
 * @param environment what the trace found when it began
 * @param state what the target holds in this world
 * @param index the operation's place in the trace, from 0
 */
public record Situation(Target target, Environment environment, FileState state, int index) {
    /** Return the limits of atomic writes, in bytes. */
    public Limits limits() {
        return environment.limits();
    }

    /** Return the size of the target, in bytes. */
    public long size() {
        return state.size();
    }

    /** Tell whether a place is what direct I/O takes without question. */
    public boolean isDirectAligned(long offset, long length) {
        return (offset | length) % environment.directAlignment() == 0;
    }

    /** Expect a refusal that leaves everything as it was. */
    public Expectation refusal(Errno errno) {
        return Expectation.required(new Outcome.Failed(errno), state);
    }

    /** Expect the operation's bytes in place. */
    public Expectation stored(Operation.Write write) {
        return Expectation.required(new Outcome.Returned(write.length()), stateAfter(write));
    }

    /** Return the world in which the write's data is in place. */
    public FileState stateAfter(Operation.Write write) {
        return state.written(write.offset(), write.length(), index);
    }
}
