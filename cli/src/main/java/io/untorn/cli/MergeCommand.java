package io.untorn.cli;

import io.untorn.conformance.result.Results;
import io.untorn.conformance.result.ResultsMerger;
import io.untorn.conformance.result.Shard;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Merges the results of several runs. */
@Command(
        name = "merge",
        description = {
            "Merge the results of several runs, such as the shards of one: counts are added, findings collected. No "
                    + "kernel runs. Exits as one run would that had done all of it, and with 3 if a shard is missing.",
            ""
        })
final class MergeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", arity = "1..*", description = "The --output folders of the runs.")
    private Set<Path> folders = new LinkedHashSet<>();

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Where the merged results go. Default: ${DEFAULT-VALUE}",
            defaultValue = "target/untorn")
    private Path output = Path.of("target/untorn");

    @Override
    public Integer call() {
        List<Results> joined =
                ResultsMerger.merge(folders.stream().map(Results::read).toList());
        List<Results> kept = new ArrayList<>();
        for (Results kernel : joined) {
            Path folder = KernelFolder.of(output, kernel.settings().kernel(), joined.size());
            Results here = kernel.into(folder, Shard.WHOLE);
            here.save();
            kept.add(here);
        }
        return ResultsText.print(kept).number();
    }
}
