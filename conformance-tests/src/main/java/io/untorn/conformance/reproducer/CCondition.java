package io.untorn.conformance.reproducer;

import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Origin;
import io.untorn.model.history.Errno;
import io.untorn.model.history.Extent;
import io.untorn.model.history.Outcome;
import io.untorn.model.target.Limits;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A C expression that tells whether the result of a step, in {@code result} and in memory, is as expected. */
final class CCondition {
    private final Set<CHelper> helpers = EnumSet.noneOf(CHelper.class);
    private final String text;

    private CCondition(Expected.Test test) {
        text = condition(test);
    }

    static CCondition of(Expected expected) {
        return new CCondition(expected.test());
    }

    /** Return the expression. */
    String text() {
        return text;
    }

    /** Return what it calls. */
    Set<CHelper> helpers() {
        return helpers;
    }

    private String condition(Expected.Test test) {
        if (test instanceof Expected.OneOf one) {
            List<String> ways = new ArrayList<>();
            one.outcomes().forEach(outcome -> ways.add(is(outcome)));
            if (one.anyError()) {
                ways.add("result < 0");
            }
            return ways.size() == 1
                    ? ways.get(0)
                    : ways.stream().map(way -> "(" + way + ")").collect(Collectors.joining(" || "));
        }
        return test instanceof Expected.AnythingBut but ? "!(" + is(but.seen()) + ")" : "1";
    }

    private String is(Outcome outcome) {
        if (outcome instanceof Outcome.Returned || outcome instanceof Outcome.Failed) {
            return is(outcome, "result");
        }
        if (outcome instanceof Outcome.ReadBack read) {
            return "result == " + read.contents().length()
                    + read.contents().runs().stream()
                            .map(run -> " && " + holdsStamp(read.contents().from(), run))
                            .collect(Collectors.joining());
        }
        if (outcome instanceof Outcome.Each each) {
            return IntStream.range(0, each.requests().size())
                    .mapToObj(at -> is(each.requests().get(at), "results[" + at + "]"))
                    .collect(Collectors.joining(" && "));
        }
        if (outcome instanceof Outcome.Laid laid) {
            return "calls == " + laid.calls() + " && " + is(laid.last());
        }
        if (outcome instanceof Outcome.Told told) {
            return "result == 0 && " + is(told);
        }
        if (outcome instanceof Outcome.Unclean) {
            return "result > 0";
        }
        return "result >= 0 && " + (areInOrder(((Outcome.Mapped) outcome).extents()) ? "" : "!") + "extents_in_order";
    }

    private static String is(Outcome outcome, String result) {
        return outcome instanceof Outcome.Failed failed
                ? result + " == -" + name(failed.errno())
                : result + " == " + ((Outcome.Returned) outcome).value();
    }

    private static String name(Errno errno) {
        String name = errno.toString();
        return name.startsWith("E") ? name : Integer.toString(errno.number());
    }

    /** Data that no step wrote is only checked not to be zeros: it differs from machine to machine. */
    private String holdsStamp(long from, Contents.Run run) {
        helpers.add(CHelper.HOLDS_STAMP);
        String place = "memory, " + from + ", " + run.offset() + ", " + run.length();
        if (run.origin() instanceof Origin.Written written) {
            return "holds_stamp(" + place + ", " + (written.operation() + 1) + ", " + written.displacement() + ")";
        }
        return (run.origin().equals(Origin.ZERO) ? "" : "!") + "holds_stamp(" + place + ", 0, 0)";
    }

    private String is(Outcome.Told told) {
        helpers.add(CHelper.STATX_IS);
        Limits limits = told.limits();
        return String.format(
                "statx_is(%d, %d, %d, %d, %d, %d)",
                told.size(),
                limits.unitMin(),
                limits.unitMax(),
                limits.unitMaxOptimal(),
                limits.segmentsMax(),
                limits.attribute() ? 1 : 0);
    }

    private static boolean areInOrder(List<Extent> extents) {
        for (int i = 1; i < extents.size(); i++) {
            Extent before = extents.get(i - 1);
            if (before.logical() + before.length() > extents.get(i).logical()) {
                return false;
            }
        }
        return true;
    }
}
