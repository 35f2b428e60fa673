package io.untorn.model.rule;

import io.untorn.model.console.Splat;
import io.untorn.model.contents.Contents;
import io.untorn.model.history.Outcome;
import io.untorn.model.limits.QueueLimits;
import io.untorn.model.limits.StatxAnswer;
import io.untorn.model.state.Places;
import io.untorn.model.target.Limits;
import java.util.List;
import java.util.Optional;

/** What a kernel did, and what a rule permits instead. Plain data: only reports make words of it. */
public sealed interface Actual {
    /** Return the bytes that are not as expected, in order; none where it is not about data. */
    default List<Places.Range> wrong() {
        return List.of();
    }

    /** An operation returned what no rule permits. */
    record Answered(Expectation expected, Outcome outcome) implements Actual {}

    /**
     * A read returned wrong data.
     *
     * @param fault in what way it is wrong
     * @param differences the ranges that are wrong, in bytes from the start of the file or device, with whose data was
     *     to be there and whose is; in order, at least one
     */
    record WrongData(DataFault fault, List<Contents.Difference> differences) implements Actual {
        public WrongData {
            differences = List.copyOf(differences);
            if (differences.isEmpty()) {
                throw new IllegalArgumentException("wrong data without a difference");
            }
        }

        /** Return where it begins to be wrong. */
        public Contents.Difference first() {
            return differences.get(0);
        }

        @Override
        public List<Places.Range> wrong() {
            return differences.stream()
                    .map(one -> new Places.Range(one.offset(), Math.toIntExact(one.length())))
                    .toList();
        }
    }

    /**
     * A power cut left a part of an atomic write, and older data in the rest.
     *
     * @param operation the place of the atomic write in the trace, from 0
     * @param there bytes that are from it
     * @param older bytes that it laid down as well, and that are not
     */
    record HalfLeft(int operation, Contents.Run there, Contents.Run older) implements Actual {}

    /** The kernel printed a complaint. */
    record Complained(Splat splat) implements Actual {}

    /**
     * The kernel stopped answering.
     *
     * @param operations how many operations were to be answered
     * @param after how many were begun, at the least
     * @param function the function of the kernel in which it stopped, where the console names one
     */
    record Stopped(int operations, int after, Optional<String> function) implements Actual {}

    /** The kernel reports other limits than those that follow from what is below. */
    sealed interface LimitsDiffer extends Actual {}

    /** Of a request queue. */
    record QueueDiffers(QueueLimits expected, QueueLimits reported) implements LimitsDiffer {}

    /** Of a file or device, by statx. */
    record StatxDiffers(Limits expected, Limits reported) implements LimitsDiffer {}

    /** Some, by statx, where there are to be none. */
    record NotSilent(StatxAnswer reported) implements LimitsDiffer {}

    /** In the masks of statx: which of the two bits are set. */
    record MasksDiffer(StatxAnswer expected, StatxAnswer reported) implements LimitsDiffer {}

    /** By statx, in an order, or of a form, that limits can't have. */
    record OutOfOrder(Limits reported) implements LimitsDiffer {}

    /**
     * Of a file, by statx, where no optimum and no segments are promised.
     *
     * @param unitMin the smallest length that is to be reported, in bytes; 0 where there are to be no limits
     * @param unitMax the largest; 0 where there are to be none
     */
    record UnitsDiffer(long unitMin, long unitMax, Limits reported) implements LimitsDiffer {}
}
