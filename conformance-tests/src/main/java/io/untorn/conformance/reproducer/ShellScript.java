package io.untorn.conformance.reproducer;

import io.untorn.agent.OldData;
import io.untorn.kernelconfigs.TargetMatrix;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import io.untorn.vm.Targets;
import java.util.Optional;

/**
 * Writes {@code reproducer.sh}: a script that makes the disk and the file system, and shows a fault with xfs_io, or
 * with {@code reproducer.c} beside it if xfs_io can't.
 */
public final class ShellScript {
    private static final String PARTITION =
            """
            file=${disk}1
            for pause in 0 1 1 1 1 1 1 1 1 1; do
                sleep "$pause"
                [ ! -b "$file" ] || break
            done
            [ -b "$file" ] || give_up 'scsi_debug made no partition'
            """;

    private static final ShellSteps.Style STYLE = new ShellSteps.Style("", " || shown=1", " || unexpected=1");

    private static final String NEED_ATOMIC_WRITES =
            """
            xfs_io -r -c 'statx -r -m 0x10000' "$file" | grep -q '^stat.atomic_write_unit_max = [1-9]' ||
                give_up 'statx reports no support for atomic writes'
            """;

    private ShellScript() {}

    /** Return the script that demonstrates a fault. */
    public static String of(Demonstration shown) {
        Target target = shown.history().trace().target();
        TargetMatrix matrix = TargetMatrix.load();
        TargetMatrix.Entry entry = Targets.named(matrix, target.name());
        boolean file = target.kind() != TargetKind.BLOCK_DEVICE;
        Optional<String> impossible = ShellSteps.impossible(shown);
        StringBuilder text = new StringBuilder();
        text.append("#!/bin/sh\n# SPDX-License-Identifier: GPL-2.0 OR Apache-2.0\n#\n");
        text.append(Comment.of("# ", shown.subject())).append("#\n");
        text.append(Comment.of("# ", "Rule      " + shown.violation().rule().sentence()));
        text.append(Comment.of("# ", "Expected  " + shown.words().expected()));
        text.append(Comment.of("# ", "Actual    " + shown.words().actual()));
        text.append(
                Comment.of("# ", "Seen on   " + shown.history().environment().release()));
        text.append("#\n# Run it as root on a machine that may be lost; it makes a disk of its own with scsi_debug.\n");
        text.append("# Exit: 1 the fault shows, 0 it does not, 2 it could not be tried.\n");
        impossible.ifPresent(reason -> text.append("#\n")
                .append(Comment.of(
                        "# ",
                        "xfs_io can't do this (" + reason
                                + "), so this runs reproducer.c, which must be in the same folder.")));
        text.append("set -u\nLC_ALL=C\nexport LC_ALL\n\n");
        text.append("give_up() {\n    echo \"can't try it: $*\"\n    exit 2\n}\n\n");
        text.append("# shellcheck disable=SC2317 # the trap calls it\nclean_up() {\n    cd /\n");
        if (file) {
            text.append("    umount \"$work/mnt\" 2>/dev/null\n");
        }
        text.append(
                """
                    for pause in 0 1 1 1 1 1 1 1 1 1; do # udev may still look at the disk
                        sleep "$pause"
                        modprobe -r scsi_debug 2>/dev/null && break
                    done
                    [ ! -d /sys/module/scsi_debug ] || echo 'note: scsi_debug is still loaded' >&2
                """);
        if (needsDebugfs(shown)) {
            text.append("    [ -z \"$debugfs\" ] || umount \"$debugfs\"\n");
        }
        text.append("    rm -rf \"$work\"\n}\n\n");
        if (needsDebugfs(shown)) {
            text.append(ShellSteps.mountingOfDebugfs()).append('\n');
        }
        if (listens(shown)) {
            text.append(ShellSteps.listening()).append('\n');
        }
        if (impossible.isEmpty()) {
            text.append(ShellSteps.functions(shown)).append('\n');
            text.append(
                    """
                    print_expected() {
                        printf 'step %s: %s\\n  expected: %s\\n  got:      %s\\n' "$1" "$2" "$3" "$4"
                    }

                    print_unexpected() {
                        printf 'step %s: %s\\n  expected: %s\\n  got:      %s    <-- not as expected\\n' "$1" "$2" "$3" "$4"
                    }

                    """);
        } else {
            text.append("here=$(cd \"$(dirname \"$0\")\" && pwd)\n");
        }
        text.append("[ \"$(id -u)\" -eq 0 ] || give_up 'it needs root'\n");
        text.append("[ ! -d /sys/module/scsi_debug ] || give_up 'scsi_debug is loaded already'\n");
        if (impossible.isEmpty()) {
            text.append("command -v xfs_io >/dev/null || give_up 'there is no xfs_io'\n");
            for (String option : ShellSteps.youngOptions(shown)) {
                text.append("xfs_io -c 'help pwrite' | grep -q -e ' ")
                        .append(option)
                        .append(" ' || give_up ");
                text.append("'xfs_io is too old: its pwrite has no ")
                        .append(option)
                        .append("'\n");
            }
            if (ShellSteps.limits(shown)) {
                text.append("command -v prlimit >/dev/null || give_up 'there is no prlimit'\n");
            }
        } else {
            text.append("command -v cc >/dev/null || give_up 'there is no C compiler, cc'\n");
        }
        text.append("work=$(mktemp -d) || exit 2\ntrap clean_up EXIT\ntrap 'exit 2' INT TERM\n\n");
        text.append("modprobe scsi_debug ")
                .append(matrix.disk().parameters().getOrDefault("scsi_debug", ""))
                .append(" || give_up 'there is no module scsi_debug'\n");
        text.append(
                """
                disk=
                for pause in 0 1 1 1 1 1 1 1 1 1; do
                    sleep "$pause"
                    for model in /sys/block/*/device/model; do
                        if [ -r "$model" ] && [ "$(tr -d ' ' <"$model")" = scsi_debug ]; then
                            disk=${model#/sys/block/}
                            disk=/dev/${disk%%/*}
                        fi
                    done
                    [ ! -b "$disk" ] || break
                done
                [ -b "$disk" ] || give_up 'scsi_debug made no disk'
                udevadm settle 2>/dev/null
                """);
        if (file) {
            text.append(ShellSteps.WHY_OLD_DATA);
            text.append("dd if=/dev/zero bs=1M count=%d status=none | tr '\\000' '\\%o' >\"$disk\"\n"
                    .formatted(OldData.MEBIBYTES, OldData.BYTE));
            text.append(String.join(" ", entry.makeFileSystem())).append(" \"$disk\" || give_up 'no file system'\n");
            text.append("mkdir \"$work/mnt\"\nmount \"$disk\" \"$work/mnt\" || give_up 'it does not mount'\n");
            text.append("file=$work/mnt/file\n");
        } else {
            text.append(entry.partition() ? PARTITION : "file=$disk\n");
        }
        text.append('\n').append(impossible.isPresent() ? program(shown) : steps(shown, file));
        return text.toString();
    }

