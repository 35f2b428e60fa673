package io.untorn.conformance.reproducer;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.vm.ProgramRun;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Says what came of a program, from its exit code and the console. */
final class ProofTest {
    private static final List<String> OOPS = List.of("[    1.0] BUG: kernel NULL pointer dereference, address: 8");

    private static final String COMPLAINT = "BUG: kernel NULL pointer dereference, address: 8";

    @Test
    void shownIsWhatExitsWithOne() {
        assertThat(Proof.of(Symptom.ANSWER, ended(1, "")))
                .isEqualTo(new Proof(true, "reproducer.c showed the same", ""));
        assertThat(Proof.of(Symptom.ANSWER, ended(0, "step 1")))
                .isEqualTo(new Proof(false, "reproducer.c did not show the same", "step 1"));
    }

    @Test
    void whatCouldNotBeTriedSaysWhy() {
        assertThat(Proof.of(Symptom.ANSWER, ended(2, "step 1\ncan't try it: no memory\n")))
                .extracting(Proof::shown, Proof::words)
                .containsExactly(false, "reproducer.c could not try it: exit code 2, can't try it: no memory");
        assertThat(Proof.of(Symptom.ANSWER, ended(139, ""))).matches(proof -> !proof.shown(), "does not show it");
    }

    @Test
    void aMachineThatDiesShowsACrashAlone() {
        ProgramRun crashed = new ProgramRun(ProgramRun.End.WITH_MACHINE, OptionalInt.empty(), "", OOPS);
        assertThat(Proof.of(Symptom.CRASH, crashed)).matches(Proof::shown, "shows it");
        ProgramRun killed = new ProgramRun(ProgramRun.End.BY_ITSELF, OptionalInt.of(137), "", OOPS);
        assertThat(Proof.of(Symptom.CRASH, killed))
                .extracting(Proof::shown, Proof::words)
                .containsExactly(true, "reproducer.c showed the same: the kernel ended the program, " + COMPLAINT);
        assertThat(Proof.of(Symptom.ANSWER, killed)).matches(proof -> !proof.shown(), "does not show it");
        assertThat(Proof.of(Symptom.ANSWER, crashed))
                .extracting(Proof::shown, Proof::words)
                .containsExactly(false, "reproducer.c did not show the same: the machine ended, " + COMPLAINT);
        assertThat(Proof.of(
                        Symptom.CRASH,
                        new ProgramRun(ProgramRun.End.WITH_MACHINE, OptionalInt.empty(), "", List.of("login:"))))
                .matches(proof -> !proof.shown(), "does not show it");
    }

    @Test
    void aProgramThatDoesNotEndShowsAHangAlone() {
        ProgramRun hangs = new ProgramRun(ProgramRun.End.NOT_AT_ALL, OptionalInt.empty(), "", List.of());
        assertThat(Proof.of(Symptom.CRASH, hangs))
                .extracting(Proof::shown, Proof::words)
                .containsExactly(true, "reproducer.c showed the same: it did not end");
        assertThat(Proof.of(Symptom.ANSWER, hangs)).matches(proof -> !proof.shown(), "does not show it");
    }

    private static ProgramRun ended(int exitCode, String output) {
        return new ProgramRun(ProgramRun.End.BY_ITSELF, OptionalInt.of(exitCode), output, List.of());
    }
}
