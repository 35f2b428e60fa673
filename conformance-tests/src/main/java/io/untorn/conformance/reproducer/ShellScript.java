package io.untorn.conformance.reproducer;

import io.untorn.model.Target;
import io.untorn.model.TargetKind;
import io.untorn.vm.TargetMatrix;
import java.util.Optional;

/**
 * Writes {@code reproducer.sh}: a script that makes the disk and the file system, and shows a fault with xfs_io, or
 * with {@code reproducer.c} beside it where xfs_io can't.
 */
public final class ShellScript {
    private ShellScript() {}

    /** Return the script that demonstrates a fault. */
    public static String of(Demonstration shown) {
        Target target = shown.history().trace().target();
        TargetMatrix matrix = TargetMatrix.load();
        TargetMatrix.Entry entry = matrix.named(target.name());
        boolean file = target.kind() != TargetKind.BLOCK_DEVICE;
        Optional<String> impossible = ShellSteps.impossible(shown);
        StringBuilder text = new StringBuilder();
        text.append("#!/bin/sh\n# SPDX-License-Identifier: GPL-2.0 OR Apache-2.0\n#\n");
        text.append(Comment.of("# ", shown.subject())).append("#\n");
        text.append(Comment.of("# ", "Rule      " + shown.violation().rule().sentence()));
        text.append(Comment.of("# ", "Expected  " + shown.violation().expected()));
        text.append(Comment.of("# ", "Actual    " + shown.violation().actual()));
        text.append(
                Comment.of("# ", "Seen on   " + shown.history().environment().release()));
        text.append("#\n# Run it as root on a machine that may be lost; it makes a disk of its own with scsi_debug.\n");
        text.append("# Exit: 1 the fault shows, 0 it does not, 2 it could not be tried.\n");
        impossible.ifPresent(reason -> text.append("#\n")
                .append(Comment.of(
                        "# ",
                        "xfs_io can't do this (" + reason + "), so reproducer.c, which must lie beside it, does.")));
        text.append("set -u\n\n");
        text.append("give_up() {\n    echo \"can't try it: $*\"\n    exit 2\n}\n\n");
        text.append("# shellcheck disable=SC2317 # the trap calls it\nclean_up() {\n    cd /\n");
        if (file) {
            text.append("    umount \"$work/mnt\" 2>/dev/null\n");
        }
        text.append("    modprobe -r scsi_debug 2>/dev/null\n    rm -rf \"$work\"\n}\n\n");
        if (impossible.isEmpty()) {
            text.append(ShellSteps.functions(shown)).append('\n');
            text.append(
                    """
                    say_fits() {
                        printf 'step %s: %s\\n  expected: %s\\n  got:      %s\\n' "$1" "$2" "$3" "$4"
                    }

                    say_fits_not() {
                        printf 'step %s: %s\\n  expected: %s\\n  got:      %s    <-- not as expected\\n' "$1" "$2" "$3" "$4"
                    }

                    """);
        } else {
            text.append("here=$(cd \"$(dirname \"$0\")\" && pwd)\n");
        }
        text.append("[ \"$(id -u)\" -eq 0 ] || give_up 'it needs root'\n");
        text.append("[ ! -d /sys/module/scsi_debug ] || give_up 'scsi_debug is loaded already'\n");
        if (impossible.isEmpty() && CProgram.usesAtomicWrites(shown)) {
            text.append("xfs_io -c 'help pwrite' | grep -q -e '-A' || give_up 'xfs_io is older than 6.12'\n");
        }
        text.append("work=$(mktemp -d) || exit 2\ntrap clean_up EXIT\ntrap 'exit 2' INT TERM\n\n");
        text.append("modprobe scsi_debug ")
                .append(matrix.disk().parameters().getOrDefault("scsi_debug", ""))
                .append(" || give_up 'there is no module scsi_debug'\n");
        text.append(
                """
                udevadm settle 2>/dev/null || sleep 1
                disk=
                for model in /sys/block/*/device/model; do
                    if [ "$(tr -d ' ' <"$model")" = scsi_debug ]; then
                        disk=${model#/sys/block/}
                        disk=/dev/${disk%%/*}
                    fi
                done
                [ -b "$disk" ] || give_up 'scsi_debug made no disk'
                """);
        if (file) {
            text.append(String.join(" ", entry.makeFileSystem())).append(" \"$disk\" || give_up 'no file system'\n");
            text.append("mkdir \"$work/mnt\"\nmount \"$disk\" \"$work/mnt\" || give_up 'it does not mount'\n");
            text.append("file=$work/mnt/file\n");
        } else {
            text.append("file=$disk\n");
        }
        text.append('\n');
        if (impossible.isPresent()) {
            text.append("cc -static -o \"$work/reproducer\" \"$here/reproducer.c\" || give_up 'it does not compile'\n");
            text.append("\"$work/reproducer\" \"$file\"\n");
            return text.toString();
        }
        if (file) {
            text.append(": >\"$file\"\n");
        }
        text.append(shown.symptom() == Symptom.COMPLAINT ? "echo \"untorn $$ begins\" >/dev/kmsg\n" : "");
        text.append(shown.symptom() == Symptom.CRASH ? "" : "shown=0\n")
                .append('\n')
                .append(ShellSteps.of(shown, ""))
                .append('\n');
        text.append(
                switch (shown.symptom()) {
                    case CRASH -> "echo 'the kernel is still there: the fault does not show'\nexit 0\n";
                    case COMPLAINT ->
                        """
                        dmesg | sed "1,/untorn $$ begins/d" |
                            grep -e 'WARNING: ' -e 'BUG: ' -e 'kernel BUG at ' -e 'Oops: ' -e 'general protection fault' \\
                                -e 'UBSAN: ' -e 'EXT4-fs error ' -e 'Corruption' -e 'Internal error' -e 'I/O error' && shown=1
                        """
                                + verdict();
                    default -> verdict();
                });
        return text.toString();
    }

    private static String verdict() {
        return """
                [ "$shown" -eq 0 ] && echo 'the fault does not show' || echo 'the fault shows'
                exit "$shown"
                """;
    }
}