    /** Tell whether WARN_ON_ONCE must be re-armed. */
    private static boolean needsDebugfs(Demonstration shown) {
        return shown.symptom() == Symptom.COMPLAINT || shown.symptom() == Symptom.CRASH;
    }

    /** Tell whether the script looks at the kernel's log; {@code reproducer.c} does so itself unless it dies. */
    private static boolean listens(Demonstration shown) {
        return shown.symptom() == Symptom.CRASH
                || (shown.symptom() == Symptom.COMPLAINT
                        && ShellSteps.impossible(shown).isEmpty());
    }

    private static String program(Demonstration shown) {
        boolean listens = listens(shown);
        return "cc -static -o \"$work/reproducer\" \"$here/reproducer.c\" || give_up 'it does not compile'\n"
                + (needsDebugfs(shown) ? "mount_debugfs\n" : "")
                + (listens ? "mark_log\n" : "")
                + ShellSteps.patience(shown)
                + "\"$work/reproducer\" \"$file\"\nstatus=$?\n"
                + (listens ? "read_log\n[ -z \"$logged\" ] || { echo 'the fault shows' && exit 1; }\n" : "")
                + """
                [ "$status" -le 2 ] || give_up "reproducer.c ended with status $status"
                exit "$status"
                """;
    }

    private static String readingOfLog(Demonstration shown) {
        return shown.complainer().isEmpty()
                ? "read_log\n[ -z \"$logged\" ] || shown=1\n"
                : String.format(
                        """
                        read_log
                        case $logged in
                            *%s*) shown=1 ;;
                            ?*) give_up 'the kernel complained, but in another function than this was seen in' ;;
                        esac
                        """,
                        shown.complainer());
    }

    private static String steps(Demonstration shown, boolean file) {
        boolean listens = listens(shown);
        return (file ? ": >\"$file\"\n" : "")
                + (CProgram.usesAtomicWrites(shown) && shown.needsAtomicWrites() ? NEED_ATOMIC_WRITES : "")
                + (listens ? "mount_debugfs\nmark_log\n" : "")
                + "shown=0\nstrayed=0\n\n"
                + ShellSteps.of(shown, STYLE)
                + (listens ? '\n' + readingOfLog(shown) : "\n")
                + """
                if [ "$shown" -ne 0 ]; then
                    echo 'the fault shows'
                    exit 1
                fi
                """
                + (listens ? "[ \"$warned\" -eq 0 ] || give_up " + ShellSteps.quoted(CProgram.WARNED) + "\n" : "")
                + """
                [ "$unexpected" -eq 0 ] || give_up 'an earlier step did not go as expected'
                echo 'the fault does not show'
                """;
    }
}
