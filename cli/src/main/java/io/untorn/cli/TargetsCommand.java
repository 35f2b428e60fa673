package io.untorn.cli;

import io.untorn.conformance.report.TextTable;
import io.untorn.conformance.result.ExitCode;
import io.untorn.kernelconfigs.TargetMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the targets. */
@Command(
        name = "targets",
        description = {"List the targets that --target takes, and the kernels that take atomic writes there.", ""})
final class TargetsCommand implements Callable<Integer> {
    @Option(names = "--markdown", description = "Print them as a page: docs/targets.md.")
    private boolean markdown;

    @Override
    public Integer call() {
        System.out.print(markdown ? page(TargetMatrix.load()) : table(TargetMatrix.load()));
        return ExitCode.CONFORMS.number();
    }

    private static String table(TargetMatrix matrix) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("target", "what", "atomic writes"));
        matrix.targets().forEach(target -> rows.add(List.of(target.name(), target.about(), target.atomicWrites())));
        return TextTable.of(rows, Set.of());
    }

    /** Return {@code docs/targets.md}. */
    static String page(TargetMatrix matrix) {
        StringBuilder page = new StringBuilder(
                """
                # Targets

                Generated from `targets.json` in `kernel-configs` by `./untorn targets --markdown`: change that, not this file.

                | target | what | atomic writes |
                |---|---|---|
                """);
        matrix.targets().forEach(target -> page.append("| `")
                .append(target.name())
                .append("` | ")
                .append(target.about())
                .append(" | ")
                .append(target.atomicWrites())
                .append(" |\n"));
        return page.append('\n')
                .append("The disk under all of them is ")
                .append(matrix.disk().about())
                .append(".\n")
                .append(
                        """

                        `--target` chooses one, and may be given several times; the default is all of them. If a kernel or target does not support
                        atomic writes, the rules of that version apply: every atomic write must be refused, in the way that the version documents,
                        and must change nothing. [Limits](limits.md) says how a target's limits follow from the disk.
                        """)
                .toString();
    }
}
