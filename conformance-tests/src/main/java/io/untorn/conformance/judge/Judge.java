package io.untorn.conformance.judge;

import io.untorn.model.contents.TooManyWorldsException;
import io.untorn.model.history.Environment;
import io.untorn.model.history.History;
import io.untorn.model.oracle.JudgementListener;
import io.untorn.model.oracle.Oracle;
import io.untorn.model.oracle.Verdict;
import io.untorn.model.rule.Specification;
import io.untorn.model.rules.SpecificationName;
import io.untorn.model.rules.Specifications;
import io.untorn.model.target.Target;
import io.untorn.vm.host.UntornException;
import java.util.Optional;

/** Judges histories by specifications; needs no kernel. */
public final class Judge {
    private Judge() {}

    /**
     * Return the specification that a user names.
     *
     * @throws UntornException if there is none: the caller's mistake
     */
    public static SpecificationName specification(String name) {
        try {
            return SpecificationName.parse(name);
        } catch (IllegalArgumentException e) {
            throw UntornException.caller(e.getMessage());
        }
    }

    /**
     * Return the specification to judge by: the one named, or that of the kernel's version.
     *
     * @throws UntornException if the one named says nothing about such targets: the caller's mistake
     */
    public static Specification specification(
            Optional<SpecificationName> name, Target target, Environment environment) {
        if (name.isEmpty()) {
            return Specifications.linux(environment.kernel(), target.kind());
        }
        Specification specification = name.get().on(target.kind(), environment.kernel());
        if (specification.rules().isEmpty()) {
            throw UntornException.caller("--spec " + name.get() + " says nothing about " + target.name()
                    + ": take another target, or leave out --spec");
        }
        return specification;
    }

    /** Return the oracle of a specification, which goes on after the known deviations. */
    public static Oracle oracle(Specification specification) {
        return new Oracle(specification, new KnownDeviations(KnownDeviation.shipped()));
    }

    /**
     * Judge a history.
     *
     * @throws UntornException if it can't be: the caller's mistake
     */
    public static Verdict judge(History history, Specification specification) {
        return judge(history, specification, JudgementListener.NONE);
    }

    /**
     * Judge a history, and let a listener see what its operations meet and leave.
     *
     * @throws UntornException if it can't be judged: the caller's mistake
     */
    public static Verdict judge(History history, Specification specification, JudgementListener listener) {
        try {
            return oracle(specification).judge(history, listener);
        } catch (TooManyWorldsException e) {
            throw unjudgeable(e);
        }
    }

    public static UntornException unjudgeable(TooManyWorldsException e) {
        return UntornException.caller("this sequence can't be judged: " + e.getMessage());
    }
}
