package io.untorn.conformance.reproducer;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.vm.ProgramRun;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Says what came of a program, from its exit code and the console. */
final class ReproducerRunTest {
    private static final List<String> OOPS = List.of("[    1.0] BUG: kernel NULL pointer dereference, address: 8");

    private static final String COMPLAINT = "BUG: kernel NULL pointer dereference, address: 8";

    @Test
    void exitCodeOneShowsTheFault() {
        assertThat(ReproducerRun.of(Symptom.ANSWER, ended(1, "")))
                .isEqualTo(new ReproducerRun(true, "reproducer.c showed the same", ""));
        assertThat(ReproducerRun.of(Symptom.ANSWER, ended(0, "step 1")))
                .isEqualTo(new ReproducerRun(false, "reproducer.c did not show the same", "step 1"));
    }

    @Test
    void aRunThatCouldNotTryItSaysWhy() {
        assertThat(ReproducerRun.of(Symptom.ANSWER, ended(2, "step 1\ncan't try it: no memory\n")))
                .extracting(ReproducerRun::shown, ReproducerRun::words)
                .containsExactly(false, "reproducer.c could not try it: exit code 2, can't try it: no memory");
        assertThat(ReproducerRun.of(Symptom.ANSWER, ended(139, ""))).matches(run -> !run.shown(), "does not show it");
    }

    @Test
    void aMachineThatDiesShowsACrashAlone() {
        ProgramRun crashed = new ProgramRun(ProgramRun.End.WITH_MACHINE, OptionalInt.empty(), "", OOPS);
        assertThat(ReproducerRun.of(Symptom.CRASH, crashed)).matches(ReproducerRun::shown, "shows it");
        ProgramRun killed = new ProgramRun(ProgramRun.End.BY_ITSELF, OptionalInt.of(137), "", OOPS);
        assertThat(ReproducerRun.of(Symptom.CRASH, killed))
                .extracting(ReproducerRun::shown, ReproducerRun::words)
                .containsExactly(true, "reproducer.c showed the same: the kernel ended the program, " + COMPLAINT);
        assertThat(ReproducerRun.of(Symptom.ANSWER, killed)).matches(run -> !run.shown(), "does not show it");
        assertThat(ReproducerRun.of(Symptom.ANSWER, crashed))
                .extracting(ReproducerRun::shown, ReproducerRun::words)
                .containsExactly(false, "reproducer.c did not show the same: the machine ended, " + COMPLAINT);
        assertThat(ReproducerRun.of(
                        Symptom.CRASH,
                        new ProgramRun(ProgramRun.End.WITH_MACHINE, OptionalInt.empty(), "", List.of("login:"))))
                .matches(run -> !run.shown(), "does not show it");
    }

    @Test
    void aProgramThatDoesNotEndShowsAHangAlone() {
        ProgramRun hangs = new ProgramRun(ProgramRun.End.NOT_AT_ALL, OptionalInt.empty(), "", List.of());
        assertThat(ReproducerRun.of(Symptom.CRASH, hangs))
                .extracting(ReproducerRun::shown, ReproducerRun::words)
                .containsExactly(true, "reproducer.c showed the same: it did not end");
        assertThat(ReproducerRun.of(Symptom.ANSWER, hangs)).matches(run -> !run.shown(), "does not show it");
    }

    private static ProgramRun ended(int exitCode, String output) {
        return new ProgramRun(ProgramRun.End.BY_ITSELF, OptionalInt.of(exitCode), output, List.of());
    }
}
