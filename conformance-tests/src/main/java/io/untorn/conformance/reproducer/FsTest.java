package io.untorn.conformance.reproducer;

import io.untorn.agent.OldData;
import io.untorn.kernelconfigs.TargetMatrix;
import io.untorn.model.history.Complaints;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import io.untorn.vm.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes a test for fstests, with its golden output. If xfs_io can't do the steps, the test runs {@code
 * reproducer.c}, which goes to {@code src/} of fstests under the name {@link #PROGRAM}.
 */
public final class FsTest {
    /** The number that it has until fstests' {@code ./new} gives it one. */
    public static final String NUMBER = "900";

    /** What {@code reproducer.c} is called in fstests. */
    public static final String PROGRAM = "untorn-reproducer";

    private static final ShellSteps.Style STYLE = new ShellSteps.Style(" >> $seqres.full", "", "");

    /**
     * An oops ends only its thread. The idle thread of -i keeps the process alive, so the open file of the dead thread, and
     * with it the disk, stays in use.
     */
    private static final String NO_IDLE_THREAD =
            """
            # without the idle thread of -i, which would outlive an oops and keep the disk open
            XFS_IO_PROG=${XFS_IO_PROG% -i}

            """;

    private FsTest() {}

    /** Return the folder of fstests that a test belongs in: {@code generic}, {@code ext4} or {@code xfs}. */
    public static String group(Target target) {
        return switch (target.kind()) {
            case BLOCK_DEVICE -> "generic";
            case EXT4 -> "ext4";
            case XFS -> "xfs";
        };
    }

    /** Return the test. */
    public static String of(Demonstration shown) {
        Target target = shown.history().trace().target();
        TargetMatrix matrix = TargetMatrix.load();
        boolean file = target.kind() != TargetKind.BLOCK_DEVICE;
        Optional<String> impossible = ShellSteps.impossible(shown);
        StringBuilder text = new StringBuilder();
        text.append("#! /bin/bash\n# SPDX-License-Identifier: GPL-2.0 OR Apache-2.0\n#\n");
        text.append("# FS QA Test ").append(NUMBER).append("\n#\n");
        text.append(Comment.of("# ", shown.subject())).append("#\n");
        text.append(Comment.of("# ", shown.violation().rule().sentence()));
        shown.violation().rule().source().places().forEach(place -> text.append(Comment.of("# ", "See " + place)));
        impossible.ifPresent(reason -> text.append("#\n")
                .append(Comment.of(
                        "# ",
                        "xfs_io can't do this (" + reason + "): copy reproducer.c to src/" + PROGRAM
                                + ".c and name it in LINUX_TARGETS of src/Makefile.")));
        text.append("#\n. ./common/preamble\n");
        text.append("_begin_fstest auto quick rw ")
                .append(shown.symptom() == Symptom.CRASH ? "dangerous " : "")
                .append("atomicwrites\n\n");
        if (!file) {
            text.append("_cleanup()\n{\n\tcd /\n\trm -f $tmp.*\n\t_put_scsi_debug_dev\n}\n\n");
            text.append(". ./common/scsi_debug\n");
        }
        text.append(". ./common/atomicwrites\n");
        if (impossible.isEmpty()) {
            text.append(". ./common/filter\n");
        }
        text.append('\n')
                .append(requirements(shown, file, impossible.isPresent()))
                .append('\n');
        if (file) {
            text.append(ShellSteps.WHY_OLD_DATA);
            text.append("$XFS_IO_PROG -c \"pwrite -S 0x%x 0 %dm\" $SCRATCH_DEV >> $seqres.full\n"
                    .formatted(OldData.BYTE, OldData.MEBIBYTES));
            text.append("_scratch_mkfs ")
                    .append(options(Targets.named(matrix, target.name()).makeFileSystem()))
                    .append(" >> $seqres.full 2>&1 || _notrun \"mkfs does not know its options\"\n");
            text.append("_scratch_mount\n");
            text.append("file=$SCRATCH_MNT/file\n");
        } else {
            List<String> parameters = new ArrayList<>(
                    List.of(matrix.disk().parameters().get("scsi_debug").split(" ")));
            String rest = parameters.stream()
                    .filter(parameter -> !parameter.startsWith("dev_size_mb=") && !parameter.startsWith("sector_size="))
                    .collect(Collectors.joining(" "));
            text.append("file=$(_get_scsi_debug_dev 512 512 0 ")
                    .append(value(parameters, "dev_size_mb"))
                    .append(" \"")
                    .append(rest)
                    .append("\")\n");
            if (Targets.named(matrix, target.name()).partition()) {
                text.append("file=${file}1\n");
            }
            if (impossible.isEmpty() && CProgram.usesAtomicWrites(shown) && shown.needsAtomicWrites()) {
                text.append("[ \"$(_get_atomic_write_unit_max $file)\" -gt 0 ] 2>/dev/null || ");
                text.append("_notrun \"write atomic not supported by this block device\"\n");
            }
        }
        text.append('\n');
        text.append(impossible.isPresent() ? program(shown) : steps(shown, file));
        text.append("\nstatus=0\nexit\n");
        return text.toString();
    }

    private static String value(List<String> parameters, String name) {
        return parameters.stream()
                .filter(parameter -> parameter.startsWith(name + "="))
                .map(parameter -> parameter.substring(name.length() + 1))
                .findFirst()
                .orElseThrow();
    }

    /** Tell whether the kernel also complained, though the fault is another one: it may still do so when that is fixed. */
    private static boolean warnsOfAnother(Demonstration shown) {
        return (shown.symptom() == Symptom.ANSWER || shown.symptom() == Symptom.LIMITS)
                && !Complaints.of(shown.history()).isEmpty();
    }

    private static String requirements(Demonstration shown, boolean file, boolean program) {
        StringBuilder text = new StringBuilder();
        boolean atomic = CProgram.usesAtomicWrites(shown) && shown.needsAtomicWrites();
        if (file) {
            text.append(atomic ? "_require_scratch_write_atomic\n" : "_require_scratch\n");
        } else {
            text.append("_require_scsi_debug\n");
        }
        if (warnsOfAnother(shown)) {
            text.append("# the kernel also warns meanwhile, which is a fault of its own\n_disable_dmesg_check\n");
        }
        if (program) {
            return text.append("_require_test_program \"")
                    .append(PROGRAM)
                    .append("\"\n")
                    .toString();
        }
        for (String option : ShellSteps.youngOptions(shown)) {
            text.append("$XFS_IO_PROG -c \"help pwrite\" | grep -q -e \" ")
                    .append(option)
                    .append(" \" || ");
            text.append("_notrun \"xfs_io pwrite doesn't support ")
                    .append(option)
                    .append("\"\n");
        }
        text.append(ShellSteps.limits(shown) ? "_require_command \"$(type -P prlimit)\" prlimit\n" : "");
        text.append(
                switch (shown.symptom()) {
                    case COMPLAINT, CRASH -> "_require_check_dmesg\n";
                    case ANSWER, LIMITS -> "";
                });
        return text.toString();
    }

    /** Return the options of a mkfs command, without those that {@code _scratch_mkfs} gives itself. */
    private static String options(List<String> command) {
        return command.stream()
                .skip(1)
                .filter(option -> !option.equals("-q") && !option.equals("-f") && !option.equals("-F"))
                .collect(Collectors.joining(" "));
    }

    private static String program(Demonstration shown) {
        return ShellSteps.patience(shown) + "$here/src/" + PROGRAM + " $file >> $seqres.full 2>&1\n"
                + "case $? in\n"
                + "0) echo \"as expected\" ;;\n"
                + "2) _notrun \"$(tail -1 $seqres.full)\" ;;\n"
                + "*) echo "
                + ShellSteps.quoted(
                        "expected: " + ReproducerStep.inSteps(shown.words().expected()))
                + "; tail -4 $seqres.full ;;\n"
                + "esac\n";
    }

    private static String steps(Demonstration shown, boolean file) {
        return """
                give_up()
                {
                \t_notrun "$*"
                }

                """
                + ShellSteps.functions(shown)
                + """

                print_expected()
                {
                \techo "step $1: as expected"
                }

                print_unexpected()
                {
                \techo "step $1: $2: expected $3, got $4"
                }

                """
                + (file ? ": > $file\n\n" : "")
                + (shown.symptom() == Symptom.CRASH ? NO_IDLE_THREAD : "")
                + ShellSteps.of(shown, STYLE).replace("xfs_io -", "$XFS_IO_PROG -");
    }

    /** Return the golden output. */
    public static String golden(Demonstration shown) {
        StringBuilder text = new StringBuilder("QA output created by " + NUMBER + "\n");
        if (ShellSteps.impossible(shown).isPresent()) {
            return text.append("as expected\n").toString();
        }
        shown.steps().stream()
                .filter(step -> XfsIoStep.of(step.number(), step.operation()) instanceof XfsIoStep.Command)
                .forEach(step -> text.append("step ").append(step.number()).append(": as expected\n"));
        return text.toString();
    }
}
